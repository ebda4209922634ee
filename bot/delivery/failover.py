"""When an address fails for good, or a whole messenger does not answer: the same message goes another way, once."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Protocol

from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from bot.chat.messages import Card, Part, Style
from bot.chat.messenger import Messenger
from bot.clock import Clock
from bot.delivery import changes
from storage import detours, outbox, people, posts, questions, reaching
from storage.columns import SecretBroken
from storage.database import Database
from storage.outbox import Act, OutboxState
from storage.people import MAIL, Account

log = logging.getLogger(__name__)
SILENCE = timedelta(seconds=60)  # without an answer: the messenger is taken as down
FORGOTTEN = timedelta(minutes=3)  # after it, one message without an answer says nothing of the messenger any more
AT_ONCE = 200  # rows looked at in one step
LOOK_AGAIN = timedelta(seconds=15)  # at rows that could not go another way: somebody may have another address now
QUESTION = "question:"

Marked = Callable[[Card, str], Card]
"""The card with a line that says which messenger it should have come by."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message goes instead."""

    messenger: str
    chat: str
    thread: str | None = None


class Fitted(Protocol):
    """The card as this messenger can carry it: a file it does not take becomes a link."""

    def __call__(self, session: Session, card: Card, *, messenger: str, chat: str, private: bool) -> Card: ...


def to_next_address(session: Session, row: Any, now: datetime) -> bool:
    """What its address will never take goes to the person's next one; False when there is none."""
    account = _another(session, row, down=frozenset()) if row.act == Act.SEND else None
    if account is None:
        return False
    outbox.mark(session, [row.id], OutboxState.PENDING, ready_at=now)
    _readdress(session, row, Place(account.messenger, account.ref), {})
    return True


def _another(session: Session, row: Any, down: frozenset[str]) -> Account | None:
    """Another private chat of the same person, on a messenger that answers. Official mail is no detour of a chat, nor a
    chat one of mail: who decides that a file or a password goes by mail is handlers.files."""
    if not row.private or row.messenger == MAIL:
        return None
    own = people.account(session, row.messenger, row.chat)
    others = reaching.addresses(session, own.person_id) if own is not None else []
    return next((each for each in others if own and each.id != own.id and _takes_it(each.messenger, down)), None)


def _takes_it(messenger: str, down: frozenset[str]) -> bool:
    return messenger != MAIL and messenger not in down


def _readdress(session: Session, row: Any, place: Place, changes: Mapping[str, Any]) -> None:
    detours.readdress(session, row.id, **asdict(place), **changes)
    if row.private and row.shows is not None and row.shows.startswith(QUESTION):
        number = row.shows.removeprefix(QUESTION)
        asked = questions.get(session, int(number)) if number.isdecimal() else None
        if asked is not None:
            questions.move(session, asked, place.messenger, place.chat)


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
        fitted: Fitted,
        moved: Callable[[], None],
        unanswered: Mapping[str, tuple[datetime, datetime]],
    ) -> None:
        self._database, self._messengers, self._clock = database, messengers, clock
        self._opened, self._closed, self._marked, self._moved = opened, closed, marked, moved
        self._fitted = fitted
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
        """Looks whether each messenger answers; a mail server that does not sends nothing another way."""
        for name, messenger in self._messengers.items():
            if name == MAIL:
                continue
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
                    count, self._looked[name] = await self._database.run(
                        partial(self._away_from, messenger=name, down=down)
                    )
                    moved += count
            except OperationalError:
                log.warning("the database does not answer; messages wait")
        if moved:
            log.warning("a messenger does not answer; messages go another way", extra={"count": moved})
            self._moved()
        return moved > 0

    def _away_from(self, session: Session, messenger: str, down: frozenset[str]) -> tuple[int, tuple[int, datetime]]:
        """How many, and how far was looked (noted once this is committed: it may be run again)."""
        now = self._clock.now()
        last, begun = self._looked.get(messenger, (0, now))
        if now - begun >= LOOK_AGAIN:
            last, begun = 0, now
        moved = 0
        while rows := detours.open_for(session, messenger, last, AT_ONCE):
            moved += sum(self._move(session, row, down) for row in rows)
            last = rows[-1].id
        return moved, (last, begun)

    def _move(self, session: Session, row: Any, down: frozenset[str]) -> bool:
        place = self._other_place(session, row, down)
        if place is None:
            return False
        if row.act == Act.SHOW:
            return self._tell_the_change(session, row, place)
        if not row.private and self._has_it(session, row, place):
            return self._leave_it_at_that(session, row)
        card = self._card(session, row, place)
        if card is None:
            return False
        _readdress(session, row, place, {"card": card, "ready_at": self._clock.now()})
        return True

    @staticmethod
    def _other_place(session: Session, row: Any, down: frozenset[str]) -> Place | None:
        """The other address of the same person, or the other room of the same group, on a messenger that answers."""
        if row.card is None:
            return None
        if row.private:
            account = _another(session, row, down)
            return Place(account.messenger, account.ref) if account is not None else None
        room = people.room_of_chat(session, row.messenger, row.chat)
        if room is None or (row.shows or "").startswith(QUESTION):
            return None  # a question in a room is put to one person, under what they wrote there
        others = [each for each in people.rooms(session, room.group_id) if each.messenger not in down]
        return Place(others[0].messenger, others[0].chat, others[0].thread) if others else None

    @staticmethod
    def _has_it(session: Session, row: Any, place: Place) -> bool:
        """The other room was told as well, of itself."""
        if row.shows is not None:
            return (place.messenger, place.chat) in outbox.standing(session, row.shows)
        return detours.went_to(session, place.messenger, place.chat, row)

    @staticmethod
    def _leave_it_at_that(session: Session, row: Any) -> bool:
        """A card (a task, a letter) waits, so that both rooms show it in the end; an announcement is no news then."""
        if row.shows is None:
            outbox.mark(session, [row.id], OutboxState.DEAD, card=None)
        return False

    def _tell_the_change(self, session: Session, row: Any, place: Place) -> bool:
        """The card is edited in silence when its messenger returns; where nothing can be edited, what was said by
        another way is not said again."""
        if row.shows is not None and (place.messenger, place.chat) in outbox.standing(session, row.shows):
            return False
        card = self._card(session, row, place)
        if card is None:
            return False
        told = detours.tell_also(session, row, card, self._clock.now(), **asdict(place))
        if not self._messengers[row.messenger].capabilities.edits:
            self._note_said(session, row)
            outbox.mark(session, [row.id], OutboxState.DEAD, card=None)
        return told

    def _note_said(self, session: Session, row: Any) -> None:
        shown = posts.latest_showing(session, row.messenger, row.chat, row.shows) if row.shows is not None else None
        if shown is not None:
            said = changes.said_of(self._opened(row.card))
            posts.has_said(session, row.messenger, row.chat, shown.message_id, said)

    def _card(self, session: Session, row: Any, place: Place) -> str | None:
        """As the other place can show it: without what only its own messenger knows, marked."""
        try:
            card = self._opened(row.card)
        except SecretBroken:
            return None
        parts = tuple(_named_there(session, part, row.messenger, place.messenger) for part in card.parts)
        card = replace(card, parts=parts, reply_to=None)
        card = self._fitted(session, card, messenger=place.messenger, chat=place.chat, private=row.private)
        return self._closed(self._marked(card, row.messenger))


def _named_there(session: Session, part: Part, here: str, there: str) -> Part:
    """Somebody who is mentioned is mentioned by their account there, or by name."""
    if part.style is not Style.MENTION or part.target is None:
        return part
    own = people.account(session, here, part.target)
    known = people.accounts_of(session, own.person_id) if own is not None else []
    target = next((each.ref for each in known if each.messenger == there), None)
    return replace(part, target=target) if target is not None else Part(part.text)
