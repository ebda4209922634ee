"""What goes wrong on the way: told twice, refused, hurried, broken off."""

import json
import logging
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import select

from bot.clock import Clock
from config.settings import Settings
from storage.outbox import OutboxState
from storage.people import Account
from tests.journeys.front import ASSIGN, Office, a_second_later, rows, running

# what comes in


async def test_an_update_told_twice_has_its_effect_once(team: Office) -> None:
    front = team.front
    told: list[dict[str, Any]] = []
    original = front.api.updates.append
    front.api.says(team.lan, ASSIGN, team.room)
    told.append(json.loads(json.dumps(front.api.updates[-1])))
    await front.rests()
    original(told[0])
    front.api.says(team.lan, "/viec nhóm")
    await front.rests()
    assert front.count(team.room, "Báo cáo số liệu") == 1
    assert front.count(team.lan, "#2") == 0


async def test_an_update_told_again_by_a_restarted_messenger_is_known(
    team: Office, telegram_settings: Settings, clock: Clock
) -> None:
    """The offset was lost with the process: everything unconfirmed comes again."""
    front, api = team.front, team.front.api
    api.says(team.lan, ASSIGN, team.room)
    again = json.loads(json.dumps(api.updates[-1]))
    await front.rests()
    await front.stops()
    api.updates.append(again)
    async with running(telegram_settings, api, clock) as second:
        await second.rests()
        assert second.count(team.room, "Báo cáo số liệu") == 1


async def test_an_update_that_was_kept_although_its_messenger_was_told_no_is_handled_when_it_comes_again(
    team: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The commit went through and its answer was lost."""
    front, lost = team.front, iter([True])
    run = front.app.database.run

    async def forgetful(command: Any) -> Any:
        result = await run(command)
        if "Inbox.take" in getattr(command, "__qualname__", "") and next(lost, False):
            raise OperationalError("COMMIT", {}, Exception("disk I/O error"))
        return result

    caplog.set_level(logging.CRITICAL)
    monkeypatch.setattr(front.app.database, "run", forgetful)
    await front.says(team.lan, ASSIGN, team.room)
    assert next(lost, False) is False
    assert front.count(team.room, "Báo cáo số liệu") == 1


async def test_an_update_of_an_unknown_kind_is_passed_over(team: Office) -> None:
    front = team.front
    for odd in ({"something_new": {"of": "next year"}}, {"message": {"nonsense": True}}):
        front.api.updates.append({"update_id": next(front.api._update_ids), **odd})
    front.api._changed.set()
    await front.rests()
    await front.says(team.lan, ASSIGN)
    front.sees(team.room, "Báo cáo số liệu")


# what goes out


async def test_asked_to_slow_down_the_message_arrives_later_and_once(team: Office) -> None:
    front = team.front
    front.api.fail_next("sendMessage", 429, "Too Many Requests: retry after 1", retry_after=1)
    await front.says(team.lan, ASSIGN, team.room)
    assert front.count(team.room, "Báo cáo số liệu") == front.count(team.binh, "Báo cáo số liệu") == 1
    assert front.count(team.room, "có thể lặp") == 0


async def test_a_server_in_trouble_is_tried_again_without_a_mark(team: Office) -> None:
    front = team.front
    front.api.fail_next("sendMessage", 502, times=2)
    await front.says(team.lan, ASSIGN, team.room)
    assert front.count(team.room, "Báo cáo số liệu") == 0
    await a_second_later(front)
    assert front.count(team.room, "Báo cáo số liệu") == 1
    assert front.count(team.room, "có thể lặp") == front.count(team.binh, "có thể lặp") == 0


async def test_a_line_cut_after_acceptance_is_unclear_and_the_repeat_says_so(team: Office) -> None:
    front = team.front
    front.api.fail_next("sendMessage", "drop_after_accept")
    await front.says(team.lan, "/trogiup")
    assert [row.state for row in await rows(front, OutboxState.UNCLEAR)] == [OutboxState.UNCLEAR]
    first = front.all_in(team.lan)[-1]
    await a_second_later(front)
    repeat = front.all_in(team.lan)[-1]
    assert repeat is not first
    assert repeat.text.startswith(first.text)
    assert "(có thể lặp)" in repeat.text
    assert "(có thể lặp)" not in first.text
    assert await rows(front, OutboxState.UNCLEAR) == []


async def test_what_was_unclear_once_stays_marked_through_a_clear_failure(team: Office) -> None:
    front = team.front
    front.api.fail_next("sendMessage", "drop_after_accept")
    front.api.fail_next("sendMessage", 502)
    await front.says(team.lan, "/trogiup")
    await a_second_later(front)
    assert [row.attempts for row in await rows(front, OutboxState.UNCLEAR)] == [2]
    await a_second_later(front, 2)
    assert "(có thể lặp)" in front.all_in(team.lan)[-1].text


async def test_a_card_whose_change_was_unclear_is_changed_again_without_a_mark(team: Office) -> None:
    front = team.front
    await front.says(team.lan, ASSIGN, team.room)
    card = front.sees(team.room, "Báo cáo số liệu")
    front.api.fail_next("editMessageText", "drop_after_accept")
    await front.presses(team.binh, "Nhận việc", card)
    await a_second_later(front)
    assert "(đã nhận)" in card.text
    assert "(có thể lặp)" not in card.text
    assert front.count(team.room, "Báo cáo số liệu") == 1
    assert await rows(front, OutboxState.UNCLEAR, OutboxState.PENDING, OutboxState.SENDING) == []


async def test_who_blocked_the_bot_is_not_written_to_again_and_the_card_says_so(team: Office) -> None:
    front = team.front
    team.binh.blocked = True
    await front.says(team.lan, ASSIGN, team.room)
    front.sees(team.room, "Báo cáo số liệu")
    account = select(Account).where(Account.ref == str(team.binh.id))
    found = await front.app.database.run(lambda session: session.exec(account).one())
    assert not found.reachable
    tried = sum(call.method == "sendMessage" for call in front.api.calls)
    await front.says(team.lan, "/giao @binh Việc khác, hạn 16h 27/11", team.room)
    assert "Chưa mở chat riêng với bot: Nguyễn Văn Bình" in front.sees(team.room, "Việc khác").text
    assert sum(call.method == "sendMessage" for call in front.api.calls) == tried + 1


async def test_a_group_that_became_a_supergroup_is_followed(team: Office) -> None:
    """Telegram says so only when something is sent to the old id."""
    front = team.front
    await front.says(team.lan, ASSIGN, team.room)
    new = front.api.group("Phòng Văn hóa", [team.lan], [team.binh])
    team.room.migrated_to = new.id
    await front.says(team.lan, "/giao @binh Việc sau khi chuyển, hạn 16h 27/11")
    front.sees(new, "Việc sau khi chuyển")
    await front.says(team.lan, "/task 2", new)
    assert front.count(new, "chưa lập nhóm công tác") == 0
