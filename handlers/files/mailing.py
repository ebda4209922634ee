"""Mail first: the sealed file to the members' official addresses, a notice in the rooms, the password never by mail."""

from bot.chat.messages import Card
from bot.chat.messenger import Outcome
from bot.engine.features import Due
from bot.engine.work import Refusal, Work
from handlers.files import mail_cards, rules
from handlers.files.feature import feature
from handlers.files.telling import entered, say_at_origin
from handlers.people import official
from storage import files, mailboxes, people
from storage.files import FileRecipient, FileState, Receipt, SealedFile, Way
from storage.people import MAIL, Account, Person


def is_wanted(work: Work) -> bool:
    """Of a file about which nobody can be asked."""
    return files.policy(work.session, work.group_id).way is Way.MAIL and bool(_addressed(work))


def refuse_impossible(work: Work) -> None:
    """A group that wants its files by mail does not get them in the chat instead."""
    if not official.domains(work):
        raise Refusal("seal-no-mail")
    if not _addressed(work):
        raise Refusal("seal-no-addresses")


def _addressed(work: Work) -> list[int]:
    members = (member.person_id for member, _ in people.members(work.session, work.group_id))
    return [each for each in members if address_of(each, work) is not None]


def address_of(person_id: int, work: Work) -> Account | None:
    """Confirmed, and in a domain that is official still."""
    known = mailboxes.of(work.session, person_id)
    return known if known is not None and official.is_official(known.ref, official.domains(work)) else None


def send_all(file: SealedFile, work: Work) -> None:
    """Everybody's mail, and the notice in the rooms."""
    everybody = files.recipients(work.session, file.id or 0)
    going = sum(send(file, recipient, work) for recipient, _ in everybody)
    work.session.flush()
    work.post(_notice(file, 0, work), key=f"sealed:{file.id}", report=f"files-posted:{file.id}")
    work.later("files-mail-late", f"files-mail-late:{file.id}", work.now + rules.KNOWN_BY, file=file.id)
    work.record("file-mailed", f"file:{file.id}", mails=going, members=len(everybody))
    if not going:
        _tell_when_mailed(file, work)


def send(file: SealedFile, recipient: FileRecipient, work: Work, *, again: str = "") -> bool:
    """The mail with the file; False without an address. Not `private`: when mail fails, the file must not take the way
    of private messages, where the password is."""
    account = address_of(recipient.person_id, work)
    recipient.mailed = Receipt.WAITING if account else Receipt.UNREACHED
    if account is None:
        return False
    report = f"files-mailed:{file.id}:{recipient.person_id}"
    record = recipient.record or file.record or ""
    card = mail_cards.mailed(work.words, file, work.here, work.person(file.sender_id).name, record)
    return work.send(MAIL, account.ref, card, private=False, key=f"{report}:sent{again and ':' + again}", report=report)


@feature.due("files-mailed")
def mail_ended(due: Due, work: Work) -> None:
    """One mail was taken by the server, or never will be."""
    file_id, person_id = (int(each) for each in due.facts["argument"].split(":"))
    file = entered(file_id, work)
    recipient = files.recipient(work.session, file_id, person_id)
    if file is None or recipient is None:
        return
    recipient.mailed = Receipt.TOLD if due.facts["arrived"] else Receipt.UNREACHED
    if due.facts["outcome"] == Outcome.GONE:
        mailboxes.gone(work.session, due.facts["chat"])
    work.session.flush()
    _tell_when_mailed(file, work)


@feature.due("files-mail-late")
def late(due: Due, work: Work) -> None:
    """Some mails are still on their way: the sender hears of it now; sending goes on."""
    file = entered(int(due.facts["file"]), work)
    if file is None or file.state is not FileState.SEALED:
        return
    waiting = _names(file, Receipt.WAITING, work)
    if waiting:
        _tell_sender(file, mail_cards.late(work.words, file, waiting), f"files-mail-late:{file.id}:said", work)
        _show_count(file, work)
        _tell_missing(file, work)


def _tell_when_mailed(file: SealedFile, work: Work) -> None:
    if file.state is not FileState.SEALED:
        return
    everybody = files.recipients(work.session, file.id or 0)
    if any(recipient.mailed is Receipt.WAITING for recipient, _ in everybody):
        return
    work.cancel(f"files-mail-late:{file.id}")
    _show_count(file, work)
    _tell_missing(file, work)


def _show_count(file: SealedFile, work: Work) -> None:
    everybody = files.recipients(work.session, file.id or 0)
    arrived = sum(recipient.mailed is Receipt.TOLD for recipient, _ in everybody)
    work.update(_notice(file, arrived, work))


def _notice(file: SealedFile, arrived: int, work: Work) -> Card:
    everybody = files.recipients(work.session, file.id or 0)
    return mail_cards.notice(work.words, file, work.person(file.sender_id).name, arrived=arrived, of=len(everybody))


def _tell_missing(file: SealedFile, work: Work) -> None:
    """Said again only when there are more of them."""
    names = _names(file, Receipt.UNREACHED, work)
    if names:
        card = mail_cards.unmailed(work.words, file, names)
        _tell_sender(file, card, f"files-mail-missing:{file.id}:{len(names)}", work)


def missing(file: SealedFile, work: Work) -> list[str]:
    """Who has not got the file, and is a member still."""
    return _names(file, Receipt.UNREACHED, work) if file.by_mail else []


def _names(file: SealedFile, receipt: Receipt, work: Work) -> list[str]:
    """Without the sender, who has the file."""
    everybody = files.recipients(work.session, file.id or 0)
    found = [person for recipient, person in everybody if recipient.mailed is receipt]
    return [person.name for person in found if _waits(file, person, work)]


def _waits(file: SealedFile, person: Person, work: Work) -> bool:
    member = people.member_of(work.session, file.group_id, person.id or 0)
    return person.id != file.sender_id and member is not None


def _tell_sender(file: SealedFile, card: Card, key: str, work: Work) -> None:
    if not work.tell(file.sender_id, card, key=key):
        say_at_origin(file, card, work)
