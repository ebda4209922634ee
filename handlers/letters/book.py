"""The register's use cases: a draft is made, confirmed, corrected; a letter is found again."""

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import timedelta
from typing import Any

from bot.chat.events import FileRef
from bot.chat.messages import Card
from bot.engine.work import Refusal, Work
from handlers.calendar import WorkingCalendar
from handlers.letters import cards, demanded, rules
from handlers.letters.office import own_names
from handlers.letters.rules import Fields
from storage import arrivals, letter_files, letters, tasks
from storage.letter_files import LetterFile
from storage.letters import Letter, LetterState
from storage.tasks import Task

DRAFT_LIVES = timedelta(days=7)
HEAD_STAYS = timedelta(hours=1)


def find_letter(work: Work, number_symbol: str) -> Letter | None:
    """The group's registered letter with this number and symbol, however it is typed."""
    return letters.of_symbol(work.session, work.group_id, number_symbol)


def letter_of(work: Work, argument: str) -> Letter:
    """The letter a button or question is about, if it is still there and this group's."""
    letter = letters.get(work.session, int(argument.split(":")[0]))
    if letter is None or letter.group_id != work.group_id:
        raise Refusal("letter-gone")
    return letter


def draft(
    work: Work, fields: Fields, *, brought_by: int, file: FileRef | None = None, further: Sequence[FileRef] = ()
) -> Letter:
    """A letter that waits to be confirmed; nothing of its files is kept yet but where they lie."""
    letter = Letter(group_id=work.group_id, arrived_at=work.now, brought_by=brought_by)
    if file is not None:
        letter.file, letter.file_name, letter.file_mime = (
            json.dumps(file_facts(file), ensure_ascii=False),
            file.name[:200],
            file.mime,
        )
    letters.write(letter, fields)
    letters.add(work.session, letter)
    for each in further:
        place = json.dumps(file_facts(each), ensure_ascii=False)
        kept = LetterFile(letter_id=letter.id or 0, name=each.name[:200], mime=each.mime, file=place)
        letter_files.add_file(work.session, kept)
    work.later("letters-draft-ends", _ends(letter), work.now + DRAFT_LIVES, letter=letter.id)
    return letter


def card(work: Work, letter: Letter) -> Card:
    """How the letter stands now."""
    around = cards.Around(
        twin=None if letter.is_registered else letters.twin(work.session, letter),
        note=letter.note_id,
        cited=cited(work, letter),
        tasks=_tasks(work, letter),
        further=len(letter_files.files(work.session, letter.id or 0)),
        knows_office=own_names(work) is not None,
        off=demanded.days_off(letter.demands, work.need(WorkingCalendar), work.zone),
    )
    return cards.letter(work.words, letter, work.zone, around)


def cited(work: Work, letter: Letter) -> list[Letter]:
    """The letters of the register that this one refers to."""
    found = [letters.of_symbol(work.session, letter.group_id, each) for each in letter.cited]
    return [each for each in found if each is not None and each.id != letter.id]


def _tasks(work: Work, letter: Letter) -> list[str]:
    """`#12 Lê Bình`: what was given out for it, and who leads; of what comes again the latest."""
    given = tasks.of_letter(work.session, letter.id or 0)
    hands = tasks.people_of(work.session, [each.id or 0 for each in given])
    lead = {each.task_id: work.person(each.person_id).name for each in hands if each.part is tasks.Part.LEAD}
    latest = {each.series_id: each.id for each in given if each.series_id is not None}
    shown = [each for each in given if each.series_id is None or latest[each.series_id] == each.id]
    return [_told(work, each, lead.get(each.id or 0, "")) for each in shown]


def _told(work: Work, task: Task, lead: str) -> str:
    told = f"#{task.number} {lead}".strip()
    return told if task.series_id is None else work.words("letter-task-repeats", task=told)


def redraw(work: Work, letter: Letter) -> None:
    """Every standing picture of the letter."""
    work.session.flush()
    work.update(card(work, letter))


def register(work: Work, letter: Letter) -> None:
    """Gives the letter its arrival number; its file is fetched into the vault afterwards."""
    if not (letter.number_symbol or letter.subject):
        raise Refusal("letter-too-little")
    letter.year = work.today.year
    letter.arrival_number = arrivals.next_number(work.session, work.group_id, letter.year)
    letter.state, letter.arrived_at = LetterState.REGISTERED, work.now
    work.session.flush()
    work.cancel(_ends(letter))
    work.record(
        "letter-registered", f"letter:{letter.id}", arrival=letter.arrival, number_symbol=letter.number_symbol or ""
    )
    _forget_head(work, letter)
    if letter.file is not None:
        work.soon("letters-keep", f"letters-keep:{letter.id}", letter=letter.id, file=letter.file_place)
    for each in letter_files.files(work.session, letter.id or 0):
        key = f"letters-keep:{letter.id}:{each.id}"
        work.soon("letters-keep", key, letter=letter.id, file=each.file_place, further=each.id)


def drop(work: Work, letter: Letter) -> None:
    """A draft nobody wants."""
    work.cancel(_ends(letter))
    work.record("letter-dropped", f"letter:{letter.id}")
    forget(work, letter)


def forget(work: Work, letter: Letter) -> None:
    """Nothing of a draft stays."""
    _forget_head(work, letter)
    letters.drop(work.session, letter)


def _forget_head(work: Work, letter: Letter) -> None:
    """The picture was there to be compared with. (It is still on its way when it was sent a moment ago.)"""
    if letter.head is not None:
        work.later("letters-forget", f"letters-forget:{letter.head}", work.now + HEAD_STAYS, record=letter.head)
        letter.head = None


def correct(work: Work, letter: Letter, fields: Fields) -> None:
    before = {name: _plain(getattr(letter, name)) for name in fields}
    fields = {
        **fields,
        "doubtful": json.dumps(
            [each for each in letter.doubts if each.partition("=")[0] not in fields], ensure_ascii=False
        ),
    }
    letters.write(letter, fields)
    work.session.flush()
    if letter.is_registered:
        after = {name: _plain(value) for name, value in fields.items()}
        work.record("letter-corrected", f"letter:{letter.id}", before=before, after=after)


def read_line(work: Work, text: str) -> Fields:
    calendar = work.need(WorkingCalendar)
    return rules.read_line(text, work.today, calendar, work.zone, office=own_names(work))


def file_facts(file: FileRef) -> dict[str, Any]:
    return asdict(file)


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, str | int) else str(value)


def _ends(letter: Letter) -> str:
    return f"letters-draft-ends:{letter.id}"


# where a card that a slow job makes belongs


def place_of(work: Work) -> dict[str, Any]:
    """The chat of the order, as facts for the row that answers it later."""
    thread = work.room.thread if work.room and not work.chat.private else work.chat.thread
    return {
        "messenger": work.chat.messenger,
        "chat": work.chat.id,
        "private": work.chat.private,
        "thread": thread,
    }


def show_at(work: Work, place: dict[str, Any], shown: Card, *, reply_to: str | None = None) -> None:
    work.send(
        place["messenger"],
        place["chat"],
        replace(shown, reply_to=reply_to),
        private=place["private"],
        thread=place["thread"],
    )


def refuse_secret(work: Work, place: dict[str, Any], message_id: str, *, says: bool = True) -> None:
    """A marked letter: nothing is kept, the message is removed where the bot may. `says`: nothing there tells so."""
    work.record("letter-refused-secret", f"group:{work.group_id}")
    work.delete_message(
        place["messenger"],
        place["chat"],
        message_id,
        report=f"letters-removed:{int(place['private'])}:{work.group_id}:{place['thread'] or ''}",
    )
    if says:
        show_at(work, place, cards.said(work.words, "letter-secret"))
