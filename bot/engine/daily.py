"""What every group does once a day at a time the office sets: one row a day fans out into one row a group."""

from datetime import datetime

from sqlmodel import Session

from bot.engine.core import Engine
from bot.engine.cron import next_daily
from bot.engine.features import Daily
from config.settings import Office
from storage import due, people

KIND = "daily"


def plan(engine: Engine, session: Session) -> None:
    """Plans what is not planned yet; what was planned by an earlier run stays, so that nothing is lost meanwhile."""
    for daily in engine.router.dailies:
        if due.get(session, _key(daily)) is None:
            _plan_next(engine, session, daily, engine.clock.now())


def fan_out(engine: Engine, session: Session, name: str, planned_for: datetime) -> None:
    """After a long pause it happens once, late, and not once for every day that was missed."""
    daily = next(each for each in engine.router.dailies if each.name == name)
    day = planned_for.astimezone(engine.clock.zone).date()
    rows = {f"{name}:{group}:{day}": {"group": group} for group in people.group_ids(session)}
    due.plan_each(session, name, rows, planned_for)
    _plan_next(engine, session, daily, max(engine.clock.now(), planned_for))


def _plan_next(engine: Engine, session: Session, daily: Daily, after: datetime) -> None:
    office: Office = engine.kit[Office]
    at = next_daily(getattr(office, daily.at), after, engine.clock.zone)
    due.plan(session, KIND, _key(daily), at, {"name": daily.name})


def _key(daily: Daily) -> str:
    return f"{KIND}:{daily.name}"
