"""What is dropped every night: events handled and messages sent long ago, and questions nobody can answer any more."""

from datetime import timedelta

from sqlmodel import Session

from bot.engine.core import Engine
from bot.engine.cron import next_daily
from storage import due, inbox, outbox, posts, questions

KIND = "nightly"
AT = "03:00"
HEARD = timedelta(days=3)  # messengers tell an event again for a day at most
SENT = timedelta(days=14)  # as long as anything could want to enqueue the same message again
STANDING = timedelta(days=400)  # cards of a year ago are still answered
ASKED = timedelta(days=7)  # past their end: until then an old answer hears that it came too late


def plan(engine: Engine, session: Session) -> None:
    """Planned once; what an earlier run planned stays."""
    if due.get(session, KIND) is None:
        due.plan(session, KIND, KIND, next_daily(AT, engine.clock.now(), engine.clock.zone), {})


def run(engine: Engine, session: Session) -> None:
    now = engine.clock.now()
    inbox.forget_before(session, now - HEARD)
    outbox.forget_before(session, now - SENT)
    posts.forget_before(session, now - STANDING)
    questions.forget_before(session, now - ASKED)
    plan(engine, session)
