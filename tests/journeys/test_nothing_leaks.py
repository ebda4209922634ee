"""Marked secrets go through every kind of story, well and badly; nothing of them is in any line of the log."""

import json
import logging
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import Session

from bot.demo.samples import docx
from bot.serving import secrets_of
from config import logging as logs
from config.logging import JsonLines, failure_in_words
from config.settings import Settings
from storage import people
from tests.fakes.botapi import FakeBotApi
from tests.handlers.files.scene import PASSWORD
from tests.journeys.child import Child
from tests.journeys.front import KEY, Office

MARK = "Kinmarkdao"
PHONE = "0987612345"
SAID = (
    f"/giao @binh Gọi ông {MARK} số {PHONE}, hạn 16h 27/11",
    f"/vanban Số: 77/{MARK} ngày 16/11/2026 của Sở {MARK} V/v {MARK} {PHONE}",
    f"/donvitruc Văn phòng {MARK} @binh",
    f"/lichtruc {MARK} {PHONE}",
    f"/ten {MARK} {PHONE}",
    f"/email {MARK}@quangtri.gov.vn",
    f"/khongco {MARK}",
    f"{MARK} {PHONE}",
    f"/giao {MARK}",
)


@pytest.fixture
def lines() -> Iterator[StringIO]:
    """Every line of every logger as the program writes it, ours down to the smallest, with no secret filtered out."""
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLines())
    names = ("bot", "handlers", "storage", "config", "")
    before = {name: logging.getLogger(name).level for name in names}
    logging.getLogger().addHandler(handler)
    for name in names:
        logging.getLogger(name).setLevel(logging.DEBUG if name else logging.INFO)
    for noisy in ("httpx", "httpcore", "telegram"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    yield written
    logging.getLogger().removeHandler(handler)
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)


def leaks(written: str, *secrets: str) -> Sequence[str]:
    found = [MARK, MARK.lower(), PHONE, "Bình", "Trần Thị Lan", KEY, *secrets]
    return [line for line in written.splitlines() if any(secret in line for secret in found)]


def passwords(team: Office) -> list[str]:
    """What was told in private, of which each is a secret."""
    told = "\n".join(each.text for each in team.front.all_in(team.binh) + team.front.all_in(team.lan))  # type: ignore[operator]
    found = [*re.findall(r"\b[A-Z0-9]{4}(?:-[A-Z0-9]{4})+\b", told), *PASSWORD.findall(told)]
    assert found, "nothing was told in private"
    return found


async def everything(team: Office) -> None:
    front = team.front
    for who, where in ((team.lan, team.room), (team.binh, team.room), (team.lan, None), (team.dung, None)):
        for said in SAID:
            await front.says(who, said, where)
    await front.uploads(team.lan, f"Danh sách {MARK}.docx", docx([MARK]), team.room, caption="/niem")
    await front.uploads(team.lan, f"Danh sách {MARK}.docx", docx([MARK]))
    await front.turns("2026-11-28 08:00")


async def test_when_all_goes_well(team: Office, api: FakeBotApi, lines: StringIO) -> None:
    await everything(team)
    assert "a message arrived" in lines.getvalue()
    assert leaks(lines.getvalue(), api.token, *passwords(team)) == []


async def test_when_the_messenger_breaks(team: Office, api: FakeBotApi, lines: StringIO) -> None:
    api.fail_next("sendMessage", 400, f"Bad Request: {MARK} {PHONE}", times=3)
    api.fail_next("sendDocument", 413, f"too big: {MARK}.docx", times=2)
    api.fail_next("getFile", 400, f"wrong file {MARK}", times=1)
    api.fail_next("editMessageText", 400, f"cannot edit {MARK}", times=2)
    await everything(team)
    await team.front.uploads(team.lan, f"Danh sách {MARK}.docx", docx([MARK]), team.room, caption="/niem")
    assert "a message did not arrive" in lines.getvalue()
    assert leaks(lines.getvalue(), api.token, *passwords(team)) == []


@pytest.mark.parametrize("kind", [ValueError, KeyError, AssertionError, RuntimeError, TypeError])
async def test_when_a_handler_fails(
    team: Office, api: FakeBotApi, lines: StringIO, monkeypatch: pytest.MonkeyPatch, kind: type[Exception]
) -> None:
    def broken(event: object, *_: object) -> None:
        if kind is TypeError:
            event.nothing()  # type: ignore[attr-defined]
        raise kind(repr(event))

    monkeypatch.setattr(team.front.app.engine.router, "handle", broken)
    await team.front.says(team.lan, SAID[0], team.room)
    assert "an event could not be handled" in lines.getvalue()
    assert leaks(lines.getvalue(), api.token) == []


async def test_when_the_database_refuses_a_row(team: Office, lines: StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    def twice(_event: object, work: object, *_: object) -> None:
        session: Session = work.session  # type: ignore[attr-defined]
        for _number in range(2):
            session.add(people.Account(person_id=1, messenger=MARK, ref=PHONE))
        session.flush()

    monkeypatch.setattr(team.front.app.engine.router, "handle", twice)
    await team.front.says(team.lan, "/viec", team.room)
    assert IntegrityError.__name__ in lines.getvalue()
    assert leaks(lines.getvalue()) == []


async def test_when_a_job_and_a_reminder_fail(team: Office, lines: StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(told: object, *_: object) -> Any:
        raise ValueError(f"{MARK} {told!r}")

    router = team.front.app.engine.router
    for name, spec in list(router.dues.items()):
        monkeypatch.setitem(router.dues, name, replace(spec, run=broken))
    for name, job in list(router.jobs.items()):
        monkeypatch.setitem(router.jobs, name, replace(job, run=broken))
    await team.front.says(team.lan, SAID[0], team.room)
    team.front.app.clock.turn(team.front.app.clock.now().replace(day=27))
    await team.front.app.due.tick()
    assert "a due row failed" in lines.getvalue()
    assert leaks(lines.getvalue()) == []


async def test_what_a_running_program_writes_holds_no_secret(tmp_path: Path) -> None:
    """As a process of its own, with everything it writes to standard error from start to end."""
    async with FakeBotApi() as api:
        child = Child(tmp_path, api)
        lan, binh = api.person(f"Lan {MARK}", "lan"), api.person("Bình", "binh")
        room = api.group(f"Phòng {MARK}", [lan], [binh])
        api.starts(lan)
        api.says(lan, f"/thietlap Tổ {MARK}", room)
        await child.starts()
        await api.until(lambda: any(each.buttons for each in api.sent if each.place is room))
        api.fail_next("sendMessage", 500, f"{MARK} {PHONE}", times=2)
        for said in SAID:
            api.says(lan, said, room)
        await child.rests()
        async with (
            aiohttp.ClientSession() as session,
            session.post(f"http://127.0.0.1:{child.port}/hooks/telegram", data=f"{MARK}") as answer,
        ):
            assert answer.status >= 400
        assert await child.ends() == 0
        written = child.log.read_text(encoding="utf-8")
        assert "a message arrived" in written
        assert all(json.loads(line) for line in written.splitlines())
        assert leaks(written, api.token) == []


def test_a_secret_that_somebody_else_writes_is_filtered_out(settings: Settings) -> None:
    telegram = settings.telegram.model_copy(update={"token": type(settings.secret_key)("12345:AAtoken")})
    url = "postgresql+psycopg://giaoban:bimatlam@db/giaoban"
    given = settings.model_copy(update={"telegram": telegram, "database_url": url})
    formatter = JsonLines(secrets_of(given))
    said = f"GET https://api.telegram.org/bot12345:AAtoken/getMe {KEY} bimatlam"
    line = formatter.format(logging.makeLogRecord({"msg": said, "levelname": "INFO", "name": "other"}))
    assert "AAtoken" not in line
    assert KEY not in line
    assert "bimatlam" not in line
    assert line.count("***") == 3


def test_a_failure_is_told_with_its_causes_but_not_with_what_it_quotes() -> None:
    try:
        try:
            raise OperationalError("INSERT", {"name": MARK}, Exception(MARK))
        except OperationalError as cause:
            raise ValueError("".join([MARK, PHONE])) from cause
    except ValueError as failure:
        told = failure_in_words(failure)
    assert "OperationalError" in told
    assert "ValueError" in told
    assert "test_nothing_leaks.py" in told
    assert "Kinmark" not in told


def test_what_ends_the_program_is_told_the_same_way(capsys: pytest.CaptureFixture[str]) -> None:
    before, hook = logging.getLogger().handlers[:], sys.excepthook
    try:
        logs.set_up()
        sys.excepthook(ValueError, ValueError(MARK), None)
    finally:
        logging.getLogger().handlers[:], sys.excepthook = before, hook
    written = capsys.readouterr().err
    assert json.loads(written)["failure"] == "ValueError"
    assert MARK not in written
