"""What people do while the program is tormented, and what must be true of it afterwards."""

import bisect
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from bot.demo.samples import docx
from handlers.calendar import OfficeHours, WorkingCalendar, load_overrides
from handlers.calendar.office import SHIPPED
from tests.fakes.botapi import FakeBotApi
from tests.fakes.botapi_world import Group, Message, Person

HOURS = "07:30-11:30,13:30-17:00"
REPEAT = "(có thể lặp)"
CALENDAR = WorkingCalendar.vietnam(load_overrides(SHIPPED.read_text(encoding="utf-8")), hours=OfficeHours.parse(HOURS))
DEADLINE = CALENDAR.after(date.today() + timedelta(days=8))  # noqa: DTZ011 - the program has a real clock too
"""A working day: of a deadline on another there are no reminders on that day."""
Asks = Callable[..., Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Team:
    """Lan leads, Bình is a member; both have opened the private chat."""

    name: str
    room: Group
    lan: Person
    binh: Person


def a_team(api: FakeBotApi, name: str = "Tổ một", *, after: str = "") -> Team:
    """They have said /setup; Bình has not joined yet."""
    lan, binh = api.person("Lan", f"lan{after}"), api.person("Bình", f"binh{after}")
    room = api.group("Phòng Văn hóa", [lan], [binh])
    api.starts(lan)
    api.starts(binh)
    api.says(lan, f"/thietlap {name}", room)
    return Team(name, room, lan, binh)


async def joins(api: FakeBotApi, team: Team) -> None:
    """Once the card to join stands in the room."""
    await api.until(lambda: any(each.buttons for each in api.sent if each.place is team.room))
    card = next(each for each in api.sent if each.place is team.room and each.buttons)
    api.presses(team.binh, card, "Tham gia")


class Day:
    """`asks` is the program's database from beside it. `times` is where among what arrived each torment fell."""

    def __init__(self, api: FakeBotApi, asks: Asks, team: Team, seed: int) -> None:
        self.api, self.asks, self.team = api, asks, team
        self.room, self.lan, self.binh = team.room, team.lan, team.binh
        self.chance = random.Random(seed)
        self.titles: list[str] = []
        self.accepted: set[str] = set()
        self.reminded: set[str] = set()
        self.files: list[str] = []
        self.times: list[int] = []
        self.group = int(asks("SELECT id FROM work_group WHERE name = ?", team.name)[0][0])

    def goes_on(self) -> None:
        """A little of everything."""
        self.gives_tasks(self.chance.randint(1, 3))
        self.accepts_one()
        if self.chance.random() < 0.4:
            self.uploads_one()

    def gives_tasks(self, how_many: int) -> None:
        for _ in range(how_many):
            title = f"Việc số {len(self.titles) + 1} của tổ"
            self.titles.append(title)
            self.api.says(self.lan, f"/giao @{self.binh.username} {title}, hạn 16h {DEADLINE:%d/%m/%Y}", self.room)

    def uploads_one(self) -> None:
        name = f"Danh sách {len(self.files) + 1} cuối.docx"
        self.files.append(name)
        self.api.uploads(self.binh, name, docx([name] * 20), self.room, caption="/niem")

    def accepts_one(self) -> None:
        """Presses on the latest card in the room; not one whose mark was moved: accepting plans marks anew."""
        for title in reversed(self.titles):
            card = self._card(title)
            if title not in self.accepted | self.reminded and card is not None:
                self.accepted.add(title)
                self.api.presses(self.binh, card, "Nhận việc")
                return

    def _card(self, title: str) -> Message | None:
        return next((each for each in self.api.sent if each.place is self.room and f"{title}\n" in each.text), None)

    def a_reminder_falls_due(self) -> None:
        """The mark at the deadline of a task that was given and not taken."""
        for number, title in self.asks("SELECT id, title FROM task WHERE group_id = ? ORDER BY id", self.group):
            if title in self.reminded or title in self.accepted or title not in self.titles:
                continue
            now = int(time.time() * 1000)
            self.reminded.add(title)
            self.asks("UPDATE reminder SET at = ? WHERE task_id = ? AND rung = 'at-deadline'", now, number)
            self.asks(
                "INSERT INTO due (key, kind, facts, due_at, planned_for, attempts)"
                " VALUES (?, 'reminders', '{}', ?, ?, 0)",
                *(f"turned:{number}", now, now),
            )
            return

    def is_tormented(self) -> None:
        self.times.append(len(self.api.arrived))


MOST_AT_ONCE = "most of them after one fault"
FIGURES = {
    "commands": "commands given",
    "accepted": "tasks accepted by a press",
    "reminders": "reminders due",
    "files": "files sealed",
    "repeated": "messages that came again, marked so",
    "most_at_once": MOST_AT_ONCE,
}
"""What the report calls them."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Nothing was lost or done twice; so many messages arrived again, each saying that it may be a repetition."""

    commands: int
    accepted: int
    reminders: int
    files: int
    repeated: int
    most_at_once: int
    """Repeated after one torment."""

    def figures(self) -> dict[str, int]:
        return {FIGURES[name]: value for name, value in asdict(self).items()}


def judge(day: Day) -> Judgement:
    """AssertionError: what was lost or done twice."""
    _everything_once(day)
    copies = _everything_told(day)
    after = Counter(bisect.bisect_right(day.times, at) for at in copies)
    counts = (len(day.titles), len(day.accepted), len(day.reminded), len(day.files))
    return Judgement(*counts, repeated=len(copies), most_at_once=max(after.values(), default=0))


def _everything_once(day: Day) -> None:
    asks, group = day.asks, day.group
    titles = [row[0] for row in asks("SELECT title FROM task WHERE group_id = ? ORDER BY id", group)]
    assert titles == day.titles, "given once each, in the order in which they were said"
    numbers = [row[0] for row in asks("SELECT number FROM task WHERE group_id = ? ORDER BY id", group)]
    assert numbers == list(range(1, len(titles) + 1))
    given, taken, sealed = (
        asks("SELECT count(*) FROM audit WHERE group_id = ? AND action = ?", group, action)[0][0]
        for action in ("task-given", "task-accepted", "file-sealed")
    )
    told = (len(day.titles), len(day.accepted), len(day.files))
    assert (given, taken, sealed) == told, f"given, taken, sealed: {(given, taken, sealed)} of {told}"
    files = asks("SELECT number FROM sealed_file WHERE group_id = ? AND state = 'sealed' ORDER BY number", group)
    assert [row[0] for row in files] == list(range(1, len(day.files) + 1)), "each sealed once"
    assert asks("SELECT count(*) FROM inbox WHERE state = 'parked'")[0][0] == 0
    dead = asks("SELECT id, act, chat, attempts, report FROM outbox WHERE state = 'dead'")
    assert not dead, f"given up: {dead}"


def _everything_told(day: Day) -> list[int]:
    """Each message arrived; where among all others the second copies did, each of which says that it may be one."""
    own = (day.room.id, day.lan.id, day.binh.id)  # another team has tasks of the same title
    told = [
        (at, int(each.asked["chat_id"]), str(each.asked.get("text") or each.asked.get("caption") or ""))
        for at, each in enumerate(day.api.arrived)
        if int(each.asked["chat_id"]) in own
    ]
    reminders = [each for each in told if "đến hạn" in each[2] or "Nhắc" in each[2]]
    others = [each for each in told if each not in reminders]
    found: list[int] = []
    for place in (day.room.id, day.binh.id):
        for title in day.titles:
            found += _copies([each for each in others if each[1] == place and f"{title}\n" in each[2]], title)
    for title in day.reminded:
        found += _copies([each for each in reminders if title in each[2]], f"the reminder of {title}")
    for number in range(1, len(day.files) + 1):
        posted = [each for each in others if each[1] == day.room.id and f"Tệp #{number}," in each[2]]
        found += _copies(posted, f"file {number}")
        for person in (day.lan, day.binh):
            here = [each for each in others if each[1] == person.id and f"Mật khẩu Tệp #{number} " in each[2]]
            found += _copies(here, f"the password of file {number}")
    return found


def _copies(found: Sequence[tuple[int, int, str]], what: str) -> list[int]:
    assert found, f"{what} was lost"
    unsaid = [each for each in found if REPEAT not in each[2]]
    assert len(unsaid) <= 1, f"{what} was doubled without saying so: {unsaid}"
    return [at for at, _, _ in found[1:]]
