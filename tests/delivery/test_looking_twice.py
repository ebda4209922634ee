"""Rows of a messenger that does not answer are looked at from the beginning, also when the looking is run again."""

from types import SimpleNamespace
from typing import Any
from unittest import mock

from sqlmodel import Session

from bot.delivery import failover
from tests.stage import Office


async def test_what_was_looked_at_in_vain_is_looked_at_again(office: Office) -> None:
    looking, begun = office.app.failover, list[int]()

    def open_for(_session: Session, _messenger: str, last: int, _most: int) -> list[Any]:
        begun.append(last)
        return [SimpleNamespace(id=7)] if last == 0 else []

    def twice(session: Session) -> Any:
        looking._away_from(session, "paper", frozenset({"paper"}))  # rolled back: it stumbled at its commit
        return looking._away_from(session, "paper", frozenset({"paper"}))

    moves = mock.patch.object(failover.Failover, "_move", return_value=True)
    with mock.patch("storage.detours.open_for", open_for), moves:
        moved, (last, _) = await office.app.database.run(twice)
    assert (moved, last) == (1, 7)
    assert begun[-2:] == [0, 7]
