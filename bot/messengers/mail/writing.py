"""From cards to mails: plain text with the first line as subject, the file attached, and no way to answer."""

import hashlib
import hmac
import mimetypes
import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address as Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from bot.chat.messages import Card, Part, Style
from bot.chat.messenger import DeliveryFailed, Outcome

LONGEST_SUBJECT = 120  # characters: more is cut off in every list of mails
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Whose mails these are. `stamp` is a key: ids of mails made with it tell nothing of their words."""

    name: str
    address: str
    stamp: bytes

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]


def is_address(text: str) -> bool:
    return _ADDRESS.fullmatch(text) is not None


def message_id(sender: Sender, to: str, card: Card) -> str:
    """The same for the same mail sent again, so that mailboxes show it once. A file is told by its record in the
    vault, whatever is said with it; other mails are told by their words."""
    said = card.file.record if card.file is not None and card.file.record else card.text
    digest = hmac.new(sender.stamp, "\n".join((to, said)).encode(), hashlib.sha256).hexdigest()
    return f"<{digest[:40]}@{sender.domain}>"


def mail(sender: Sender, to: str, card: Card, content: bytes | None, at: datetime) -> bytes:
    """The whole mail as it goes over the line."""
    _refuse_secret_links(card)
    made = EmailMessage(policy=SMTP)
    made["From"] = Header(sender.name, addr_spec=sender.address)
    made["To"] = to
    made["Subject"] = subject(card)
    made["Date"] = format_datetime(at)
    made["Message-ID"] = message_id(sender, to, card)
    made["Auto-Submitted"] = "auto-generated"  # RFC 3834: absence notices do not answer
    made.set_content(body(card), cte="base64")
    if card.file is not None and content is not None:
        kind, _, subtype = _type(card.file.name, card.file.mime).partition("/")
        made.add_attachment(content, maintype=kind, subtype=subtype, filename=_line(card.file.name) or "file")
    return made.as_bytes()


def _refuse_secret_links(card: Card) -> None:
    """Mail gateways open every link they see: one that opens once would be used up, and its secret be in their logs."""
    linked = "://" in card.text or any(part.style is Style.LINK for part in card.parts)
    if card.secret and (linked or any(button.url for row in card.buttons for button in row)):
        raise DeliveryFailed(Outcome.REJECTED, "links with secrets are not sent by mail")


def subject(card: Card) -> str:
    """The first line that says anything; of a file without words its name."""
    lines = [_line(each) for each in card.text.splitlines()]
    said = next((each for each in lines if each), "") or (_line(card.file.name) if card.file else "")
    said = said.rstrip(":")
    return said if len(said) <= LONGEST_SUBJECT else said[: LONGEST_SUBJECT - 1] + "…"


def body(card: Card) -> str:
    """What can be pressed or chosen elsewhere is left out: nobody hears an answer to a mail."""
    said = "".join(_in_words(part) for part in card.parts)
    linked = [f"{button.label}: {button.url}" for row in card.buttons for button in row if button.url]
    return "\n".join([said, *(["", *linked] if linked else [])])


def _in_words(part: Part) -> str:
    if part.style is Style.LINK and part.target and part.target not in part.text:
        return f"{part.text} ({part.target})"
    return part.text


def _line(text: str) -> str:
    """One line without control characters, which would begin another header."""
    return " ".join("".join(" " if unicodedata.category(each) == "Cc" else each for each in text).split())


def _type(name: str, mime: str) -> str:
    known = mime if mime and mime != "application/octet-stream" else mimetypes.guess_type(name)[0]
    return known if known and "/" in known and not known.startswith(("text/", "message/", "multipart/")) else _BYTES


_BYTES = "application/octet-stream"
