"""A letter under a password: its sender is asked for it in private; it opens the file once and is kept nowhere."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.chat.events import FileRef
from bot.chat.messenger import DeliveryFailed
from bot.engine.features import Answer, Desk, Due, Finish
from bot.engine.work import Work
from handlers.letters import book, cards, rules, understanding
from handlers.letters.feature import REGISTRARS, feature
from storage import letters, outbox
from storage.columns import Secrets
from storage.letters import Letter

LONGEST = 200  # characters of a password
PATIENCE = timedelta(hours=1)


Came = Mapping[str, Any]
"""The person who brought it, the chat (`place`) and the message in which the file came."""


def ask(work: Work, letter: Letter, came: Came, text_id: str = "letter-ask-password") -> None:
    """In private only: a password is not for the room."""
    account = work.address_of(came["person"])
    if account is not None and letter.file is not None:
        asked = cards.said(work.words, text_id, name=letter.file_name or "")
        work.ask("letters-password", asked, of=account, letter=str(letter.id), came=came)


@feature.answer("letters-password", who=REGISTRARS)
def password_said(answer: Answer, work: Work) -> None:
    """The message with the password is taken out of the chat at once."""
    letter = book.letter_of(work, answer.facts["letter"])
    work.delete_message(work.chat.messenger, work.chat.id, answer.message_id)
    hidden = work.need(Secrets).hide(answer.text.strip()[:LONGEST], f"letter:{letter.id}")
    work.soon(
        "letters-unlock",
        f"letters-unlock:{letter.id}",
        letter=letter.id,
        file=letter.file_place,
        came=answer.facts["came"],
        hidden=hidden,
    )


@feature.job("letters-unlock")
def unlock(due: Due, desk: Desk) -> Finish:
    letter_id, secrets = due.facts["letter"], desk.need(Secrets)
    file = FileRef(**due.facts["file"])
    password = secrets.show(due.facts["hidden"], f"letter:{letter_id}")
    try:
        found = understanding.understood(desk.fetch(file), file.name, password=password)
    except DeliveryFailed:
        if due.late <= PATIENCE:
            raise
        return lambda work: None
    if found.locked:
        return lambda work: _again(work, letter_id, due.facts["came"])
    return lambda work: _opened(work, letter_id, found, due.facts["came"])


def _opened(work: Work, letter_id: int, found: understanding.Read, came: Came) -> None:
    letter = letters.get(work.session, letter_id)
    if letter is None or letter.is_registered:
        return
    if found.secret:
        refused = cards.said(work.words, "letter-secret")
        card = replace(refused, key=book.card(work, letter).key)
        stands = bool(outbox.standing(work.session, card.key or ""))
        work.update(card)
        book.drop(work, letter)
        book.refuse_secret(work, came["place"], came["message"], says=not stands)
        if stands and not came["place"]["private"]:
            work.tell(came["person"], refused)
        return
    letters.write(letter, {**understanding.fields(work, found, ""), **_written(letter)})
    letter.note_id = found.note
    book.redraw(work, letter)


def _written(letter: Letter) -> rules.Fields:
    """What somebody has written on the draft meanwhile."""
    return {
        field.value: getattr(letter, field.value) for field in rules.Field if _is_there(getattr(letter, field.value))
    }


def _is_there(value: object) -> bool:
    return bool(value) and value != "[]"


def _again(work: Work, letter_id: int, came: Came) -> None:
    letter = letters.get(work.session, letter_id)
    if letter is not None and not letter.is_registered:
        ask(work, letter, came, "letter-ask-password-again")
