"""Data directories with offices in them, and the environment that starts the program on one."""

import base64
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlmodel import Session, select

from bot.chat import messages
from bot.chat.messages import Card, Part, Style
from storage import outbox, people, schema, tasks
from storage.audit import AuditEntry
from storage.database import Database
from storage.outbox import Act, OutboxRow, OutboxState, Priority
from storage.people import Account, Person, Role, Room, WorkGroup
from tests.bench.echo import TOKEN

KEY = base64.b64encode(bytes(range(32))).decode()
SECRET = "bench-secret-0123456789"
STAFF = 3  # members of a group beside its leader
NOW = datetime.now(UTC)  # noqa: TID251, RUF100 - the bench runs on the machine's own clock


@dataclass(frozen=True)
class Site:
    """Where one program keeps its things and how it is spoken to."""

    folder: Path
    api: str
    port: int
    unlimited: bool = True
    database: str = ""
    """Empty: SQLite in the folder."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        limits = {"PER_SECOND": "100000", "PER_CHAT": "100000", "PER_GROUP_MINUTE": "0"} if self.unlimited else {}
        return {
            "GIAOBAN_DATA_DIR": str(self.folder),
            "GIAOBAN_DATABASE_URL": self.database,
            "GIAOBAN_SECRET_KEY": KEY,
            "GIAOBAN_WEB__LISTEN": f"127.0.0.1:{self.port}",
            "GIAOBAN_WEB__PUBLIC_URL": self.url,
            "GIAOBAN_TELEGRAM__TOKEN": TOKEN,
            "GIAOBAN_TELEGRAM__API_URL": self.api,
            "GIAOBAN_TELEGRAM__MODE": "webhook",
            "GIAOBAN_TELEGRAM__WEBHOOK_SECRET": SECRET,
            "GIAOBAN_FLOOD__PERSON_PER_MINUTE": "0",
            "GIAOBAN_FLOOD__GROUP_PER_MINUTE": "0",
            **{f"GIAOBAN_TELEGRAM__{name}": value for name, value in limits.items()},
        }

    def open(self) -> Database:
        self.folder.mkdir(parents=True, exist_ok=True)
        database = Database(self.database or f"sqlite:///{self.folder / 'giaoban.sqlite'}")
        schema.bring_up_to_date(database.engine)
        return database


def leader_id(group: int) -> int:
    return 10_000 + 10 * group


def chat_id(group: int) -> int:
    return -1_000_000_000_000 - group


def offices(site: Site, groups: int) -> None:
    """Work groups of a leader and three members, all of whom can be written to."""
    database = site.open()
    try:
        database.run_now(lambda session: [_office(session, group) for group in range(groups)])
    finally:
        database.close()


def _office(session: Session, group: int) -> None:
    office = WorkGroup(name=f"Tổ {group}", language="vi", created_at=NOW)
    session.add(office)
    session.flush()
    room = Room(group_id=office.id or 0, messenger="telegram", chat=str(chat_id(group)), title=office.name)
    session.add(room)
    for place in range(STAFF + 1):
        person = Person(name=f"Nguyễn Văn {group}.{place}")
        session.add(person)
        session.flush()
        ref = str(leader_id(group) + place)
        account = Account(person_id=person.id or 0, messenger="telegram", ref=ref, username=f"nv_{group}_{place}")
        account.reachable = True
        session.add(account)
        people.enrol(session, office.id or 0, person.id or 0, Role.MEMBER if place else Role.LEADER, NOW)


def waiting_messages(site: Site, count: int) -> None:
    """An outbox with `count` messages, each to another private chat."""
    card = messages.to_json(Card(parts=(Part("Nhắc việc", Style.BOLD), Part("\n" + OUTGOING))))
    row = {"messenger": "telegram", "private": True, "act": Act.SEND, "card": card, "attempts": 0}
    row |= {"created_at": NOW, "ready_at": NOW, "priority": Priority.BULK}
    database = site.open()
    try:
        database.run_now(
            lambda session: [outbox.put(session, {**row, "chat": str(100_000 + place)}) for place in range(count)]
        )
    finally:
        database.close()


OUTGOING = "#12 Báo cáo số liệu quý IV, hạn 16:00 thứ Sáu. Trả lời thẻ này khi đã xong."


@dataclass(frozen=True)
class Kept:
    """What the database holds at the end."""

    tasks: int
    assignments: int
    audited: int
    sent: int
    unsent: int


def kept(site: Site) -> Kept:
    database = site.open()

    def count(session: Session) -> Kept:
        states = session.exec(select(OutboxRow.state)).all()
        sent = sum(state is OutboxState.SENT for state in states)
        return Kept(
            tasks=len(session.exec(select(tasks.Task.id)).all()),
            assignments=len(session.exec(select(tasks.Assignment.id)).all()),
            audited=len(session.exec(select(AuditEntry.id)).all()),
            sent=sent,
            unsent=len(states) - sent,
        )

    try:
        return database.run_now(count)
    finally:
        database.close()
