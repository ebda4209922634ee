"""The connection was lost while a commit was being confirmed: it was done, and nobody was told."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from sqlalchemy.exc import OperationalError
from sqlmodel import Session, select

from bot.chat.messenger import DeliveryFailed, Outcome
from storage.outbox import OutboxRow, OutboxState
from tests.stage import Office


@contextmanager
def unconfirmed(office: Office, name: str) -> Iterator[list[str]]:
    """The first command of this name is done, and its outcome lost."""
    run, lost = office.app.database.run, list[str]()

    async def run_in_vain(command: Any) -> Any:
        found = await run(command)
        named = getattr(command, "__qualname__", "") or command.func.__qualname__
        if name in named and not lost:
            lost.append(named)
            raise OperationalError("COMMIT", None, Exception("server closed the connection unexpectedly"))
        return found

    with mock.patch.object(office.app.database, "run", run_in_vain):
        yield lost


async def states(office: Office) -> list[OutboxState]:
    def read(session: Session) -> list[OutboxState]:
        return list(session.exec(select(OutboxRow.state).order_by(OutboxRow.id)).all())  # type: ignore[arg-type]

    return await office.app.database.run(read)


async def test_a_claim_that_was_not_confirmed_is_made_again(office: Office) -> None:
    _, lan, _ = await office.pair()
    with unconfirmed(office, "Sender._step") as lost:
        await lan.says("/thanhvien")
    assert lost
    told = lan.hears("Trần Thị Lan")
    assert "có thể lặp" not in told.text, "nothing had been sent"
    lan.hears_nothing_more()


async def test_a_failure_whose_recording_was_not_confirmed_is_tried_again(office: Office) -> None:
    _, lan, _ = await office.pair()
    office.paper.failures.append(DeliveryFailed(Outcome.TRY_AGAIN, "bad gateway"))
    with unconfirmed(office, "record_all") as lost:
        await lan.says("/thanhvien")
    await office.clock_to("+1m")
    assert lost
    lan.hears("Trần Thị Lan")
    lan.hears_nothing_more()
    assert set(await states(office)) == {OutboxState.SENT}


async def test_an_event_whose_handling_was_not_confirmed_is_done_once(office: Office) -> None:
    room, lan, binh = await office.pair()
    with unconfirmed(office, "_handle.<locals>") as lost:
        await lan.says("/giao @binh Báo cáo, hạn 16h 27/11", room)
    assert lost
    await office.app.settle()
    room.sees("#1")
    binh.hears("#1")
    room.sees_nothing_more()
    binh.hears_nothing_more()
