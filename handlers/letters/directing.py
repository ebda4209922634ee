"""The leader's note (bút phê): who leads, who supports, by when; it becomes a task linked to the letter."""

from collections.abc import Sequence

from bot.chat.events import Mention
from bot.engine import context
from bot.engine.features import Answer, Press
from bot.engine.work import Refusal, Work
from handlers.calendar import WorkingCalendar, fold, split_deadline
from handlers.files.sealing import find_mark
from handlers.letters import book, cards, demanded, giving, life, orders, rules
from handlers.letters.feature import COMMANDERS, REGISTRARS, feature, group_of_letter
from handlers.letters.orders import Meaning
from handlers.people.naming import leading_people
from handlers.tasks import from_letter
from storage import duty
from storage.letters import Letter


def obey(work: Work, letter: Letter, text: str, mentions: Sequence[Mention]) -> None:
    """`trả lời 12/UBND-VX`, `lưu`, `đã xem`, or a note: what is said of a registered letter."""
    if not letter.is_registered:
        raise Refusal("letter-not-registered")
    if find_mark(text):
        raise Refusal("letter-secret")
    said = orders.read(text)
    if said.meaning is Meaning.DIRECT:
        direct(work, letter, said.rest, mentions)
        return
    context.allow(work, COMMANDERS if said.meaning is Meaning.SEEN else REGISTRARS)
    if said.meaning is Meaning.SEEN:
        life.note(work, letter)
    elif said.meaning is Meaning.FILED:
        life.file_away(work, letter)
    elif said.rest:
        answered(work, letter, said.rest)
    else:
        ask_reply(work, letter)
        return
    work.say(f"letter-now-{said.meaning}", reply=True, arrival=letter.arrival)


def answered(work: Work, letter: Letter, number: str) -> None:
    """Its reply's number and symbol, as it is typed."""
    try:
        fields = rules.corrected(rules.Field.NUMBER, number, work.local, work.need(WorkingCalendar))
    except rules.NotUnderstood:
        raise Refusal("letter-reply-unclear") from None
    life.answer(work, letter, str(fields["number_symbol"]))


def direct(work: Work, letter: Letter, text: str, mentions: Sequence[Mention]) -> None:
    """Its people and its deadline; without one the letter's only deadline ahead holds, or it is asked for."""
    context.allow(work, COMMANDERS)
    rest, deadline = split_deadline(text, work.local, work.need(WorkingCalendar))
    person_ids, words = people_in(work, rest, mentions)
    if not person_ids:
        raise Refusal("letter-direction-who", arrival=letter.arrival)
    life.note(work, letter, text)
    ahead = demanded.still_ahead(letter.demands, work.now)
    only = ahead[0] if len(ahead) == 1 else None
    title = rules.task_title(letter.title, letter.subject, words)
    if deadline is None and only is not None:
        giving.give(work, letter, only, title, person_ids)
        return
    from_letter(
        work,
        letter_id=letter.id or 0,
        title=title,
        said=deadline,
        choices=[each.due for each in ahead[:5]],
        urgency=orders.urgency_of(letter.urgency),
        person_ids=person_ids,
    )


def people_in(work: Work, text: str, mentions: Sequence[Mention]) -> tuple[list[int], str]:
    """Who is named, the lead first, and the words that are left for what they are to do."""
    leads, supports, loose = list[int](), list[int](), list[int]()
    rest, supporting = orders.after_opening(text), False
    while rest:
        named, after = _named(work, rest, mentions)
        role, beyond = orders.role_at_start(after)
        if not named and role is None:
            break
        if named:
            shelf = _shelf(role, supporting, leads, supports, loose)
            shelf.extend(each for each in named if each not in (*leads, *supports, *loose))
        supporting, rest = orders.with_at_start(beyond)
        supporting = supporting or (not named and role is False)
        rest = rest.lstrip(" ,;.:–-")
    people = [*leads, *loose, *supports] if leads else [*loose, *supports]
    return people, rest.strip(" ,;.:–-")


def _shelf(role: bool | None, supporting: bool, leads: list[int], supports: list[int], loose: list[int]) -> list[int]:
    if supporting or role is False:
        return supports
    return leads if role else loose


def _named(work: Work, text: str, mentions: Sequence[Mention]) -> tuple[list[int], str]:
    """People at the beginning of `text`, or the one who answers for the unit named there."""
    named, rest = leading_people(work, text, mentions)
    if named:
        return [each.id or 0 for each in named], rest
    folded = fold(text)
    units = sorted(duty.units(work.session, work.group_id), key=lambda each: -len(each.name))
    for unit in units:
        if folded.startswith(fold(unit.name)) and not folded[len(unit.name) : len(unit.name) + 1].isalnum():
            return [unit.person_id], text[len(unit.name) :]
    return [], text


# the buttons


@feature.press("letter-seen", who=COMMANDERS, group_of=group_of_letter)
def seen(press: Press, work: Work) -> None:
    """The button Đã xem: the leader knows of it."""
    entry = book.letter_of(work, press.argument)
    life.note(work, entry)
    work.toast("letter-now-seen", arrival=entry.arrival)


@feature.press("letter-away", who=REGISTRARS, group_of=group_of_letter)
def file_away(press: Press, work: Work) -> None:
    """The button Lưu: nothing more is to be done."""
    entry = book.letter_of(work, press.argument)
    life.file_away(work, entry)
    work.toast("letter-now-filed", arrival=entry.arrival)


@feature.press("letter-answer", who=REGISTRARS, group_of=group_of_letter)
def reply_pressed(press: Press, work: Work) -> None:
    """The button Trả lời: under which number."""
    ask_reply(work, book.letter_of(work, press.argument))


def ask_reply(work: Work, letter: Letter) -> None:
    work.ask("letters-reply", cards.said(work.words, "letter-which-reply", title=letter.title), letter=str(letter.id))


@feature.answer("letters-reply", who=REGISTRARS)
def reply_said(answer: Answer, work: Work) -> None:
    entry = book.letter_of(work, answer.facts["letter"])
    answered(work, entry, answer.text)
    work.say("letter-now-answered", reply=True, arrival=entry.arrival)


# a request without a date


def ask_deadline(work: Work, letter: Letter) -> None:
    """By when, of who registered it: it asks for something and does not say."""
    asked = cards.said(work.words, "letter-ask-deadline", title=letter.title, request=cards.cut(letter.request, 120))
    options = [(work.words("letter-option-no-deadline"), "none")]
    work.ask("letters-until", asked, options=options, letter=str(letter.id))


@feature.answer("letters-until", who=REGISTRARS)
def until_said(answer: Answer, work: Work) -> None:
    entry = book.letter_of(work, answer.facts["letter"])
    if answer.chosen == "none":
        work.say("letter-without-deadline", reply=True)
        return
    try:
        fields = rules.corrected(rules.Field.DEADLINE, answer.text, work.local, work.need(WorkingCalendar))
    except rules.NotUnderstood:
        ask_deadline(work, entry)
        return
    book.correct(work, entry, fields)
    life.changed(work, entry, fields)
    work.say("letter-corrected", reply=True, field=cards.field_name(work.words, rules.Field.DEADLINE))
