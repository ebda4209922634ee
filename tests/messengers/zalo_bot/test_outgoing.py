"""Cards arrive on Zalo as plain words with numbered answers; its limits and refusals are understood."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.chat.messages import Attachment, Button, Card, Part, Style, plain
from bot.chat.messenger import Address, Outcome
from bot.clock import Clock
from bot.messengers.zalo_bot import Nearly, ZaloBot
from tests.fakes.zalobot import FakeZaloBot
from tests.fakes.zalobot_world import Group, Person
from tests.messengers.zalo_bot.ears import Ears, failure, to

TASK = Card(
    parts=(Part("Việc #12", Style.BOLD), Part(" báo cáo")),
    buttons=(
        (Button(label="Nhận việc", action="take:12"), Button(label="Xem", url="https://tinh.gov.vn/12")),
        (Button(label="Từ chối", action="decline:12"), Button(label="Mở riêng", start="x")),
    ),
    called="12",
)
FILE = Attachment(name="lịch trực.pdf", record="r1", mime="application/pdf")
PHOTO = Attachment(name="ảnh.jpg", record="r2", mime="image/jpeg")


async def test_answers_are_numbered_as_the_program_counts_them(api: FakeZaloBot, zalo: ZaloBot, lan: Person) -> None:
    await zalo.send(to(api.bots[0], lan), TASK)
    assert api.sent[0].text == (
        "Việc #12 báo cáo\n\n1. Nhận việc\n2. Từ chối\nXem: https://tinh.gov.vn/12\nTrả lời 1 #12 để chọn"
    )
    assert [button.label for button in TASK.actions] == ["Nhận việc", "Từ chối"]


async def test_in_a_room_people_are_told_how_the_bot_hears_them(api: FakeZaloBot, lan: Person, room: Group) -> None:
    zalo = ZaloBot(token=api.token, api_url=api.url, hint="Trả lời {example}", room_hint="Trả lời tin này: {example}")
    await zalo.start(Ears())
    await zalo.send(to(api.bots[0], room), TASK)
    await zalo.send(to(api.bots[0], lan), plain("một"))
    assert [each.text.splitlines()[-1] for each in api.sent] == ["Trả lời tin này: 1 #12", "một"]
    await zalo.stop()


async def test_styles_go_as_places_in_utf_16_and_never_as_markup(api: FakeZaloBot, zalo: ZaloBot, lan: Person) -> None:
    parts = (Part("📌 "), Part("Việc 😀", Style.BOLD), Part(" x "), Part("ngay", Style.ITALIC))
    await zalo.send(to(api.bots[0], lan), Card(parts=parts))
    assert api.sent[0].styles == [{"start": 3, "len": 7, "st": ["b"]}, {"start": 13, "len": 4, "st": ["i"]}]
    assert "parse_mode" not in api.calls[-1].asked


async def test_styles_that_zalo_refuses_are_left_out_from_then_on(api: FakeZaloBot, zalo: ZaloBot, lan: Person) -> None:
    card = Card(parts=(Part("đậm", Style.BOLD),))
    api.fail_next("sendMessage", 400, "Bad Request: text_styles")
    await zalo.send(to(api.bots[0], lan), card)
    await zalo.send(to(api.bots[0], lan), card)
    calls = [each.asked for each in api.calls if each.method == "sendMessage"]
    assert ["text_styles" in each for each in calls] == [True, False, False]
    assert [each.text for each in api.sent] == ["đậm", "đậm"]


async def test_a_text_that_is_refused_either_way_says_nothing_about_styles(
    api: FakeZaloBot, zalo: ZaloBot, lan: Person
) -> None:
    card = Card(parts=(Part("đậm", Style.BOLD),))
    api.fail_next("sendMessage", 400, "Bad Request: wrong words", times=2)
    assert (await failure(zalo.send(to(api.bots[0], lan), card))).outcome is Outcome.REJECTED
    await zalo.send(to(api.bots[0], lan), card)
    assert "text_styles" in api.calls[-1].asked


async def test_parts_of_a_long_text_are_numbered_and_keep_their_styles(
    api: FakeZaloBot, zalo: ZaloBot, lan: Person
) -> None:
    lines = [f"{number} 😀 việc cần làm trong tuần" for number in range(150)]
    await zalo.send(to(api.bots[0], lan), Card(parts=(Part("\n".join(lines), Style.BOLD),)))
    pages = [each.text.split("\n", 1) for each in api.sent]
    assert [head for head, _ in pages] == ["(1/3)", "(2/3)", "(3/3)"]
    assert "\n".join(body for _, body in pages) == "\n".join(lines)
    assert all(each.styles[0]["start"] == 6 for each in api.sent)


async def test_letters_typed_with_loose_marks_are_sent_whole(api: FakeZaloBot, zalo: ZaloBot, lan: Person) -> None:
    loose = "Vie\u0323\u0302c"
    await zalo.send(to(api.bots[0], lan), plain(loose))
    assert api.sent[0].text == "Việc"


async def test_a_file_becomes_its_name_and_a_link(api: FakeZaloBot, zalo: ZaloBot, lan: Person) -> None:
    linking = ZaloBot(token=api.token, api_url=api.url, links=lambda record: f"https://tinh.gov.vn/f/{record}")
    await linking.start(Ears())
    where = to(api.bots[0], lan)
    await linking.send(where, Card(parts=(Part("Lịch tuần"),), file=FILE), b"%PDF")
    await zalo.send(where, Card(parts=(), file=FILE), b"%PDF")
    assert [each.text for each in api.sent] == [
        "Lịch tuần\n📎 lịch trực.pdf: https://tinh.gov.vn/f/r1",
        "📎 lịch trực.pdf",
    ]
    await linking.stop()


async def test_a_picture_goes_out_by_its_address_or_else_as_a_link(api: FakeZaloBot, lan: Person) -> None:
    zalo = ZaloBot(
        token=api.token,
        api_url=api.url,
        links=lambda record: f"https://tinh.gov.vn/f/{record}",
        photos=lambda record: f"https://tinh.gov.vn/p/{record}.jpg",
    )
    await zalo.start(Ears())
    where = to(api.bots[0], lan)
    await zalo.send(where, Card(parts=(Part("Ảnh hiện trường"),), file=PHOTO), b"JPEG")
    api.fail_next("sendPhoto", 400, "Bad Request: photo")
    await zalo.send(where, Card(parts=(Part("Ảnh hiện trường"),), file=PHOTO), b"JPEG")
    await zalo.send(where, Card(parts=(Part("d" * 2000),), file=PHOTO), b"JPEG")
    assert [(each.photo, each.text[:60]) for each in api.sent] == [
        ("https://tinh.gov.vn/p/r2.jpg", "Ảnh hiện trường"),
        ("", "Ảnh hiện trường\n📎 ảnh.jpg: https://tinh.gov.vn/f/r2"),
        ("https://tinh.gov.vn/p/r2.jpg", ""),
        ("", "d" * 60),
    ]
    await zalo.stop()


async def test_a_long_text_that_fails_in_the_middle_goes_on_there(api: FakeZaloBot, zalo: ZaloBot, lan: Person) -> None:
    card = plain("a" * 1900 + "b" * 200)
    api.fail_next("sendMessage", 429, after=1, retry_after=3)
    failed = await failure(zalo.send(to(api.bots[0], lan), card))
    assert (failed.outcome, failed.after) == (Outcome.SLOW_DOWN, 3.0)
    await zalo.send(to(api.bots[0], lan), card)
    assert [each.text[6] for each in api.sent] == ["a", "b"]


@pytest.mark.parametrize(
    ("fault", "description", "outcome", "reason"),
    [
        (400, "Bad Request: chat not found", Outcome.GONE, "chat not found"),
        (403, "Forbidden: bot was blocked by the user", Outcome.GONE, "blocked"),
        (403, "Forbidden", Outcome.GONE, "forbidden"),
        (403, "Internal server error", Outcome.TRY_AGAIN, "the server answered 403"),
        (404, "Not Found", Outcome.GONE, "chat not found"),
        (400, "Bad Request: wrong 'secret words'", Outcome.REJECTED, "refused with 400"),
        (400, "Bad Request: text is too long", Outcome.REJECTED, "text is too long"),
        (401, "Unauthorized", Outcome.TRY_AGAIN, "the token is not accepted"),
        (429, "Too Many Requests", Outcome.SLOW_DOWN, "too many requests"),
        (429, "Quota exceeded for this month", Outcome.SLOW_DOWN, "the quota is used up"),
        (502, "", Outcome.TRY_AGAIN, "the server answered 502"),
        (504, "", Outcome.UNCLEAR, "the server answered 504"),
        (408, "", Outcome.UNCLEAR, "the server answered 408"),
        ("nonsense", "", Outcome.UNCLEAR, "the answer cannot be read"),
        ("drop_after_accept", "", Outcome.UNCLEAR, None),
        ("drop", "", Outcome.UNCLEAR, None),
    ],
)
@pytest.mark.parametrize("honest", [True, False])
async def test_refusals_are_classified_whatever_their_status(
    api: FakeZaloBot,
    zalo: ZaloBot,
    lan: Person,
    fault: Any,
    description: str,
    outcome: Outcome,
    reason: str | None,
    honest: bool,
) -> None:
    api.honest_status = honest
    api.fail_next("sendMessage", fault, description)
    failed = await failure(zalo.send(to(api.bots[0], lan), plain("bí mật")))
    assert failed.outcome is outcome
    assert reason is None or failed.reason == reason
    assert (failed.after > 0) is (outcome is Outcome.SLOW_DOWN)
    assert "mật" not in str(failed)


async def test_no_answer_in_time_is_unclear_for_a_message_and_harmless_for_a_sign(
    api: FakeZaloBot, zalo: ZaloBot, lan: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.messengers.zalo_bot.api.Api.call.__kwdefaults__", {"reading": 0.1})
    api.fail_next("sendMessage", "hang")
    assert (await failure(zalo.send(to(api.bots[0], lan), plain("x")))).outcome is Outcome.UNCLEAR
    api.fail_next("sendChatAction", "hang")
    assert (await failure(zalo.typing(to(api.bots[0], lan)))).outcome is Outcome.TRY_AGAIN


async def test_typing_is_shown_and_a_blank_text_refused_at_once(api: FakeZaloBot, zalo: ZaloBot, lan: Person) -> None:
    await zalo.typing(to(api.bots[0], lan))
    assert (api.calls[-1].method, api.calls[-1].asked["action"]) == ("sendChatAction", "typing")
    assert (await failure(zalo.send(to(api.bots[0], lan), plain(" \n")))).reason == "message text is empty"


async def test_what_zalo_bots_cannot_do_is_said_by_class(zalo: ZaloBot) -> None:
    where = Address(chat="x", private=False)
    for step in (
        zalo.pin(where, "1"),
        zalo.facts("x"),
        zalo.invite_link("x", "y"),
        zalo.admit("x", "y", welcome=True),
    ):
        assert (await failure(step)).outcome is Outcome.REJECTED
    await zalo.acknowledge("x")
    await zalo.offer_menu([])


async def test_an_office_spread_over_several_bots_answers_everybody_from_their_own() -> None:
    async with FakeZaloBot(bots=2) as api:
        zalo = ZaloBot(tokens=[each.token for each in api.bots], api_url=api.url)
        await zalo.start(ears := Ears())
        lan, binh = api.person("Lan"), api.person("Bình")
        api.says(lan, "một", bot=0)
        api.says(binh, "hai", bot=1)
        await ears.until(lambda: len(ears.heard) == 2)
        for event in ears.heard:
            await zalo.send(Address(chat=event.chat.id, private=True), plain("chào"))
        assert {(each.sender, each.place) for each in api.sent} == {(api.bots[0], lan), (api.bots[1], binh)}
        stranger = Address(chat="9999.abc", private=True)
        assert (await failure(zalo.send(stranger, plain("x")))).outcome is Outcome.GONE
        await zalo.stop()


async def test_the_free_tier_is_counted_and_warned_of_at_80_percent(api: FakeZaloBot, lan: Person) -> None:
    clock = Clock(ZoneInfo("Asia/Ho_Chi_Minh"), stopped_at=datetime(2026, 11, 30, 16, 0, tzinfo=UTC))
    zalo = ZaloBot(token=api.token, api_url=api.url, clock=clock)
    number, where = api.bots[0].number, to(api.bots[0], lan)
    await zalo.start(ears := Ears())
    await ears_hear(api, ears, lan)
    await zalo.send(where, plain("hai"))
    (usage,) = zalo.usage
    assert (usage.bot, usage.month, usage.messages, usage.people) == (
        number,
        date(2026, 11, 1),
        2,
        frozenset({where.chat}),
    )
    assert usage.nearly == frozenset()
    zalo.restore_usage(number, date(2026, 11, 1), 2398, [f"{number}.{each}" for each in range(39)])
    zalo.restore_usage("9999", date(2026, 11, 1), 1, [])
    assert zalo.usage[0].nearly == {Nearly.PEOPLE, Nearly.MESSAGES}
    clock.turn(datetime(2026, 11, 30, 17, 0, tzinfo=UTC))  # the first of December in Việt Nam
    assert (zalo.usage[0].messages, zalo.usage[0].nearly) == (0, frozenset({Nearly.PEOPLE}))
    assert zalo.open_bot == "Bot Giao Ban"
    zalo.restore_usage(number, date(2026, 11, 1), 0, [f"{number}.{each}" for each in range(50)])
    assert zalo.open_bot is None
    await zalo.stop()


async def ears_hear(api: FakeZaloBot, ears: Ears, who: Person) -> None:
    api.says(who, "một")
    await ears.until(lambda: len(ears.heard) == 1)


@pytest.mark.parametrize("token", ["", "abc", "12:", "x:y", "12:a/b", "12:a b"])
def test_a_token_that_is_none_is_not_repeated(token: str) -> None:
    with pytest.raises(ValueError) as caught:
        ZaloBot(token=token, tokens=["bad"] if not token else [])
    assert "a b" not in str(caught.value)
