"""Asking which day is meant where a deadline cannot be as it is written, and putting the answer in its place."""

import json
from datetime import datetime

from bot.engine.features import Answer, Press
from bot.engine.work import Refusal, Work
from handlers.calendar import WorkingCalendar, fold, nfc, read_deadline
from handlers.letters import book, cards, demanded, due_lines, life
from handlers.letters.feature import REGISTRARS, feature, group_of_letter
from storage.letters import Letter


def ask(work: Work, letter: Letter) -> bool:
    """Which day the first doubtful deadline means; False when none is in doubt."""
    place = demanded.first_doubt(letter.demands)
    if place is None:
        return False
    kept = letter.demands[place]
    asked = cards.said(work.words, "letter-ask-doubt", title=letter.title, doubt=due_lines.doubt(work.words, kept))
    options = due_lines.options(work.words, kept, work.zone)
    work.ask("letters-doubt", asked, options=options, letter=str(letter.id), said=kept["said"])
    return True


@feature.press("letter-due", who=REGISTRARS, group_of=group_of_letter)
def chosen_on_card(press: Press, work: Work) -> None:
    """A day's button under a card with a doubtful deadline; Ngày khác asks."""
    entry = book.letter_of(work, press.argument)
    _, place, chosen = [*press.argument.split(":", 2), "", ""][:3]
    kept = entry.demands
    if place != str(demanded.first_doubt(kept)):
        raise Refusal("refuse-old-button")
    if chosen == due_lines.OTHER:
        ask(work, entry)
        return
    if chosen not in map(str, range(len(demanded.readings(kept[int(place)])))):
        raise Refusal("refuse-old-button")
    _decide(work, entry, int(place), demanded.readings(kept[int(place)])[int(chosen)])
    work.toast("letter-deadline-decided")


@feature.press("letter-stamp", who=REGISTRARS, group_of=group_of_letter)
def stamp_told(press: Press, work: Work) -> None:
    """Whether the letter bears the stamp that was hard to read."""
    entry = book.letter_of(work, press.argument)
    may_be = cards.stamp_of(entry)
    if may_be is None:
        raise Refusal("refuse-old-button")
    fields = {"urgency": may_be if press.argument.endswith(":yes") else None}
    book.correct(work, entry, fields)
    life.changed(work, entry, fields)
    work.toast("letter-corrected", field=work.words("letter-field-urgency"))


@feature.answer("letters-doubt", who=REGISTRARS)
def said(answer: Answer, work: Work) -> None:
    entry = book.letter_of(work, answer.facts["letter"])
    place = demanded.first_doubt(entry.demands)
    if place is None or entry.demands[place]["said"] != answer.facts["said"]:
        raise Refusal("refuse-old-button")
    none = fold(nfc(answer.text)).strip(" .") in ("khong", "khong phai han", "none", "no")
    if answer.chosen == "none" or (answer.chosen is None and none):
        _decide(work, entry, place, None)
    elif answer.chosen is not None:
        _decide(work, entry, place, datetime.fromisoformat(answer.chosen))
    else:
        found = read_deadline(answer.text, work.local, work.need(WorkingCalendar))
        if found is None or found.due is None:
            ask(work, entry)
            return
        _decide(work, entry, place, found.due, has_hour=found.has_hour)
    work.say("letter-corrected", reply=True, field=work.words("letter-field-deadlines"))
    if entry.is_registered:
        ask(work, entry)


def _decide(work: Work, letter: Letter, place: int, due: datetime | None, *, has_hour: bool | None = None) -> None:
    """The meeting that was read from the same words moves with them."""
    kept = letter.demands[place]
    hour = has_hour if has_hour is not None else bool(kept["has_hour"])
    fields: dict[str, str | None] = {"deadlines": demanded.decided(letter.demands, place, due, has_hour=hour)}
    called = letter.called
    if due is not None and called is not None and called["start"] == kept["due"]:
        fields["meeting"] = json.dumps({**called, "start": due.isoformat()}, ensure_ascii=False)
    book.correct(work, letter, fields)
    life.changed(work, letter, fields)
