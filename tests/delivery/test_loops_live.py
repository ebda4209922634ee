"""A fault in one of the loops that everything depends on: it is told, and the loop goes on."""

import asyncio
import logging
from typing import Any
from unittest import mock

import pytest
from sqlalchemy.exc import InternalError

from bot.chat.events import Said
from bot.chat.messenger import ChatFacts
from storage import inbox
from tests.stage import Office

READ_ONLY = InternalError("UPDATE", None, Exception("cannot execute UPDATE in a read-only transaction"))


@pytest.mark.parametrize("name", ["Sender._step", "_look", "_quick", "_start_jobs", "sweep"])
async def test_a_database_that_refuses_otherwise_than_by_silence_ends_no_loop(
    office: Office, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    """As a PostgreSQL server does that has become a standby."""
    _, lan, _ = await office.pair()
    office.anything_goes()
    run, refused = office.app.database.run, 0

    async def refuses(command: Any) -> Any:
        nonlocal refused
        named = getattr(command, "__qualname__", "") or command.func.__qualname__
        if name in named or (name == "_look" and "open_after" in named):
            refused += 1
            raise READ_ONLY
        return await run(command)

    with (
        mock.patch("bot.background.PAUSE", 0.05),
        mock.patch("bot.engine.inbox.SWEEP", 0.05),
        mock.patch.object(office.app.database, "run", refuses),
    ):
        office.app.sender.wake()
        office.app._due_changed.set()
        async with asyncio.timeout(55):
            assert office.paper.intake is not None
            await office.paper.intake([lan._event(Said, lan.private, message_id="9001", text="/nhom")])
            while not refused:
                await asyncio.sleep(0.01)
    assert any(each.levelno >= logging.WARNING for each in caplog.records)
    async with asyncio.timeout(55):
        while not any("Phòng Văn hóa" in each.text for each in lan.messages):
            await asyncio.sleep(0.05)
    running = {task.get_name() for task in office.app.background._running}
    assert {"sender", "due rows", "inbox"} <= running


async def test_a_messenger_that_cannot_tell_about_a_group_holds_nobody_up(office: Office) -> None:
    room, lan, _ = await office.pair()
    office.anything_goes()

    async def broken(chat: str) -> ChatFacts:
        raise KeyError("administrators")

    with mock.patch.object(office.paper, "facts", broken):
        await lan.says("/kiemtra", room)
    room.sees("lỗi phía hệ thống")
    waiting = await office.app.database.run(inbox.depth)
    assert waiting == 0, "it would be tried again for ever, before all that came later"
