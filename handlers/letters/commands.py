"""What people say and press to register letters, to look them up, and to make tasks of them."""

from bot.engine import context
from bot.engine.features import Answer, Command, Press
from bot.engine.work import Refusal, Work
from handlers.files.sealing import find_mark
from handlers.letters import book, cards, demanded, directing, doubting, giving, life, orders, queue, rules, taking
from handlers.letters.feature import COMMANDERS, REGISTRARS, feature, group_of_letter
from storage import letter_files, letters
from storage.letters import Letter


@feature.command("letter", "vanban")
def letter(order: Command, work: Work) -> None:
    """/letter under a file or as a reply to one; /letter Số: 12/UBND-VX ngày 5/11/2026 V/v …; /letter 45;
    /letter 45 @binh chủ trì, @chi phối hợp, hạn 28/11; /letter 45 trả lời 12/UBND-VX; /letter 45 lưu"""
    wanted = orders.about_entry(order.text)
    quoted = order.reply if order.reply and not order.reply.mine else None
    if order.file is not None:
        taking.take(work, order.file, order.message_id, order.text)
    elif wanted is not None:
        _speak_of(work, order, *wanted)
    elif (order.shown or "").startswith("letter:") and order.text:
        directing.obey(work, book.letter_of(work, (order.shown or "").partition(":")[2]), order.text, order.mentions)
    elif quoted and quoted.file is not None:
        taking.take(work, quoted.file, quoted.message_id, order.text)
    elif order.text:
        _write_down(work, order.text, order.message_id)
    elif quoted and quoted.text:
        _write_down(work, quoted.text, quoted.message_id)
    elif work.chat.private:
        taking.invite(work)
    else:
        raise Refusal("letter-nothing-given")


def _speak_of(work: Work, order: Command, number: int, year: int | None, words: str) -> None:
    """`45`: the entry is shown; `45 @binh chủ trì, hạn 28/11`, `45 lưu`: something is done with it."""
    found = letters.of_arrival(work.session, work.group_id, number, year or work.today.year)
    if found is None:
        raise Refusal("letter-unknown", arrival=f"{number}/{year or work.today.year}")
    if words:
        directing.obey(work, found, words, order.mentions)
    else:
        work.show(book.card(work, found))


def _write_down(work: Work, text: str, message_id: str) -> None:
    """A letter whose text, or a line about it, was typed."""
    if find_mark(text):
        book.refuse_secret(work, book.place_of(work), message_id)
        return
    known = book.find_letter(work, text) if len(text) <= rules.LIMITS["number_symbol"] else None
    if known is not None:
        work.show(book.card(work, known))
        return
    context.allow(work, REGISTRARS)
    fields = book.read_line(work, text)
    if not (fields.get("number_symbol") or fields.get("subject")):
        raise Refusal("letter-line-unclear")
    work.show(book.card(work, book.draft(work, fields, brought_by=work.actor.person_id)))


@feature.press("letter-keep", who=REGISTRARS, group_of=group_of_letter)
def register(press: Press, work: Work) -> None:
    """The button Vào sổ; a second letter with the same number and issuer is warned about first."""
    entry = book.letter_of(work, press.argument)
    if entry.is_registered:
        work.toast("letter-registered-already", arrival=entry.arrival)
    elif (same := letters.twin(work.session, entry)) is not None:
        work.toast("letter-twin", arrival=same.arrival)
        book.redraw(work, entry)
    else:
        _register(work, entry)


@feature.press("letter-anyway", who=REGISTRARS, group_of=group_of_letter)
def register_anyway(press: Press, work: Work) -> None:
    """The button Vẫn vào sổ, under the warning."""
    entry = book.letter_of(work, press.argument)
    if entry.is_registered:
        work.toast("letter-registered-already", arrival=entry.arrival)
    else:
        _register(work, entry)


def _register(work: Work, entry: Letter) -> None:
    book.register(work, entry)
    life.begin(work, entry)
    work.toast("letter-registered", arrival=entry.arrival)
    book.redraw(work, entry)
    entry.request = demanded.asks_without_a_day(entry.demands, entry.request)
    if not queue.show_next(work, entry) and not doubting.ask(work, entry) and entry.request:
        directing.ask_deadline(work, entry)


@feature.press("letter-drop", who=REGISTRARS, group_of=group_of_letter)
def drop(press: Press, work: Work) -> None:
    """The button Bỏ: the draft goes, the message that showed it says so."""
    entry = book.letter_of(work, press.argument)
    if entry.is_registered:
        raise Refusal("letter-stays", arrival=entry.arrival)
    batch = entry.batch_id
    book.drop(work, entry)
    work.redraw(cards.said(work.words, "letter-dropped"))
    queue.show_next_of(work, batch)


@feature.press("letter-task", who=COMMANDERS, group_of=group_of_letter)
def give_task(press: Press, work: Work) -> None:
    """The button Giao việc: one of the letter's deadlines becomes a task's. A draft is registered on the way."""
    entry = book.letter_of(work, press.argument)
    if not entry.is_registered:
        if letters.twin(work.session, entry) is not None:
            raise Refusal("letter-register-first")
        _register(work, entry)
    ahead = demanded.still_ahead(entry.demands, work.now)
    if len(ahead) > 1:
        options = cards.deadline_options(work.words, ahead, work.zone)
        work.ask("letters-deadline", cards.which_deadline(work.words, entry), options=options, letter=str(entry.id))
    else:
        _give(work, entry, 0 if ahead else None)


@feature.answer("letters-deadline", who=COMMANDERS)
def deadline_chosen(answer: Answer, work: Work) -> None:
    if answer.chosen is None:
        raise Refusal("refuse-not-an-option")
    entry = book.letter_of(work, answer.facts["letter"])
    _give(work, entry, None if answer.chosen == "none" else int(answer.chosen))


def _give(work: Work, entry: Letter, place: int | None) -> None:
    ahead = demanded.still_ahead(entry.demands, work.now)
    chosen = ahead[place] if place is not None and place < len(ahead) else None
    about = chosen.about if chosen and len(ahead) > 1 else ""
    giving.give(work, entry, chosen, rules.task_title(entry.title, entry.subject, about))


@feature.press("letter-show", group_of=group_of_letter)
def show(press: Press, work: Work) -> None:
    """The buttons Xem and Số đến …: another letter's card."""
    work.show(book.card(work, book.letter_of(work, press.argument)))


@feature.press("letter-file", group_of=group_of_letter)
def send_file(press: Press, work: Work) -> None:
    """The button Tệp: the letter's file, in private where that is possible."""
    entry = book.letter_of(work, press.argument)
    if entry.record is None:
        raise Refusal("letter-file-not-there")
    work.record("letter-file-sent", f"letter:{entry.id}")
    work.whisper(cards.file(work.words, entry))
    for each in letter_files.files(work.session, entry.id or 0):
        if each.record is not None:
            work.whisper(cards.further_file(work.words, entry, each))
