"""What a capability declares: its commands, buttons, answers, events, due rows and slow jobs, with who may."""

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from sqlmodel import Session

from bot.chat.events import Event, FileRef, Mention, Quoted
from bot.chat.founding import RoomMaker
from bot.chat.messenger import ChatFacts
from bot.engine.work import Refusal, Work
from storage.people import Who

T = TypeVar("T")
LONGEST_NUMBER = 9  # digits: more are no key of any row (PostgreSQL keeps keys in 32 bits)


class Where(StrEnum):
    ANYWHERE = "anywhere"
    ROOM = "room"  # in the group chat only
    PRIVATE = "private"
    FOUNDING = "founding"  # in the group chat; in private where the program itself makes group chats (founds_rooms)


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """What a person ordered: `/name text`, with whom it names, what it replies to and the file it came with."""

    name: str
    text: str
    message_id: str
    mentions: tuple[Mention, ...] = ()
    reply: Quoted | None = None
    file: FileRef | None = None
    facts: ChatFacts | None = None
    """For commands that declare `facts=True`, in groups of messengers that can tell."""
    shown: str | None = None
    """The key of our card that is replied to (`task:12`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A pressed button: its action is `name:argument`."""

    name: str
    argument: str
    message_id: str

    @property
    def number(self) -> int:
        first = self.argument.split(":")[0]
        if not first.isdecimal() or len(first) > LONGEST_NUMBER:
            raise Refusal("refuse-old-button")
        return int(first)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A person's answer to a question: a text, a file, or the value of a chosen option."""

    text: str
    facts: Mapping[str, Any]
    """What the question had kept."""
    chosen: str | None = None
    file: FileRef | None = None
    message_id: str = ""
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CardReply:
    """A reply in words (or with a file) to a card of ours whose key is `prefix:argument`.

    `implied`: nothing was replied to, the card is the latest one in this private chat.
    """

    argument: str
    text: str
    message_id: str
    file: FileRef | None = None
    mentions: tuple[Mention, ...] = ()
    implied: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A row that has fallen due. `planned_for`: when it should have been; `now - planned_for` is how late it is."""

    kind: str
    key: str
    facts: Mapping[str, Any]
    planned_for: datetime
    late: timedelta


class Desk(Protocol):
    """What slow work may use; all calls block, and are made on a worker thread."""

    def fetch(self, file: FileRef) -> bytes: ...
    def invite_link(self, messenger: str, chat: str, name: str) -> str: ...
    def facts(self, messenger: str, chat: str) -> ChatFacts: ...
    def founder(self, messenger: str, call: Callable[[RoomMaker], Coroutine[Any, Any, T]]) -> T: ...
    def need(self, kind: type[Any]) -> Any: ...


GroupOf = Callable[[Session, str], int | None]
"""From a press's or reply's argument to the id of the group it belongs to; None: there is no such thing."""
Finish = Callable[[Work], None]
Run = TypeVar("Run", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """One declared entry: what runs, for whom, where."""

    name: str
    run: Callable[..., Any]
    who: Who = Who.STAFF
    where: Where = Where.ANYWHERE
    aliases: tuple[str, ...] = ()
    """Other names of a command; the first is the Vietnamese one."""
    group_of: GroupOf | None = None
    groupless: bool = False
    """Runs without a work group (/start, /help, /setup)."""
    facts: bool = False
    shown: bool = True
    """Stands in help and menus."""
    also: tuple[str, ...] = ()
    """What people call the command besides: understood, and named nowhere."""
    looks: bool = False
    """It shows something and changes nothing: in private its name is enough, without a slash."""
    looks_alone: bool = False
    """The same where nothing stands behind its name."""
    stops: bool = False
    """A question's answer that hears `thôi` itself, and says what has not been done."""


@dataclass(frozen=True, slots=True)
class Daily:
    """A due kind that every group has once a day, at the office's time named `at`."""

    name: str
    at: str


@dataclass(frozen=True, slots=True)
class Feature:
    """A capability's table of contents. Text ids follow from the names: `help-<command>` is its line in /help."""

    name: str
    commands: list[Spec] = field(default_factory=list)
    presses: list[Spec] = field(default_factory=list)
    answers: list[Spec] = field(default_factory=list)
    replies: list[Spec] = field(default_factory=list)
    files: list[Spec] = field(default_factory=list)
    sentences: list[Spec] = field(default_factory=list)
    events: list[tuple[type[Any], Callable[..., None]]] = field(default_factory=list)
    dues: list[Spec] = field(default_factory=list)
    jobs: list[Spec] = field(default_factory=list)
    dailies: list[Daily] = field(default_factory=list)

    def command(
        self,
        name: str,
        *aliases: str,
        who: Who = Who.STAFF,
        where: Where = Where.ANYWHERE,
        groupless: bool = False,
        facts: bool = False,
        shown: bool = True,
        also: tuple[str, ...] = (),
        looks: bool = False,
        looks_alone: bool = False,
    ) -> Callable[[Run], Run]:
        """`run(order: Command, work: Work)`"""
        return self._add(
            self.commands,
            name=name,
            aliases=aliases,
            who=who,
            where=where,
            groupless=groupless,
            facts=facts,
            shown=shown,
            also=also,
            looks=looks,
            looks_alone=looks_alone,
        )

    def press(
        self, name: str, *, who: Who = Who.STAFF, group_of: GroupOf | None = None, groupless: bool = False
    ) -> Callable[[Run], Run]:
        """`run(press: Press, work: Work)` for the action `name:argument`."""
        return self._add(self.presses, name=name, who=who, group_of=group_of, groupless=groupless)

    def answer(self, name: str, *, who: Who = Who.ANYONE, stops: bool = False) -> Callable[[Run], Run]:
        """`run(answer: Answer, work: Work)` for questions asked with `work.ask(name, …)`."""
        return self._add(self.answers, name=name, who=who, stops=stops)

    def reply(self, prefix: str, *, group_of: GroupOf, who: Who = Who.STAFF) -> Callable[[Run], Run]:
        """`run(reply: CardReply, work: Work)` for replies to cards with the key `prefix:argument`."""
        return self._add(self.replies, name=prefix, who=who, group_of=group_of)

    def file(self, name: str, *, who: Who = Who.STAFF) -> Callable[[Run], Run]:
        """`run(order: Command, work: Work) -> bool` for a file that comes in private with no command: True when it
        was taken. Whoever is none of `who` is told how files are sent."""
        return self._add(self.files, name=name, who=who)

    def words(self, name: str, *, who: Who = Who.STAFF) -> Callable[[Run], Run]:
        """`run(said: Command, work: Work) -> bool` for words said to the bot that are no command and answer nothing:
        True when they were understood. Strict, as the first capability that understands takes them."""
        return self._add(self.sentences, name=name, who=who)

    def on(self, *kinds: type[Event]) -> Callable[[Run], Run]:
        """`run(event, work: Work)`; every feature that listens is told."""

        def listen(run: Run) -> Run:
            self.events.extend((kind, run) for kind in kinds)
            return run

        return listen

    def due(self, name: str) -> Callable[[Run], Run]:
        """`run(due: Due, work: Work)`; the group named in `facts["group"]` is the work's group."""
        return self._add(self.dues, name=name)

    def daily(self, name: str, *, at: str) -> Callable[[Run], Run]:
        """`run(due: Due, work: Work)` for every group, every day at the office's time `at` (a field of
        config.settings.Office). Days off are the handler's to skip."""
        self.dailies.append(Daily(name, at))
        return self.due(name)

    def job(self, name: str) -> Callable[[Run], Run]:
        """`run(due: Due, desk: Desk) -> Finish`: slow, on a worker thread; what it returns ends it in a transaction."""
        return self._add(self.jobs, name=name)

    @staticmethod
    def _add(shelf: list[Spec], **entry: Any) -> Callable[[Run], Run]:
        def declare(run: Run) -> Run:
            shelf.append(Spec(run=run, **entry))
            return run

        return declare
