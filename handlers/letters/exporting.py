"""/register export: the register of a month or a year as Excel and Word files, sent in private."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.engine.features import Command, Desk, Due, Finish
from bot.engine.work import Refusal, Work
from handlers.calendar import fold, nfc
from handlers.letters import book, cards, handing, searching
from handlers.letters.feature import REGISTRARS, feature
from handlers.letters.sheets import FOLLOWING, REGISTER, Hand, fields_row, following_row, register_row
from storage import letters, tasks
from storage.letters import Letter, Search
from storage.tasks import AssignmentState
from storage.vault import Vault

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_AT_ONCE = 500  # letters whose tasks are asked for together


@feature.command("register", "soxuat", who=REGISTRARS)
def export(order: Command, work: Work) -> None:
    """/register export 11/2026, /register export 2026, /soxuat 11/2026"""
    asked = fold(nfc(order.text)).strip()
    for opening in ("export", "xuat"):
        asked = asked.removeprefix(opening).strip()
    search, begins, ends = _period(asked, work)
    found = sorted(letters.page(work.session, work.group_id, search), key=lambda each: (each.year, each.arrival_number))
    if not found:
        raise Refusal("letters-none", asked=asked or f"{work.today:%m/%Y}")
    told = _told(work, found, begins, ends)
    work.soon(
        "letters-export",
        f"letters-export:{work.group_id}:{work.actor.person_id}:{begins}",
        told=told,
        person=work.actor.person_id,
        place=book.place_of(work),
        name=f"so-van-ban-den-{begins:%Y-%m}" if begins.month == ends.month else f"so-van-ban-den-{begins:%Y}",
    )
    work.record("register-exported", f"group:{work.group_id}", since=str(begins), until=str(ends), letters=len(found))
    if not work.chat.private:
        work.say("register-on-its-way", reply=True, count=len(found))


def _period(asked: str, work: Work) -> tuple[Search, date, date]:
    """A month, a year, or the month that runs."""
    if asked.isdecimal() and len(asked) == 4:
        year = int(asked)
        return Search(year=year), date(year, 1, 1), date(year, 12, 31)
    search = searching.read(asked or f"{work.today:%m/%Y}", work.today, work.zone)
    if search.since is None or search.until is None or search.terms:
        raise Refusal("register-which-month")
    begins = search.since.astimezone(work.zone).date()
    until = search.until.astimezone(work.zone)
    return search, begins, date.fromordinal(until.date().toordinal() - 1)


def _told(work: Work, found: Sequence[Letter], begins: date, ends: date) -> dict[str, Any]:
    """All that the two files say, as JSON: the slow work knows no database."""
    words, hands = work.words, _hands(work, found)
    registered = [register_row(words, each, hands.get(each.id or 0, ()), work.zone) for each in found]
    columns = {f"register-{each}": words(f"sheet-register-{each}") for each in REGISTER}
    columns |= {f"following-{each}": words(f"sheet-following-{each}") for each in FOLLOWING}
    return {
        "sheets": {each: words(f"sheet-name-{each}") for each in ("register", "following", "fields")},
        "heads": {
            each: [
                work.here.name.upper(),
                words(f"sheet-title-{each}"),
                words("sheet-period", begins=f"{begins:%d/%m/%Y}", ends=f"{ends:%d/%m/%Y}"),
                words("sheet-numbers", first=found[0].arrival, last=found[-1].arrival),
            ]
            for each in ("register", "following", "fields")
        },
        "columns": columns,
        "register": registered,
        "following": [following_row(words, each, hands.get(each.id or 0, ()), work.zone) for each in found],
        "fields": [fields_row(each, work.zone) for each in found],
    }


def _hands(work: Work, found: Sequence[Letter]) -> Mapping[int, list[Hand]]:
    """Who works for each letter, the leads first."""
    hands: dict[int, list[Hand]] = {}
    for begin in range(0, len(found), _AT_ONCE):
        given = tasks.of_letters(work.session, [each.id or 0 for each in found[begin : begin + _AT_ONCE]])
        by_id = {each.id: each for each in given}
        for each in sorted(tasks.people_of(work.session, [task.id or 0 for task in given]), key=lambda one: one.part):
            task = by_id[each.task_id]
            accepted = each.state is AssignmentState.ACCEPTED
            hand = Hand(work.person(each.person_id).name, task.given_at, accepted, task.number)
            hands.setdefault(task.letter_id or 0, []).append(hand)
    return hands


@feature.job("letters-export")
def write(due: Due, desk: Desk) -> Finish:
    from handlers.letters.document import document  # loaded when somebody exports: 12 MB an idle program need not carry
    from handlers.letters.workbook import workbook

    vault: Vault = desk.need(Vault)
    told, name = due.facts["told"], due.facts["name"]
    made = [
        handing.Made(f"{name}.xlsx", EXCEL, vault.put(workbook(told))),
        handing.Made(f"{name}.docx", WORD, vault.put(document(told))),
    ]
    return lambda work: _hand_over(work, due, made)


def _hand_over(work: Work, due: Due, made: Sequence[handing.Made]) -> None:
    handing.let_go(work, made)
    card = cards.said(work.words, "register-here", count=len(due.facts["told"]["register"]))
    if not handing.hand(work, due.facts["person"], card, made):
        book.show_at(work, due.facts["place"], cards.said(work.words, "register-open-private"))
