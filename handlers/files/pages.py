"""The one-time page: a link shows nothing, a press on its button shows the password once, and only once."""

import hashlib
import html
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from bot.engine import context
from bot.engine.texts import Words
from bot.engine.work import Work
from handlers.files import cards, passwords
from storage import files
from storage.files import FileState, OneTimeLink, SealedFile

PATH = "/mot-lan/"
LIFETIME = timedelta(days=1)
_HEADERS: Mapping[str, str] = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'",
}
_PAGE = (
    '<!doctype html><html lang="{language}"><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>'
    "<style>body{{font:18px/1.5 system-ui,sans-serif;max-width:32em;margin:3em auto;padding:0 1em}}"
    "code{{font-size:1.2em;user-select:all;overflow-wrap:anywhere}}"
    "button{{font:inherit;padding:.6em 1.2em}}</style><h1>{title}</h1>{body}</html>"
)


@dataclass(frozen=True, slots=True)
class PublicAddress:
    """How people's browsers reach the web side, e.g. `https://bot.tinh.gov.vn`; empty: there is none."""

    url: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the web side is to send."""

    status: int
    body: str = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=lambda: _HEADERS)


def make(file: SealedFile, person_id: int, work: Work) -> str:
    """A new token for one person and one file; only its hash is kept."""
    token = secrets.token_urlsafe(32)
    link = OneTimeLink(
        token_hash=_hash(token),
        file_id=file.id or 0,
        person_id=person_id,
        made_by=work.person_id or 0,
        expires_at=work.now + LIFETIME,
    )
    files.add_link(work.session, link)
    work.record("one-time-link", f"file:{file.id}", person=person_id)
    return token


def look(words: Words) -> Answer:
    """For GET: the same for every token, so that a chat's preview learns nothing and uses nothing up."""
    form = f'<form method="post"><button>{html.escape(words("page-show"))}</button></form>'
    return _page(200, words, f"<p>{html.escape(words('page-once'))}</p>{form}")


def reveal(token: str, work: Work) -> Answer:
    """For POST: the password, to the first who asks within the link's life; everybody else hears the same no."""
    hashed = _hash(token)
    link = files.link(work.session, hashed)
    file = files.get(work.session, link.file_id) if link else None
    if link is None or file is None or file.state is not FileState.SEALED:
        return _gone(work.words)
    context.enter(work, file.group_id)
    recipient = passwords.entitled_recipient(file, link.person_id, work)
    if recipient is None or not files.reveal(work.session, hashed, work.now):
        return _gone(work.words)
    recipient.fetched_at = work.now
    work.record("one-time-revealed", f"file:{file.id}", person=link.person_id)
    person = work.person(link.person_id).name
    work.tell(link.made_by, cards.revealed(work.words, file, person))
    head = work.words("page-password", number=file.number or 0, name=file.name, person=person)
    shown = html.escape(passwords.secret_of(file, recipient, work))
    keep = html.escape(work.words("page-keep"))
    return _page(200, work.words, f"<p>{html.escape(head)}</p><p><code>{shown}</code></p><p>{keep}</p>")


def _gone(words: Words) -> Answer:
    return _page(410, words, f"<p>{html.escape(words('page-gone'))}</p>")


def _page(status: int, words: Words, body: str) -> Answer:
    title = html.escape(words("page-title"))
    return Answer(status, _PAGE.format(language=words.language, title=title, body=body))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
