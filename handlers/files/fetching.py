"""A page of one's own on which a file is fetched, where the messenger does not carry it.

A look at the page shows a button and nothing else. The button sends a code to the person's private chat; the code opens
the file's name and size and, for minutes, the way to its content.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.chat.events import Pressed
from bot.chat.messages import Button, Card, Part, Style
from bot.engine.features import Press
from bot.engine.work import Refusal, Work, line
from bot.web.pages import Form, Page, Reply, Stored, Visit
from handlers.files import rules, tokens
from handlers.files.feature import feature, group_of
from storage import files, links, people
from storage.files import FileState, SealedFile
from storage.links import FileLink, LinkKind
from storage.people import Who
from storage.vault import Vault

PATH = "f"
LIFETIME = timedelta(days=1)
USES = 3  # a download on a bad line breaks off, and is begun again
TRIES = 5  # wrong codes in all, then the link is closed: five guesses at a million
CODES = 5  # sent for one link
CODE_LIVES = timedelta(minutes=10)
CODE_STANDS = timedelta(minutes=1)  # a second press within it sends no second code
GRANT_LIVES = timedelta(minutes=10)
GRANT_FETCHES = 5  # in-app browsers ask once themselves and once through the phone's download manager


def link_for(work: Work, file: SealedFile, person_id: int) -> str | None:
    """The address of a new page for this person and this file, to be sent to them in private; None when the web side
    has no public address, or the file is not this person's to have."""
    if record_of(file, person_id, work) is None:
        return None
    address = new_link(work, file.group_id, person_id, file_id=file.id)
    if address is not None:
        work.record("file-link", f"file:{file.id}", person=person_id)
    return address


def new_link(work: Work, group_id: int, person_id: int, **what: Any) -> str | None:
    """The address of a new page for `file_id`, or for `record` and `name`."""
    token = tokens.new()
    address = tokens.address(PATH, token, work)
    if address is not None:
        link = FileLink(
            token_hash=tokens.digest(token),
            kind=LinkKind.DOWNLOAD,
            group_id=group_id,
            person_id=person_id,
            made_at=work.now,
            expires_at=work.now + LIFETIME,
            uses_left=USES,
            **what,
        )
        links.add(work.session, link)
    return address


def record_of(file: SealedFile | None, person_id: int, work: Work) -> str | None:
    """The sealed content for this person: the common one, or their own copy; members only, while the file is there."""
    if file is None or file.state is not FileState.SEALED:
        return None
    if people.member_of(work.session, file.group_id, person_id) is None:
        return None
    if not file.own_copies:
        return file.record
    recipient = files.recipient(work.session, file.id or 0, person_id)
    return recipient.record if recipient else None


def button(work: Work, file: SealedFile) -> Button:
    """For the file's card where the messenger carries no files."""
    return Button(label=work.words("fetch-button"), action=f"files-fetch:{file.id}")


@feature.press("files-fetch", who=Who.STAFF, group_of=group_of)
def send_link(press: Press, work: Work) -> None:
    """The link goes to the private chat, never to the room."""
    file = files.get(work.session, press.number)
    if file is None or file.state is not FileState.SEALED or work.person_id is None:
        raise Refusal("refuse-old-button")
    address = link_for(work, file, work.person_id)
    if address is None:
        raise Refusal("fetch-no-address", number=file.number or 0)
    if not work.tell(work.person_id, link_card(work, file, address)):
        raise Refusal("fetch-open-private")
    if isinstance(work.event, Pressed):
        work.toast("sent-to-you-privately")
    elif not work.chat.private:
        work.say("sent-to-you-privately", reply=True)


def link_card(work: Work, file: SealedFile, address: str) -> Card:
    head = work.words("fetch-link", number=file.number or 0)
    foot = work.words("fetch-link-foot", hours=int(LIFETIME.total_seconds() // 3600), uses=USES)
    return Card(parts=line(f"{head}\n", Part(address, Style.LINK, address), f"\n{foot}"), secret=True)


# the page


def visit(seen: Visit, work: Work) -> Reply:
    """One answer of the page. Every token that opens nothing is answered alike."""
    if not seen.step:
        return _front(work)
    link = tokens.link(seen.token, LinkKind.DOWNLOAD, work)
    content = _content(link, work) if link else None
    if link is None or content is None:
        return _gone(work)
    work.group = people.group(work.session, link.group_id)
    if seen.step in ("opened", "fetch"):
        return _granted(seen, link, content, work)
    if link.expires_at <= work.now or link.uses_left <= 0:
        return _gone(work)
    if seen.step == "code":
        return _code_said(seen, link, content, work)
    return _send_code(seen, link, content, work, again=seen.step == "again")


@dataclass(frozen=True, slots=True)
class _Content:
    """What a link leads to. `number`: of a sealed file."""

    name: str
    record: str
    subject: str
    number: int | None = None


def _content(link: FileLink, work: Work) -> _Content | None:
    if link.file_id is not None:
        file = files.get(work.session, link.file_id)
        record = record_of(file, link.person_id, work)
        return _Content(file.name, record, f"file:{file.id}", file.number or 0) if file and record else None
    if link.record is None or people.member_of(work.session, link.group_id, link.person_id) is None:
        return None
    try:
        work.need(Vault).size(link.record)
    except FileNotFoundError:
        return None
    return _Content(link.name or "tep", link.record, f"link:{link.id}")


def _front(work: Work) -> Reply:
    form = Form(button=work.words("fetch-page-start"), step="start")
    return Reply(page=_page(work, lines=(work.words("fetch-page-front"),), forms=(form,)))


def _gone(work: Work) -> Reply:
    return Reply(status=410, page=_page(work, wrong=work.words("fetch-page-gone")))


def _send_code(seen: Visit, link: FileLink, content: _Content, work: Work, *, again: bool) -> Reply:
    """A new code to the person, in private; of several codes only the last one is good."""
    if link.code_until is not None and work.now < link.code_until - CODE_LIVES + CODE_STANDS:
        return Reply(page=_code_page(work))
    if link.codes_sent >= CODES:
        return Reply(status=429, page=_page(work, wrong=work.words("fetch-page-no-more-codes")))
    if link.code_until is not None and work.now < link.code_until and not again:
        return Reply(page=_code_page(work))
    code = tokens.new_code()
    said = work.words("fetch-code", minutes=int(CODE_LIVES.total_seconds() // 60))
    shown = line(f"{said}\n", Part(tokens.spaced(code), Style.CODE), f"\n{work.words('fetch-code-keep')}")
    card = Card(parts=shown, secret=True)
    if not work.tell(link.person_id, card):
        start = Form(button=work.words("fetch-page-start"), step="start")
        return Reply(status=409, page=_page(work, wrong=work.words("fetch-page-unreachable"), forms=(start,)))
    link.code_hash, link.code_until = tokens.code_digest(seen.token, code), work.now + CODE_LIVES
    link.codes_sent += 1
    work.record("file-link-code", content.subject, person=link.person_id)
    return Reply(page=_code_page(work))


def _code_said(seen: Visit, link: FileLink, content: _Content, work: Work) -> Reply:
    if link.code_hash is None or link.code_until is None or link.code_until <= work.now:
        return Reply(status=403, page=_code_page(work, wrong=work.words("fetch-page-code-over")))
    if not tokens.same(link.code_hash, tokens.code_digest(seen.token, seen.code)):
        return _wrong_code(link, content, work)
    grant = tokens.new()
    link.code_hash = link.code_until = None
    link.uses_left -= 1
    link.grant_hash, link.grant_until = tokens.digest(seen.token, grant), work.now + GRANT_LIVES
    link.grant_left = GRANT_FETCHES
    work.record("file-link-opened", content.subject, person=link.person_id, left=link.uses_left)
    return Reply(goes_to=f"{seen.token}/{grant}")


def _wrong_code(link: FileLink, content: _Content, work: Work) -> Reply:
    link.tries += 1
    left = TRIES - link.tries
    if left > 0:
        return Reply(status=403, page=_code_page(work, wrong=work.words("fetch-page-code-wrong", left=left)))
    link.expires_at = work.now
    work.record("file-link-closed", content.subject, person=link.person_id)
    said = work.words("fetch-closed-file", name=rules.short(content.name), tries=TRIES)
    if content.number is not None:
        said = work.words("fetch-closed", number=content.number, tries=TRIES)
    work.tell(link.person_id, Card(parts=line(said)))
    return _gone(work)


def _granted(seen: Visit, link: FileLink, content: _Content, work: Work) -> Reply:
    """After the right code: first what it is, then the content itself."""
    if link.grant_until is None or link.grant_until <= work.now or link.grant_left <= 0:
        return _gone(work)
    if not tokens.same(link.grant_hash, tokens.digest(seen.token, seen.grant)):
        return _gone(work)
    if seen.step == "opened":
        return Reply(page=_file_page(seen, content, work))
    link.grant_left -= 1
    work.record("file-link-fetched", content.subject, person=link.person_id)
    return Reply(file=Stored(name=content.name, record=content.record))


def _file_page(seen: Visit, content: _Content, work: Work) -> Page:
    size = _size(work.need(Vault).size(content.record), work)
    sealed = content.number is not None
    said = [work.words("fetch-page-file", number=content.number or 0)] if sealed else []
    keep = work.words(
        "fetch-page-keep" if sealed else "fetch-page-keep-plain", minutes=int(GRANT_LIVES.total_seconds() // 60)
    )
    return _page(
        work,
        lines=(*said, keep),
        file=f"{rules.short(content.name)} ({size})",
        link=(work.words("fetch-page-fetch"), f"{seen.grant}/tep"),
    )


def _size(size: int, work: Work) -> str:
    """`640 KB`, `3,4 MB`."""
    if size < 1024 * 1024:
        return work.words("page-size-kb", size=max(1, round(size / 1024)))
    whole, tenth = divmod(round(size * 10 / (1024 * 1024)), 10)
    return work.words("page-size-mb", whole=whole, tenth=tenth)


def _code_page(work: Work, wrong: str = "") -> Page:
    words = work.words
    say = Form(button=words("fetch-page-open"), step="code", asks_code=words("fetch-page-code"))
    again = Form(button=words("fetch-page-again"), step="again", quiet=True)
    return _page(work, wrong=wrong, lines=(words("fetch-page-code-sent"),), forms=(say, again))


def _page(work: Work, **facts: object) -> Page:
    return Page(language=work.words.language, title=work.words("fetch-page-title"), **facts)  # type: ignore[arg-type]
