"""What the inbox and the due rows run on: the database, the features, the words and the clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from bot.chat.events import Event
from bot.clock import Clock
from bot.engine.router import Router
from bot.engine.texts import Texts
from bot.engine.work import Work
from storage.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    database: Database
    router: Router
    texts: Texts
    clock: Clock
    language: str
    kit: Mapping[type[Any], Any]

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
