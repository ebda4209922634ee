"""A person is forgotten: name, accounts and what they wrote in private go; what the office did stays, by number."""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, String, Table
from sqlmodel import AutoString, Session, col, delete, func, or_, select, update

from storage import audit, codes, inbox, outbox, people, phones, posts, questions, tasks, zalo
from storage.base import metadata
from storage.people import Account, Member, Person, Role, Seen

LONG_REF = 6  # characters of an account's id that cannot be some other number by chance
_UNTOUCHED = {"audit", "alembic_version"}  # the chain has its own way
Erase = Callable[[str], str]


class CannotForget(Exception):
    """`leads`: the groups that would be left without a leader."""

    def __init__(self, leads: Sequence[str]) -> None:
        super().__init__(", ".join(leads))
        self.leads = leads


@dataclass(frozen=True, slots=True)
class Forgotten:
    """`cells`: places elsewhere that named the person; `entries`: audit entries among them; `shared`: the name was
    left in texts because others are called so, or because it is a single word."""

    cells: int
    entries: int
    shared: bool


def found(session: Session, said: str) -> Sequence[Person]:
    """By number (`7`, `#7`), `@username`, official address, or name in any case."""
    said = said.strip()
    if said.lstrip("#").isdecimal():
        number = int(said.lstrip("#"))
        return [people.person(session, number)] if session.get(Person, number) is not None else []
    by_account = select(Account.person_id).where(
        or_(col(Account.username) == said.removeprefix("@").lower(), col(Account.ref) == said)
    )
    numbers = set(session.exec(by_account).all()) if "@" in said else set()
    if not numbers:
        wanted = _plain(said)
        everybody = session.exec(select(Person.id, Person.name)).all()
        numbers = {number for number, name in everybody if number is not None and _plain(name) == wanted}
    return [session.get_one(Person, number) for number in sorted(numbers)]


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def forget(session: Session, person: Person, stand_in: str, now: datetime) -> Forgotten:
    """In the caller's transaction. Raises CannotForget for who leads a group alone."""
    number, name = person.id or 0, person.name
    _refuse_leaders(session, number)
    accounts = people.accounts_of(session, number)
    refs = [(each.messenger, each.ref) for each in accounts]
    marks = [f"@{each.username}" for each in accounts if each.username]
    _forget_private(session, refs, [each.id or 0 for each in accounts])
    _forget_accounts(session, accounts)
    phones.forget(session, number)
    session.execute(
        update(Member).where(col(Member.person_id) == number, col(Member.left_at).is_(None)).values(left_at=now)
    )
    session.execute(update(tasks.Assignment).where(col(tasks.Assignment.person_id) == number).values(reason=""))
    person.name = stand_in
    session.flush()
    shared = _is_shared(session, name)
    erase = eraser([] if shared else [name], [*marks, *(ref for _, ref in refs if len(ref) >= LONG_REF)], stand_in)
    cells = _sweep(session, erase, refs, number)
    entries = audit.rewrite(session, erase, now, number)
    session.expire_all()
    return Forgotten(cells, entries, shared)


def _refuse_leaders(session: Session, number: int) -> None:
    leads = []
    for member, group in people.memberships(session, number):
        if member.role is Role.LEADER and len(people.with_role(session, group.id or 0, Role.LEADER)) == 1:
            leads.append(group.name)
    if leads:
        raise CannotForget(leads)


def _forget_accounts(session: Session, accounts: Iterable[Account]) -> None:
    for each in accounts:
        session.execute(delete(Seen).where(col(Seen.account_id) == each.id))
        each.ref, each.username = f"forgotten-{each.id}", None
        each.reachable = each.preferred = False
        each.chosen_group = each.heard_at = None
    session.flush()


def _forget_private(session: Session, refs: Sequence[tuple[str, str]], accounts: Sequence[int]) -> None:
    """What stands in, comes from and goes to their private chats."""
    inboxes, sent, stands = inbox.InboxRow, outbox.OutboxRow, posts.Posted
    for messenger, ref in refs:
        done = {"event": None, "state": inbox.InboxState.DONE, "lane": "forgotten"}
        session.execute(update(inboxes).where(col(inboxes.lane) == f"{messenger}:{ref}").values(**done))
        session.execute(delete(sent).where(col(sent.messenger) == messenger, col(sent.chat) == ref))
        session.execute(delete(stands).where(col(stands.messenger) == messenger, col(stands.chat) == ref))
        asked = questions.Question
        session.execute(delete(asked).where(col(asked.messenger) == messenger, col(asked.account) == ref))
        if messenger == "zalo_oa":
            session.execute(delete(zalo.ZaloContact).where(col(zalo.ZaloContact.person) == ref))
    for code in (codes.OneTimeCode, codes.CodeTries):
        session.execute(delete(code).where(col(code.account_id).in_(accounts)))


def _is_shared(session: Session, name: str) -> bool:
    """A single word is in too many others (Lan, Hà Lan)."""
    others = session.exec(select(func.count()).where(func.lower(Person.name) == name.lower())).one()
    return len(name.split()) < 2 or bool(others)


def eraser(names: Iterable[str], marks: Iterable[str], stand_in: str) -> Erase:
    """Names in any case, with composed or decomposed letters and without their marks; `marks` to the letter, numbers
    among them only where they stand for an account (`"12345678"`, `telegram:12345678`)."""
    written = {form for name in names for each in _forms(name) for form in (each, *_escaped(each))}
    forms = [re.escape(form) for form in sorted(written, key=len, reverse=True)]
    forms += [(r"(?<=[\":])" if mark.isdecimal() else "") + re.escape(mark) for mark in marks if len(mark) > 2]
    if not forms:
        return lambda text: text
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)", re.IGNORECASE)
    return lambda text: pattern.sub(lambda _: stand_in, text)


def _forms(name: str) -> set[str]:
    composed = unicodedata.normalize("NFC", " ".join(name.split()))
    split = unicodedata.normalize("NFD", composed)
    bare = "".join(each for each in split if not unicodedata.combining(each)).replace("đ", "d").replace("Đ", "D")
    return {name, composed, split, bare, bare.replace(" ", "/")}


def _escaped(form: str) -> set[str]:
    """As JSON of earlier versions has it, where its letters are numbers that know no case."""
    return {json.dumps(each)[1:-1] for each in (form, form.title(), form.upper(), form.lower())}


def _sweep(session: Session, erase: Erase, refs: Sequence[tuple[str, str]], number: int) -> int:
    """Every text of every table; how many were changed."""
    gone = {ref: f"forgotten-{number}" for _, ref in refs}
    changed = 0
    for table in metadata.sorted_tables:
        columns = [each for each in table.columns if _is_text(each)]
        if columns and table.name not in _UNTOUCHED:
            changed += _sweep_table(session, table, columns, erase, gone)
    return changed


def _is_text(column: Column[Any]) -> bool:
    return isinstance(column.type, (String, AutoString)) and not column.foreign_keys


def _sweep_table(
    session: Session, table: Table, columns: Sequence[Column[Any]], erase: Erase, gone: dict[str, str]
) -> int:
    keys, changed = list(table.primary_key.columns), 0
    of_messenger = "messenger" in table.columns
    wanted = list(dict.fromkeys([*keys, *columns]))
    rows = session.execute(select(*wanted).execution_options(yield_per=2000)).mappings().partitions(2000)
    for row in [dict(each) for page in rows for each in page if _changes(each, columns, erase, gone, of_messenger)]:
        news = _changes(row, columns, erase, gone, of_messenger)
        this = [key == row[key.name] for key in keys]
        session.execute(table.update().where(*this).values(news))
        changed += len(news)
    return changed


def _changes(
    row: Any, columns: Sequence[Column[Any]], erase: Erase, gone: dict[str, str], of_messenger: bool
) -> dict[str, str]:
    news = {}
    for column in columns:
        was = row[column.name]
        if not was:
            continue
        is_ref = was in gone and (of_messenger or len(was) >= LONG_REF)
        now = gone[was] if is_ref else erase(was)
        if now != was:
            news[column.name] = now
    return news
