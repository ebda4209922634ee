"""From a card to the calls that post it: one for most cards, more for long texts, files and pickers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from telegram import MessageEntity, ReplyParameters

from bot.chat.messages import Attachment, Card
from bot.chat.messenger import Address, DeliveryFailed, Outcome
from bot.messengers.telegram import outgoing

MAX_UPLOAD = 50 * 1024 * 1024
MAX_PHOTO = 10 * 1024 * 1024
UPLOAD_ANSWER_SECONDS = 60.0
GENERAL_TOPIC = "1"  # to be addressed without its number
NO_PREVIEW = {"is_disabled": True}
SENDABLE_AGAIN = frozenset({"photo", "video", "audio", "voice", "animation"})


@dataclass(frozen=True, slots=True)
class Step:
    """A method of telegram.Bot and what it is called with. `counts`: its message stands for the whole card."""

    method: str
    arguments: dict[str, Any]
    counts: bool = True


def steps(to: Address, card: Card, content: bytes | None, bot: str) -> Sequence[Step]:
    """In order; the last that counts has the buttons. Raises DeliveryFailed for what Telegram never takes."""
    common: dict[str, Any] = {"chat_id": to.chat, "disable_notification": card.silent, "protect_content": card.secret}
    if to.thread is not None and to.thread != GENERAL_TOPIC:
        common["message_thread_id"] = int(to.thread)
    found = [Step(each.method, common | each.arguments) for each in _contents(card, content)]
    if not found:
        raise DeliveryFailed(Outcome.REJECTED, "message text is empty")
    found[-1].arguments["reply_markup"] = outgoing.markup(card, bot, private=to.private)
    if card.reply_to is not None:
        answered = ReplyParameters(int(card.reply_to), allow_sending_without_reply=True)
        found[0].arguments["reply_parameters"] = answered
    return [*found, *_picker(card, common, bot, private=to.private)]


def _contents(card: Card, content: bytes | None) -> Sequence[Step]:
    if card.file is None:
        return _texts(card)
    if outgoing.units(card.text) > outgoing.MAX_CAPTION:
        return [_file(card.file, content, {}), *_texts(card)]
    return [_file(card.file, content, caption(card))]


def _texts(card: Card) -> list[Step]:
    return [Step("send_message", text(piece)) for piece in outgoing.pieces(card.parts)]


def text(piece: outgoing.Piece) -> dict[str, Any]:
    """As the Bot API has it."""
    return {"text": piece.text, "entities": piece.entities, "link_preview_options": NO_PREVIEW}


def caption(card: Card) -> dict[str, Any]:
    """Of a card whose text fits below a file."""
    found = outgoing.pieces(card.parts, outgoing.MAX_CAPTION)
    if not found:
        return {}
    return {"caption": found[0].text, "caption_entities": MessageEntity.de_list(list(found[0].entities), None)}


def _file(file: Attachment, content: bytes | None, said: dict[str, Any]) -> Step:
    if content is not None:
        if len(content) > MAX_UPLOAD:
            raise DeliveryFailed(Outcome.REJECTED, "file is too big")
        if file.picture and len(content) <= MAX_PHOTO:
            return Step("send_photo", said | {"photo": content, "filename": file.name})
        upload: dict[str, Any] = {"document": content, "filename": file.name, "disable_content_type_detection": True}
        return Step("send_document", said | upload | {"read_timeout": UPLOAD_ANSWER_SECONDS})
    if file.ref is None:
        raise DeliveryFailed(Outcome.REJECTED, "the file has no content")
    kind, colon, file_id = file.ref.rpartition(":")
    if not colon:
        return Step("send_document", said | {"document": file_id})
    if kind not in SENDABLE_AGAIN:
        raise DeliveryFailed(Outcome.REJECTED, "this kind of file cannot be sent again")
    return Step(f"send_{kind}", said | {kind: file_id})


def _picker(card: Card, common: dict[str, Any], bot: str, *, private: bool) -> Sequence[Step]:
    """A message carries one keyboard: beside inline buttons, the group picker needs a message of its own."""
    keyboard = outgoing.picker(card) if private else None
    if keyboard is None or outgoing.inline(card, bot) is None:
        return []
    labels = "\n".join(row[0].text for row in keyboard.keyboard)
    return [Step("send_message", common | {"text": labels, "reply_markup": keyboard}, counts=False)]
