"""A province's database made in bulk: groups, people, tasks, letters and what is planned for them."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table

from storage import letters, letters_search, schema
from storage.due import DueRow
from storage.letters import Letter, LetterState
from storage.people import Account, Member, Person, Role, Room, WorkGroup
from storage.reminders import Reminder
from storage.tasks import Assignment, AssignmentState, Part, Task, TaskState, Urgency

MONDAY = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)  # 07:30 in Việt Nam
STAFF = 15  # people of a group, the first leads
LETTERS = 50  # of a group
CHUNK = 5000
WORDS = ("kế hoạch", "báo cáo", "biên chế", "chuyển đổi số", "phòng chống lụt bão", "lễ hội", "ngân sách", "thanh tra")
ISSUERS = ("Ủy ban nhân dân tỉnh", "Sở Nội vụ", "Sở Tài chính", "Sở Công Thương")


def make(folder: Path, *, groups: int, tasks_each: int, open_each: int, with_letters: bool = True) -> None:
    """`open_each` of a group's tasks are open, each with another member and due today or in the next weeks."""
    from storage.database import open_engine

    folder.mkdir(parents=True, exist_ok=True)
    engine = open_engine(f"sqlite:///{folder / 'giaoban.sqlite'}")
    schema.bring_up_to_date(engine)
    with engine.begin() as connection:
        _fill(connection, WorkGroup, _groups(groups, tasks_each))
        _fill(connection, Room, _rooms(groups))
        _fill(connection, Person, _people(groups))
        _fill(connection, Account, _accounts(groups))
        _fill(connection, Member, _members(groups))
        _fill(connection, Task, _tasks(groups, tasks_each, open_each))
        _fill(connection, Assignment, _assignments(groups, tasks_each))
        _fill(connection, Reminder, _reminders(groups, tasks_each, open_each))
        _fill(connection, DueRow, _due(groups * open_each))
        if with_letters:
            _fill(connection, Letter, _letters(groups))
    engine.dispose()


def chat(group: int) -> str:
    return str(-1_000_000_000_000 - group)


def ref(person: int) -> str:
    return str(100_000 + person)


def _fill(connection: Connection, kind: Any, rows: Iterator[dict[str, Any]]) -> None:
    table: Table = kind.__table__
    while chunk := list(islice(rows, CHUNK)):
        connection.execute(table.insert(), chunk)


def _groups(groups: int, tasks_each: int) -> Iterator[dict[str, Any]]:
    for group in range(1, groups + 1):
        yield {"id": group, "name": f"Tổ {group}", "language": "vi", "created_at": MONDAY, "task_count": tasks_each}


def _rooms(groups: int) -> Iterator[dict[str, Any]]:
    for group in range(1, groups + 1):
        yield {"id": group, "group_id": group, "messenger": "telegram", "chat": chat(group), "title": f"Tổ {group}"}


def _people(groups: int) -> Iterator[dict[str, Any]]:
    for person in range(1, groups * STAFF + 1):
        yield {"id": person, "name": f"Nguyễn Văn {person}"}


def _accounts(groups: int) -> Iterator[dict[str, Any]]:
    for person in range(1, groups * STAFF + 1):
        yield {
            "id": person,
            "person_id": person,
            "messenger": "telegram",
            "ref": ref(person),
            "username": f"nv{person}",
            "reachable": True,
        }


def _members(groups: int) -> Iterator[dict[str, Any]]:
    for person in range(1, groups * STAFF + 1):
        role = Role.LEADER if person % STAFF == 1 else Role.MEMBER
        yield {
            "id": person,
            "group_id": 1 + (person - 1) // STAFF,
            "person_id": person,
            "role": role,
            "joined_at": MONDAY,
        }


def _tasks(groups: int, each: int, open_each: int) -> Iterator[dict[str, Any]]:
    for place in range(groups * each):
        group, number = 1 + place // each, 1 + place % each
        is_open = number > each - open_each
        yield {
            "id": place + 1,
            "group_id": group,
            "number": number,
            "title": f"Báo cáo số liệu {WORDS[number % len(WORDS)]} số {number}",
            "urgency": Urgency.ORDINARY,
            "state": TaskState.OPEN if is_open else TaskState.DONE,
            "due_at": _due_at(number) if is_open else MONDAY - timedelta(days=number % 300 + 1),
            "before": False,
            "given_by": 1 + (group - 1) * STAFF,
            "given_at": MONDAY - timedelta(days=number % 300 + 8),
            "closed_at": None if is_open else MONDAY - timedelta(days=number % 300 + 1),
        }


def _due_at(number: int) -> datetime:
    return MONDAY + timedelta(days=number % 3, hours=8, minutes=number % 60)


def _assignments(groups: int, each: int) -> Iterator[dict[str, Any]]:
    for place in range(groups * each):
        yield {
            "id": place + 1,
            "task_id": place + 1,
            "person_id": _worker(place, each),
            "part": Part.LEAD,
            "state": AssignmentState.ACCEPTED,
            "reason": "",
        }


def _worker(place: int, each: int) -> int:
    return 1 + (place // each) * STAFF + place % each % STAFF


def _reminders(groups: int, each: int, open_each: int) -> Iterator[dict[str, Any]]:
    for place in range(groups * each):
        if place % each >= each - open_each:
            at = _due_at(1 + place % each)
            yield {"task_id": place + 1, "person_id": _worker(place, each), "rung": "0", "at": at}


def _due(count: int) -> Iterator[dict[str, Any]]:
    """Rows that lie ahead; one minute each."""
    for place in range(count):
        at = MONDAY + timedelta(days=30, minutes=place)
        yield {"key": f"reminders:{place}", "kind": "reminders", "facts": "{}", "due_at": at, "planned_for": at}


def _letters(groups: int) -> Iterator[dict[str, Any]]:
    dice = random.Random(1)
    for place in range(groups * LETTERS):
        group, number = 1 + place // LETTERS, 1 + place % LETTERS
        symbol, issuer = f"{dice.randrange(1, 9000)}/UBND-VX", ISSUERS[place % len(ISSUERS)]
        subject = f"V/v {WORDS[dice.randrange(len(WORDS))]} năm 2026 số {place}"
        yield {
            "id": place + 1,
            "group_id": group,
            "state": LetterState.DONE,
            "year": 2026,
            "arrival_number": number,
            "arrived_at": MONDAY - timedelta(days=100),
            "number_symbol": symbol,
            "symbol_folded": letters.folded(symbol),
            "issuer": issuer,
            "issuer_folded": letters.folded(issuer),
            "subject": subject,
            "words": letters_search.words_of(group, symbol, issuer, "Công văn", subject),
            "brought_by": 1 + (group - 1) * STAFF,
        }
