"""Who says too much in a minute is answered once, calmly, and then not at all for a while; nobody else notices."""

from collections import OrderedDict
from dataclasses import dataclass

from bot.chat.events import Event, Noticed, Pressed, Said
from bot.chat.messages import plain
from bot.engine import context
from bot.engine.work import Work
from storage.people import Who

CALM = 60.0  # seconds of silence after too much
LIGHT = 0.25  # a press or a file beside a sentence: a clerk's morning mail is forty files at once
MANY = 20_000  # people and rooms remembered


@dataclass(frozen=True, slots=True, kw_only=True)
class FloodLimits:
    """Sentences a minute; 0: no limit."""

    person_per_minute: float = 0
    group_per_minute: float = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    of: str = ""
    """`person` or `group`: whose limit is used up; empty: all is well."""
    say: bool = False
    """The first time; afterwards it is passed over in silence."""


FINE = Verdict()


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float
    shut_until: float = 0.0


class Floods:
    """Counts in this process alone: with several replicas each allows as much. Counted once for each event, outside
    the transaction, which may run twice."""

    def __init__(self, limits: FloodLimits) -> None:
        self._limits = limits
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def judge(self, event: Event, now: float) -> Verdict:
        """What a person says beyond their own limit does not count against the group."""
        cost = _cost(event)
        if event.sender is None or not cost:
            return FINE
        person = f"{event.chat.messenger}:{event.sender.id}"
        verdict = self._count("person", person, self._limits.person_per_minute, cost, now)
        if verdict.of or event.chat.private:
            return verdict
        return self._count("group", f"{event.chat.lane}:", self._limits.group_per_minute, cost, now)

    def _count(self, of: str, name: str, a_minute: float, cost: float, now: float) -> Verdict:
        if not a_minute:
            return FINE
        bucket = self._buckets.setdefault(name, _Bucket(a_minute, now))
        self._buckets.move_to_end(name)
        if len(self._buckets) > MANY:
            self._buckets.popitem(last=False)
        if now < bucket.shut_until <= now + CALM:  # beyond: the clock was put back
            return Verdict(of)
        bucket.left = min(a_minute, bucket.left + max(now - bucket.at, 0.0) * a_minute / 60)
        bucket.at = now
        if bucket.left >= cost:
            bucket.left -= cost
            return FINE
        bucket.shut_until, bucket.left, bucket.at = now + CALM, a_minute, now + CALM
        return Verdict(of, say=True)


def passes(event: Event, work: Work, verdict: Verdict) -> bool:
    """True: is handled. A group that is loud does not keep those who lead it from being heard."""
    if not verdict.of:
        return True
    context.meet(work, event)
    if verdict.of == "group" and work.member is not None and work.member.who & (Who.LEADER | Who.DEPUTY):
        return True
    work.flooded = True
    if verdict.say:
        _ask_for_calm(event, work, verdict)
    return False


def _ask_for_calm(event: Event, work: Work, verdict: Verdict) -> None:
    said = work.words("refuse-flood-group" if verdict.of == "group" else "refuse-flood-person")
    if isinstance(event, Pressed) and event.token is not None:
        work.toasted = said
    else:
        work.show(plain(said))


def _cost(event: Event) -> float:
    if isinstance(event, Said):
        return LIGHT if event.file is not None else 1.0
    if isinstance(event, Pressed) or (isinstance(event, Noticed) and event.file is not None):
        return LIGHT
    return 0.0
