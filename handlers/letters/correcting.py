"""Correcting a letter: with the button Sửa, or by answering its card in words."""

from bot.engine.features import Answer, CardReply, Press
from bot.engine.work import Refusal, Work
from handlers.calendar import WorkingCalendar
from handlers.files.sealing import find_mark
from handlers.letters import book, cards, directing, life, orders, rules
from handlers.letters.feature import REGISTRARS, feature, group_of_letter
from storage import letters
from storage.letters import Letter


@feature.press("letter-edit", who=REGISTRARS, group_of=group_of_letter)
def edit(press: Press, work: Work) -> None:
    """The button Sửa: which field, then its value."""
    entry = book.letter_of(work, press.argument)
    options = cards.field_options(work.words)
    work.ask("letters-field", cards.which_field(work.words, entry), options=options, per_row=3, letter=str(entry.id))


@feature.answer("letters-field", who=REGISTRARS)
def field_chosen(answer: Answer, work: Work) -> None:
    if answer.chosen is None:
        raise Refusal("refuse-not-an-option")
    entry = book.letter_of(work, answer.facts["letter"])
    name = cards.field_name(work.words, rules.Field(answer.chosen))
    asked = cards.said(work.words, "letter-which-value", field=name)
    work.ask("letters-value", asked, letter=str(entry.id), field=answer.chosen)


@feature.answer("letters-value", who=REGISTRARS)
def value_given(answer: Answer, work: Work) -> None:
    field = rules.Field(answer.facts["field"])
    name = cards.field_name(work.words, field)
    entry = book.letter_of(work, answer.facts["letter"])
    _refuse_marked(answer.text)
    try:
        fields = rules.corrected(field, answer.text, work.local, work.need(WorkingCalendar))
    except rules.NotUnderstood:
        raise Refusal("letter-value-unclear", field=name) from None
    book.correct(work, entry, fields)
    life.changed(work, entry, fields)
    _answer(work, entry, "letter-corrected", field=name)


@feature.reply("letter", who=REGISTRARS, group_of=group_of_letter)
def line_given(reply: CardReply, work: Work) -> None:
    """`Số: 12/UBND-VX ngày 5/11/2026 V/v …` in answer to the card: what the line says replaces what stood there.

    To a registered letter a leader's note may be said as well: `@binh chủ trì, hạn 28/11`.
    """
    entry = book.letter_of(work, reply.argument)
    if entry.is_registered and orders.is_order(reply.text):
        directing.obey(work, entry, reply.text, reply.mentions)
        return
    _refuse_marked(reply.text)
    fields = book.read_line(work, reply.text)
    if not fields:
        raise Refusal("letter-line-unclear")
    book.correct(work, entry, fields)
    life.changed(work, entry, fields)
    _answer(work, entry, "letter-corrected-by-line")


def _answer(work: Work, entry: Letter, text_id: str, **facts: str) -> None:
    twin = None if entry.is_registered else letters.twin(work.session, entry)
    work.reply(cards.corrected(work.words, entry, twin, text_id, **facts))


def _refuse_marked(text: str) -> None:
    if find_mark(text):
        raise Refusal("letter-secret")
