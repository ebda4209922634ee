"""When an address fails for good, or a whole messenger does not answer: the same message goes another way, once."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from bot.chat.messages import Card
from bot.chat.messenger import Messenger
from bot.clock import Clock
from storage import detours, outbox, people, questions
from storage.columns import SecretBroken
from storage.database import Database
from storage.outbox import Act, OutboxState
from storage.people import Account

log = logging.getLogger(__name__)
SILENCE = timedelta(seconds=60)  # without an answer: the messenger is taken as down
FORGOTTEN = timedelta(minutes=3)  # after it, one message without an answer says nothing of the messenger any more
AT_ONCE = 200  # rows looked at in one step
LOOK_AGAIN = timedelta(seconds=15)  # at rows that could not go another way: somebody may have another address now
QUESTION = "question:"

Marked = Callable[[Card, str], Card]
"""The card with a line that says which messenger it should have come by."""


def to_next_address(session: Session, row: Any, now: datetime) -> bool:
    """What its address will never take goes to the person's next one; False when there is none."""
    account = _another(session, row, down=frozenset())
    if account is None:
        return False
    outbox.mark(session, [row.id], OutboxState.PENDING, ready_at=now)
    _readdress(session, row, account, {})
    return True


def _another(session: Session, row: Any, down: frozenset[str]) -> Account | None:
    """Another private chat of the same person, on a messenger that answers."""
    if not row.private or row.act != Act.SEND:
        return None
    own = people.account(session, row.messenger, row.chat)
    others = people.addresses(session, own.person_id) if own is not None else []
    return next((each for each in others if own and each.id != own.id and each.messenger not in down), None)


def _readdress(session: Session, row: Any, account: Account, changes: Mapping[str, Any]) -> None:
    detours.readdress(session, row.id, messenger=account.messenger, chat=account.ref, thread=None, **changes)
    if row.shows is not None and row.shows.startswith(QUESTION):
        number = row.shows.removeprefix(QUESTION)
        asked = questions.get(session, int(number)) if number.isdecimal() else None
        if asked is not None:
            questions.move(session, asked, account.messenger, account.ref)


class Failover:
    """`tick` is called every second; `moved` is told of rows that have another messenger now."""

    def __init__(
        self,
        database: Database,
        messengers: Mapping[str, Messenger],
        clock: Clock,
        *,
        opened: Callable[[str], Card],
        closed: Callable[[Card], str],
        marked: Marked,
        moved: Callable[[], None],
        unanswered: Mapping[str, tuple[datetime, datetime]],
    ) -> None:
        self._database, self._messengers, self._clock = database, messengers, clock
        self._opened, self._closed, self._marked, self._moved = opened, closed, marked, moved
        self._unanswered = unanswered
        self._silent_since: dict[str, datetime] = {}
        self._looked: dict[str, tuple[int, datetime]] = {}
        """By messenger: the last row looked at, and when the first was."""

    @property
    def down(self) -> frozenset[str]:
        """The messengers that have not answered for a minute."""
        now = self._clock.now()
        return frozenset(name for name, since in self._silent_since.items() if now - since >= SILENCE)

    def note(self) -> None:
        """Looks whether each messenger answers."""
        for name, messenger in self._messengers.items():
            since = self._since(name, messenger)
            if since is not None:
                self._silent_since.setdefault(name, since)
            elif self._silent_since.pop(name, None) is not None:
                log.info("a messenger answers again", extra={"messenger": name})

    def _since(self, name: str, messenger: Messenger) -> datetime | None:
        """Since when it has been silent: it is not ready, or what was sent last had no answer."""
        now = self._clock.now()
        since, last = self._unanswered.get(name, (now, None))
        if last is not None and now - last <= FORGOTTEN:
            return since
        return None if messenger.standing.ready else now

    async def tick(self) -> bool:
        """True when anything was sent another way."""
        self.note()
        down, moved = self.down, 0
        if down and len(down) < len(self._messengers):
            try:
                for name in down:
                    moved += await self._database.run(partial(self._away_from, messenger=name, down=down))
            except OperationalError:
                log.warning("the database does not answer; messages wait")
        if moved:
            log.warning("a messenger does not answer; messages go another way", extra={"count": moved})
            self._moved()
        return moved > 0

    def _away_from(self, session: Session, messenger: str, down: frozenset[str]) -> int:
        now = self._clock.now()
        last, begun = self._looked.get(messenger, (0, now))
        if now - begun >= LOOK_AGAIN:
            last, begun = 0, now
        moved = 0
        while rows := detours.open_for(session, messenger, last, AT_ONCE):
            moved += sum(self._move(session, row, down) for row in rows)
            last = rows[-1].id
        self._looked[messenger] = last, begun
        return moved

    def _move(self, session: Session, row: Any, down: frozenset[str]) -> bool:
        if not row.private:
            return self._to_another_room(session, row, down)
        account = _another(session, row, down)
        card = self._card(row) if account is not None else None
        if account is None or card is None:
            return False
        _readdress(session, row, account, {"card": card, "ready_at": self._clock.now()})
        return True

    def _card(self, row: Any) -> str | None:
        try:
            return self._closed(self._marked(self._opened(row.card), row.messenger))
        except SecretBroken:
            return None

    def _to_another_room(self, session: Session, row: Any, down: frozenset[str]) -> bool:
        """What stands as a card (a task, a letter) waits, so that both rooms show it in the end; an announcement goes
        to the other room of the group, and is no news any more when it is there already."""
        room = people.room_of_chat(session, row.messenger, row.chat)
        if room is None or row.shows is not None or row.card is None:
            return False
        others = [each for each in people.rooms(session, room.group_id) if each.messenger not in down]
        if not others:
            return False
        if any(detours.went_to(session, each.messenger, each.chat, row) for each in others):
            outbox.mark(session, [row.id], OutboxState.DEAD, card=None)
            return False
        card = self._card(row)
        if card is None:
            return False
        place = {"messenger": others[0].messenger, "chat": others[0].chat, "thread": others[0].thread}
        detours.readdress(session, row.id, card=card, ready_at=self._clock.now(), **place)
        return True
