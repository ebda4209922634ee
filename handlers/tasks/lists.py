"""Which tasks a list holds: whose, and due in which days. Everybody may see the tasks of the own group, no others."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from bot.chat.events import Mention
from bot.engine.work import Refusal, Work
from handlers.calendar import Named, Stretch, WorkingCalendar, Wrong, find_stretches, fold, nfc, say_short_day
from handlers.people.naming import who_alone
from storage import people, tasks
from storage.tasks import Task

MINE, GROUP, OVERDUE = "mine", "group", "overdue"
_WORDS = {
    "": MINE, "cua toi": MINE, "mine": MINE, "toi": MINE, "my": MINE, "em": MINE, "cua em": MINE,
    "nhom": GROUP, "ca nhom": GROUP, "group": GROUP, "tat ca": GROUP, "all": GROUP,
    "qua han": OVERDUE, "tre": OVERDUE, "overdue": OVERDUE, "late": OVERDUE,
    "nhom qua han": OVERDUE, "phong": GROUP, "ca phong": GROUP, "to": GROUP, "ca to": GROUP, "moi nguoi": GROUP,
}  # fmt: skip
_KIND = re.compile(r"(?P<whose>mine|group|overdue|of-(?P<person>\d{1,9}))(?:\.(?P<first>\d{8})\.(?P<last>\d{8}))?")
_AROUND = re.compile(r"(?:^|\s)(?:den han|toi han|han|due|cua|of|viec|trong|on|in|co)(?=\s|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Listing:
    """`person`: whose tasks, where it is not the one who asks. `first` to `last`: the days in which they are due."""

    whose: str
    person: int | None = None
    first: date | None = None
    last: date | None = None

    @property
    def kind(self) -> str:
        """As a button holds it."""
        whose = f"of-{self.person}" if self.person is not None else self.whose
        return f"{whose}.{self.first:%Y%m%d}.{self.last:%Y%m%d}" if self.first and self.last else whose


def of_kind(kind: str) -> Listing:
    """What a button asks for; Refusal for one that nobody of ours made."""
    found = _KIND.fullmatch(kind)
    try:
        days = [datetime.strptime(found[each], "%Y%m%d").date() for each in ("first", "last") if found and found[each]]  # noqa: DTZ007 - a day
    except ValueError:
        found = None
    if found is None:
        raise Refusal("refuse-old-button")
    person = int(found["person"]) if found["person"] else None
    return Listing("of" if person is not None else found["whose"], person, *days)


def understood(work: Work, text: str, mentions: Sequence[Mention]) -> Listing:
    """`nhóm`, `quá hạn`, `hôm nay`, `nhóm tuần này`, `@binh`, `binh tuần sau`; Refusal for anything else."""
    text = nfc(text).strip()
    whose = _WORDS.get(fold(text))
    if whose is not None:
        return Listing(whose)
    days = find_stretches(text, datetime.combine(work.today, time.min, work.zone), work.need(WorkingCalendar))
    whole = len(days) == 1 and days[0].said == text
    if not days and (whose := _WORDS.get(fold(_bare(text)))) is not None:
        return Listing(whose)
    if not (whole and text[0].islower()) and (named := who_alone(work, _bare(text), mentions)):
        return Listing("of", named[0].id or 0)  # `Mai` is a colleague, `mai` tomorrow
    if len(days) != 1:
        raise Refusal("task-list-what")
    first, last = _ends(days[0])
    rest = _bare(text[: days[0].start] + " " + text[days[0].end :])
    if (whose := _WORDS.get(fold(rest))) is not None:
        return Listing(whose, None, first, last)
    named = who_alone(work, rest, mentions)
    if not named:
        raise Refusal("task-list-what")
    return Listing("of", named[0].id or 0, first, last)


def _bare(words: str) -> str:
    """Without what stands around days and names."""
    kept, place = list[str](), 0
    for found in _AROUND.finditer(fold(words)):
        kept.append(words[place : found.start()])
        place = found.end()
    return "".join([*kept, words[place:]]).strip(" ,.?")


def _ends(days: Stretch) -> tuple[date, date]:
    if days.wrong not in (None, Wrong.PAST) or days.has_hour or days.named is Named.FIRST:
        raise Refusal("task-list-what")
    return days.first, days.last


def tasks_of(work: Work, listing: Listing) -> Sequence[Task]:
    """Of the work's group alone, whoever asks and whosever they are."""
    if listing.whose == MINE:
        found = tasks.open_of_person(work.session, work.actor.person_id, work.group_id)
    elif listing.person is not None:
        if people.member_of(work.session, work.group_id, listing.person) is None:
            raise Refusal("refuse-old-button")
        found = tasks.open_of_person(work.session, listing.person, work.group_id)
    else:
        found = tasks.open_of_group(work.session, work.group_id)
    if listing.whose == OVERDUE:
        found = [each for each in found if each.due_at is not None and each.due_at < work.now]
    if listing.first is None or listing.last is None:
        return found
    dated = [(each, each.due_at.astimezone(work.zone).date()) for each in found if each.due_at is not None]
    return [each for each, day in dated if listing.first <= day <= listing.last]


def heading(work: Work, listing: Listing) -> str:
    if listing.person is not None:
        said = work.words("task-list-person-of", name=work.person(listing.person).name)
    else:
        said = work.words(f"task-list-{listing.whose}-of", group=work.here.name)
    if listing.first is None or listing.last is None:
        return said
    first, last = (say_short_day(day, work.words.language) for day in (listing.first, listing.last))
    return work.words("task-list-due", list=said, days=first if first == last else f"{first} – {last}")


def nothing(work: Work, listing: Listing) -> str:
    """What a list says that holds nothing."""
    if listing.first is not None:
        return work.words("task-list-empty-days")
    return work.words("task-list-empty-" + ("person" if listing.person is not None else listing.whose))
