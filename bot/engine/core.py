"""What the inbox and the due rows run on: the database, the features, the words and the clock."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session

from bot.chat.events import Event
from bot.clock import Clock
from bot.engine.floods import FINE, FloodLimits, Floods, Verdict
from bot.engine.router import Router
from bot.engine.texts import Texts
from bot.engine.work import Work
from bot.watching import Ended, Seen, Watch
from storage.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    database: Database
    router: Router
    texts: Texts
    clock: Clock
    language: str
    kit: Mapping[type[Any], Any]
    watch: Watch = field(default_factory=Watch)
    floods: Floods = field(default_factory=lambda: Floods(FloodLimits()))

    def work(self, session: Session, *, event: Event | None = None, trace: str = "") -> Work:
        return Work(
            session,
            now=self.clock.now(),
            zone=self.clock.zone,
            texts=self.texts,
            language=self.language,
            kit=self.kit,
            event=event,
            trace=trace,
        )

    def judge(self, event: Event | None, seen: Seen) -> Verdict:
        """Whether there is too much of it; what it is, is noted."""
        if event is None:
            return FINE
        seen.messenger, seen.kind = event.chat.messenger, event.kind
        verdict = self.floods.judge(event, self.clock.now().timestamp())
        if verdict.of:
            self.watch.measures.flooded(verdict.of)
        return verdict

    def note(self, seen: Seen, work: Work | None) -> None:
        """How it ended."""
        if work is None:
            seen.ended = Ended.REPEATED
        elif work.flooded:
            seen.ended = Ended.FLOODED
        else:
            seen.ended = Ended.REFUSED if work.refused else Ended.HANDLED
        if work is not None and work.refused:
            self.watch.measures.refused(work.refused)
