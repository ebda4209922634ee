"""The one-time page: a link shows nothing, a press on its button shows the password once, and only once."""

import html
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from bot.chat.messages import plain
from bot.engine import context
from bot.engine.texts import Words
from bot.engine.work import Work
from handlers.files import cards, passwords, tokens
from storage import files, one_time
from storage.files import FileRecipient, FileState, SealedFile
from storage.one_time import OneTimeLink

PATH = "/mot-lan/"
LIFETIME = timedelta(days=1)
TRIES = 5  # wrong codes, then the page is closed
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
    "button,input{{font:inherit;padding:.6em 1.2em}}</style><h1>{title}</h1>{body}</html>"
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the web side is to send."""

    status: int
    body: str = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=lambda: _HEADERS)


def make(file: SealedFile, person_id: int, work: Work, *, made_by: int | None = None, code: str = "") -> str:
    """A new token for one person and one file; only its hash is kept. With a `code` the page shows nothing without."""
    token = tokens.new()
    link = OneTimeLink(
        token_hash=tokens.digest(token),
        file_id=file.id or 0,
        person_id=person_id,
        made_by=made_by or work.person_id or 0,
        code_hash=tokens.code_digest(token, code) if code else None,
        expires_at=work.now + LIFETIME,
    )
    one_time.add(work.session, link)
    work.record("one-time-link", f"file:{file.id}", person=person_id)
    return token


def look(words: Words) -> Answer:
    """For GET: the same for every token, so that a chat's preview learns nothing and uses nothing up."""
    form = f'<form method="post"><button>{html.escape(words("page-show"))}</button></form>'
    return _page(200, words, f"<p>{html.escape(words('page-once'))}</p>{form}")


def reveal(token: str, work: Work, code: str | None = None) -> Answer:
    """For POST: the password, to the first who asks within the link's life; everybody else hears the same no. Where a
    code is needed it is asked for first (`code` None: not said yet)."""
    hashed = tokens.digest(token)
    link = one_time.by_token(work.session, hashed)
    file = files.get(work.session, link.file_id) if link else None
    if link is None or file is None or file.state is not FileState.SEALED:
        return _gone(work.words)
    context.enter(work, file.group_id)
    recipient = passwords.entitled_recipient(file, link.person_id, work)
    if recipient is None or link.revealed_at is not None or link.expires_at <= work.now:
        return _gone(work.words)
    if link.code_hash is not None and code is None:
        return _ask_code(work.words)
    if link.code_hash is not None and not tokens.same(link.code_hash, tokens.code_digest(token, code or "")):
        return _wrong_code(link, file, work)
    if not one_time.reveal(work.session, hashed, work.now):
        return _gone(work.words)
    return _revealed(link, file, recipient, work)


def _revealed(link: OneTimeLink, file: SealedFile, recipient: FileRecipient, work: Work) -> Answer:
    recipient.fetched_at = work.now
    work.record("one-time-revealed", f"file:{file.id}", person=link.person_id)
    person = work.person(link.person_id).name
    work.tell(link.made_by, cards.revealed(work.words, file, person))
    head = work.words("page-password", number=file.number or 0, name=file.name, person=person)
    shown = html.escape(passwords.secret_of(file, recipient, work))
    keep = html.escape(work.words("page-keep"))
    return _page(200, work.words, f"<p>{html.escape(head)}</p><p><code>{shown}</code></p><p>{keep}</p>")


def _wrong_code(link: OneTimeLink, file: SealedFile, work: Work) -> Answer:
    """Five guesses at a million, then the page is closed and its maker told."""
    link.tries += 1
    left = TRIES - link.tries
    if left > 0:
        return _ask_code(work.words, 403, work.words("page-code-wrong", left=left))
    link.expires_at = work.now
    work.record("one-time-closed", f"file:{file.id}", person=link.person_id)
    closed = work.words("link-closed", number=file.number or 0, name=work.person(link.person_id).name, tries=TRIES)
    work.tell(link.made_by, plain(closed))
    return _gone(work.words)


def _ask_code(words: Words, status: int = 200, wrong: str = "") -> Answer:
    said = "".join(f"<p>{html.escape(each)}</p>" for each in (wrong, words("page-code-asked")) if each)
    field = (
        f'<label>{html.escape(words("page-code"))} <input name="code" inputmode="numeric" autocomplete="off"'
        ' maxlength="7" size="8" required></label>'
    )
    hidden = '<input type="hidden" name="step" value="code">'
    button = f"<button>{html.escape(words('page-show'))}</button>"
    return _page(status, words, f'{said}<form method="post">{hidden}{field} {button}</form>')


def _gone(words: Words) -> Answer:
    return _page(410, words, f"<p>{html.escape(words('page-gone'))}</p>")


def _page(status: int, words: Words, body: str) -> Answer:
    title = html.escape(words("page-title"))
    return Answer(status, _PAGE.format(language=words.language, title=title, body=body))
