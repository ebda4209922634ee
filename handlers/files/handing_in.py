"""A page of one's own on which a file is handed in for the group: it arrives as if it had been posted in private."""

from datetime import timedelta

from bot.chat.events import Chat, FileRef, Said, Sender
from bot.chat.messages import Card, Part, Style
from bot.engine import context
from bot.engine.desk import FROM_VAULT
from bot.engine.features import Answer, Command, Due
from bot.engine.router import Router
from bot.engine.work import Refusal, Work, line
from bot.web.pages import Form, Page, Reply, Upload, Visit
from handlers.files import commands, rules, tokens
from handlers.files.feature import feature
from storage import files, letters, links, people
from storage.files import FileState
from storage.links import FileLink, LinkKind
from storage.people import Account

PATH = "u"
LIFETIME = timedelta(hours=1)
USES = 5  # files, one after the other
LOOK_AGAIN = timedelta(minutes=1)  # whether what was handed in is sealed by now
LOOK_AGAIN_WHEN_ASKED = timedelta(minutes=30)


@feature.command("upload", "guitep")
def upload(order: Command, work: Work) -> None:
    """/guitep: a link for who asks, always in private: whoever has it hands in files in that person's name."""
    account = work.account
    if account is None:
        raise Refusal("refuse-not-a-member")
    if not work.chat.private and not account.reachable:
        account = work.address_of(account.person_id)
    if account is None:
        raise Refusal("handin-open-private")
    links.close_uploads(work.session, account.person_id, work.group_id, work.now)
    address = link_for(work, account)
    if address is None:
        raise Refusal("handin-no-address")
    work.record("upload-link", f"person:{account.person_id}")
    card = link_card(work, address)
    if work.chat.private:
        work.show(card)
        return
    work.send(account.messenger, account.ref, card, private=True)
    work.say("sent-to-you-privately", reply=True)


def link_for(work: Work, account: Account) -> str | None:
    """The address of a new page for this account in the work's group; None without a public address."""
    return tokens.address(PATH, new_link(work, account), work)


def new_link(work: Work, account: Account, before: FileLink | None = None) -> str:
    """A token; the link goes on from `before`, whose end it keeps."""
    token = tokens.new()
    link = FileLink(
        token_hash=tokens.digest(token),
        kind=LinkKind.UPLOAD,
        group_id=work.group_id,
        person_id=account.person_id,
        account_id=account.id,
        made_at=work.now,
        expires_at=before.expires_at if before else work.now + LIFETIME,
        uses_left=before.uses_left - 1 if before else USES,
    )
    links.add(work.session, link)
    return token


def link_card(work: Work, address: str) -> Card:
    words = work.words
    head = words("handin-link", group=work.here.name)
    foot = words("handin-link-foot", minutes=int(LIFETIME.total_seconds() // 60), files=USES)
    return Card(parts=line(f"{head}\n", Part(address, Style.LINK, address), f"\n{foot}"), secret=True)


# the page


def visit(seen: Visit, work: Work) -> Reply:
    """One answer of the page; looking uses nothing up and names neither group nor person."""
    link = tokens.link(seen.token, LinkKind.UPLOAD, work)
    account = people.account_of_id(work.session, link.account_id) if link and link.account_id else None
    if link is None or account is None or not _is_good(link, work):
        return _gone(work)
    work.account = account
    context.enter(work, link.group_id)
    if work.waits:
        return _gone(work)
    if seen.step == "hand-in" and seen.upload is not None:
        return _take(seen.upload, link, account, work)
    if seen.step in _WRONG:
        status, text_id = _WRONG[seen.step]
        return Reply(status=status, page=_form_page(work, wrong=work.words(text_id, most=_most())))
    return Reply(page=_form_page(work))


def _other_uses(work: Work) -> list[str]:
    """What else may become of a file this person hands in, by the command that does it: who may is its own matter."""
    who, router = work.actor.who, work.need(Router)
    taken = [spec for each in router.features for spec in each.files if spec.who & who]
    return [spec.name for spec in taken if spec.name in router.commands]


_WRONG = {
    "too-large": (413, "handin-page-too-large"),
    "busy": (429, "handin-page-busy"),
    "no-file": (400, "handin-page-no-file"),
    "broken": (400, "handin-page-broken"),
}


def _is_good(link: FileLink, work: Work) -> bool:
    member = people.member_of(work.session, link.group_id, link.person_id)
    return member is not None and link.expires_at > work.now and link.uses_left > 0 and link.record is None


def _take(upload: Upload, link: FileLink, account: Account, work: Work) -> Reply:
    """As if the person had posted it in private: under /niem with the group chosen, or under another command."""
    message = f"-{link.id}"  # no messenger's message has such a number
    file = FileRef(messenger=FROM_VAULT, id=upload.record, name=upload.name, size=upload.size)
    _enter(file, message, account, work)
    sealed = upload.kind not in _other_uses(work)
    try:
        with work.session.begin_nested():
            if sealed:
                facts = {"file": _as_dict(file), "message": message, "owner": account.person_id}
                commands.seal_for_group(Answer(text="", facts=facts, chosen=str(link.group_id)), work)
            else:
                _order(upload.kind, file, message, work)
    except Refusal as refusal:
        said = work.words(refusal.text_id, **refusal.facts)
        return Reply(status=422, page=_form_page(work, wrong=said))
    link.record = upload.record
    if sealed:
        begun = files.of_message(work.session, link.group_id, account.messenger, account.ref, message)
        if begun is None:
            raise LookupError("an upload that was taken is not being sealed")
        link.file_id = begun.id
    subject = f"file:{link.file_id}" if sealed else f"link:{link.id}"
    work.record("file-handed-in", subject, size=upload.size)
    _look_again(link, work, LOOK_AGAIN if sealed else LOOK_AGAIN_WHEN_ASKED)
    page = _taken_page(upload, link, account, work)
    link.uses_left = 0
    return Reply(page=page, took=True)


def _order(name: str, file: FileRef, message: str, work: Work) -> None:
    spec = work.need(Router).commands[name]
    context.admit(work, spec)
    spec.run(Command(name=spec.name, text="", message_id=message, file=file), work)


def _enter(file: FileRef, message: str, account: Account, work: Work) -> None:
    person = work.person(account.person_id)
    work.event = Said(
        key=f"upload:{message}",
        at=work.now,
        chat=Chat(messenger=account.messenger, id=account.ref, private=True),
        sender=Sender(id=account.ref, name=person.name, username=account.username),
        message_id=message,
        file=file,
    )
    work.account = account


def _as_dict(file: FileRef) -> dict[str, object]:
    return {"messenger": file.messenger, "id": file.id, "name": file.name, "size": file.size, "mime": file.mime}


def _look_again(link: FileLink, work: Work, after: timedelta) -> None:
    work.later("files-handed-in", f"files-handed-in:{link.id}", work.now + after, link=link.id)


@feature.due("files-handed-in")
def let_go(due: Due, work: Work) -> None:
    """The upload itself is kept no longer than its sealing needs it."""
    link = links.get(work.session, int(due.facts["link"]))
    if link is None or link.record is None:
        return
    if letters.refers_to(work.session, link.record):
        _look_again(link, work, LOOK_AGAIN_WHEN_ASKED)
        return
    if links.is_still_needed(work.session, link):
        file = files.get(work.session, link.file_id or 0)
        asked = file is not None and file.state is FileState.ASKED
        _look_again(link, work, LOOK_AGAIN_WHEN_ASKED if asked else LOOK_AGAIN)
        return
    work.soon("files-unlink", f"files-unlink:link:{link.id}", file=link.file_id, records=[link.record])
    link.record = None


def _most() -> int:
    return rules.LARGEST // (1024 * 1024)


def _gone(work: Work) -> Reply:
    return Reply(status=410, page=_page(work, wrong=work.words("handin-page-gone")))


def _form_page(work: Work, wrong: str = "") -> Page:
    words = work.words
    form = Form(
        button=words("handin-page-send"),
        step="send",
        asks_file=words("handin-page-file", most=_most()),
        choices=_choices(work),
    )
    lines = (words("handin-page-front"), words("handin-page-patience"))
    return _page(work, wrong=wrong, lines=lines, forms=(form,))


def _choices(work: Work) -> tuple[tuple[str, str], ...]:
    others = tuple((name, work.words(f"handin-page-{name}")) for name in _other_uses(work))
    return (("seal", work.words("handin-page-seal")), *others) if others else ()


def _taken_page(upload: Upload, link: FileLink, account: Account, work: Work) -> Page:
    """The way on for the next file is a link of its own."""
    words = work.words
    again = (words("handin-page-another"), new_link(work, account, link)) if link.uses_left > 1 else None
    name = rules.short(upload.name)
    return _page(work, lines=(words("handin-page-taken"), words("handin-page-next")), file=name, link=again)


def _page(work: Work, **facts: object) -> Page:
    return Page(language=work.words.language, title=work.words("handin-page-title"), **facts)  # type: ignore[arg-type]
