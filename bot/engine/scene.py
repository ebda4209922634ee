"""Who acts, in which group, when: the scene of a transaction, before anything is said."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.chat.events import Chat, Event
from bot.engine.texts import Texts, Words
from storage import people, reaching
from storage.people import Account, Member, Person, Room, WorkGroup

Kind = TypeVar("Kind")


class Refusal(Exception):
    """The office's no, said in words: `text_id` with its facts. Undoes what the handler had written."""

    def __init__(self, text_id: str, **facts: Any) -> None:
        super().__init__(text_id)
        self.text_id, self.facts = text_id, facts
        self.hint: str | None = None
        """The id of a further line: what else may be done."""


class Scene:
    """Filled in by bot.engine.context; Work adds what can be said in it."""

    def __init__(
        self,
        session: Session,
        *,
        now: datetime,
        zone: ZoneInfo,
        texts: Texts,
        language: str,
        kit: Mapping[type[Any], Any],
        event: Event | None = None,
        trace: str = "",
    ) -> None:
        self.session, self.now, self.zone = session, now, zone
        self.event, self.trace = event, trace
        self.account: Account | None = None
        self.group: WorkGroup | None = None
        self.room: Room | None = None
        self.member: Member | None = None
        self.toasted = ""
        self.refused = ""
        self.waits = False
        """The account is new to a person with a role here, and a stranger until it is confirmed."""
        self.flooded = False
        self.answered = False
        self.kept_when_refused: list[Callable[[Session], None]] = []
        self._texts, self._default_language, self._kit = texts, language, kit

    # who, where, when

    @property
    def local(self) -> datetime:
        """Now, in the office's zone."""
        return self.now.astimezone(self.zone)

    @property
    def today(self) -> date:
        return self.local.date()

    @property
    def words(self) -> Words:
        return self.words_for(self.group)

    def words_for(self, group: WorkGroup | None) -> Words:
        return self._texts.words(group.language if group else self._default_language)

    @property
    def chat(self) -> Chat:
        if self.event is None:
            raise LookupError("nobody said anything: this work began by itself")
        return self.event.chat

    @property
    def person_id(self) -> int | None:
        return self.account.person_id if self.account else None

    @property
    def here(self) -> WorkGroup:
        """The work group this is about."""
        if self.group is None:
            raise Refusal("refuse-no-group")
        return self.group

    @property
    def group_id(self) -> int:
        return self.here.id or 0

    @property
    def actor(self) -> Member:
        if self.member is None:
            raise Refusal("refuse-new-account" if self.waits else "refuse-not-a-member")
        return self.member

    def person(self, person_id: int) -> Person:
        return people.person(self.session, person_id)

    def address_of(self, person_id: int) -> Account | None:
        """The private chat in which this person is told what this is about; None when there is no such."""
        return self.addresses_of([person_id]).get(person_id)

    def addresses_of(self, person_ids: Sequence[int]) -> Mapping[int, Account]:
        """The same of several people."""
        return reaching.nearest(self.session, person_ids, self.group.id if self.group else None)

    def need(self, kind: type[Kind]) -> Kind:
        """A thing of the composition root by its type: the working calendar, the vault …"""
        found: Kind = self._kit[kind]
        return found

    def afterwards(self, deed: Callable[[Session], None]) -> None:
        """Is done although the handler refuses, which undoes everything else: wrong codes are counted so."""
        self.kept_when_refused.append(deed)
