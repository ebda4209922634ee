"""What people say and press to register letters, to look them up, and to make tasks of them."""

from bot.chat.events import FileRef
from bot.chat.messages import Card
from bot.engine import context
from bot.engine.features import Answer, Command, Press
from bot.engine.work import Refusal, Work
from handlers.files.sealing import find_mark
from handlers.letters import book, cards, rules
from handlers.letters.feature import COMMANDERS, REGISTRARS, feature, group_of_letter
from handlers.tasks import from_letter
from storage import letters
from storage.letters import Letter

LARGEST = 20 * 1024 * 1024  # bytes; more a bot may not download


@feature.command("letter", "vanban")
def letter(order: Command, work: Work) -> None:
    """/letter under a file or as a reply to one; /letter Số: 12/UBND-VX ngày 5/11/2026 V/v …; /letter 45"""
    wanted = rules.arrival_asked(order.text)
    quoted = order.reply if order.reply and not order.reply.mine else None
    if order.file is not None:
        _take(work, order.file, order.message_id, order.text)
    elif wanted is not None:
        _look_up(work, *wanted)
    elif quoted and quoted.file is not None:
        _take(work, quoted.file, quoted.message_id, order.text)
    elif order.text:
        _write_down(work, order.text, order.message_id)
    elif quoted and quoted.text:
        _write_down(work, quoted.text, quoted.message_id)
    else:
        raise Refusal("letter-nothing-given")


def _take(work: Work, file: FileRef, message_id: str, caption: str) -> None:
    """The file is read by a slow job, which answers in this chat."""
    context.allow(work, REGISTRARS)
    place = book.place_of(work)
    if find_mark(f"{caption}\n{file.name}"):
        book.refuse_secret(work, place, message_id)
        return
    if file.size > LARGEST:
        raise Refusal("letter-file-too-big", megabytes=LARGEST >> 20)
    work.soon(
        "letters-read",
        f"letters-read:{file.messenger}:{place['chat']}:{message_id}",
        file=book.file_facts(file),
        place=place,
        message=message_id,
        person=work.actor.person_id,
        caption=caption[:2000],
    )


def _look_up(work: Work, number: int, year: int | None) -> None:
    found = letters.of_arrival(work.session, work.group_id, number, year or work.today.year)
    if found is None:
        raise Refusal("letter-unknown", arrival=f"{number}/{year or work.today.year}")
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
    work.toast("letter-registered", arrival=entry.arrival)
    book.redraw(work, entry)


@feature.press("letter-drop", who=REGISTRARS, group_of=group_of_letter)
def drop(press: Press, work: Work) -> None:
    """The button Bỏ: the draft goes, the message that showed it says so."""
    entry = book.letter_of(work, press.argument)
    if entry.is_registered:
        raise Refusal("letter-stays", arrival=entry.arrival)
    book.drop(work, entry)
    work.redraw(cards.said(work.words, "letter-dropped"))


@feature.press("letter-task", who=COMMANDERS, group_of=group_of_letter)
def give_task(press: Press, work: Work) -> None:
    """The button Giao việc: one of the letter's deadlines becomes a task's. A draft is registered on the way."""
    entry = book.letter_of(work, press.argument)
    if not entry.is_registered:
        if letters.twin(work.session, entry) is not None:
            raise Refusal("letter-register-first")
        _register(work, entry)
    ahead = rules.still_ahead(entry.demands, work.now)
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
    ahead = rules.still_ahead(entry.demands, work.now)
    due, about = ahead[place] if place is not None and place < len(ahead) else (None, "")
    title = rules.task_title(entry.title, entry.subject, about if len(ahead) > 1 else "")
    from_letter(work, letter_id=entry.id or 0, title=title, due=due)


@feature.press("letter-file", group_of=group_of_letter)
def send_file(press: Press, work: Work) -> None:
    """The button Tệp: the letter's file, in private where that is possible."""
    entry = book.letter_of(work, press.argument)
    if entry.record is None:
        raise Refusal("letter-file-not-there")
    work.record("letter-file-sent", f"letter:{entry.id}")
    work.whisper(cards.file(work.words, entry))


@feature.command("letters", "sovanban")
def register_of_the_year(order: Command, work: Work) -> None:
    """/letters, or /letters 2025"""
    asked = order.text.strip()
    work.show(_page(work, int(asked) if asked.isdigit() and len(asked) == 4 else work.today.year, 0))


@feature.press("letters-page")
def turn(press: Press, work: Work) -> None:
    year, number = press.argument.split(":")
    work.redraw(_page(work, int(year), max(0, int(number))))


def _page(work: Work, year: int, number: int) -> Card:
    total = letters.count(work.session, work.group_id, year)
    found = letters.page(work.session, work.group_id, year, skip=number * cards.A_PAGE, limit=cards.A_PAGE)
    return cards.page(work.words, year, number, found, total)
