"""Looking through the group's sealed files: the list, who has the password, and taking one back."""

from sqlmodel import Session

from bot.chat import messages
from bot.engine.features import LONGEST_NUMBER, Command, Press
from bot.engine.work import Refusal, Work
from handlers.files import cards, keeping, rules
from handlers.files.feature import feature
from storage import files, people
from storage.files import FileRecipient, FileState, Receipt, SealedFile
from storage.people import Person, Who


@feature.command("files", "tep")
def listing(order: Command, work: Work) -> None:
    """/tep"""
    work.show(_page(work, 0))


def _group_named(session: Session, argument: str) -> int | None:
    first = argument.split(":")[0]
    group = session.get(people.WorkGroup, int(first)) if first.isdigit() else None
    return group.id if group else None


@feature.press("files-page", group_of=_group_named)
def turn_page(press: Press, work: Work) -> None:
    """The buttons Mới hơn and Cũ hơn."""
    asked = press.argument.partition(":")[2]
    work.redraw(_page(work, int(asked) if asked.isdecimal() and len(asked) <= LONGEST_NUMBER else 0))


def _page(work: Work, asked: int) -> messages.Card:
    total = files.count(work.session, work.group_id)
    page = rules.page(asked, total)
    listed = [
        cards.Listed(file.number or 0, file.name, sender.name, (file.sealed_at or file.asked_at).astimezone(work.zone))
        for file, sender in files.latest(work.session, work.group_id, page.offset, rules.PAGE)
    ]
    return cards.listing(work.words, work.here, listed, page, total)


# who has the password


@feature.command("seals", "daniem")
def seals(order: Command, work: Work) -> None:
    """/daniem: the latest files, and for each who has not got the password."""
    latest = files.latest(work.session, work.group_id, 0, rules.PAGE)
    work.show(cards.seals(work.words, [_held(file, work) for file, _ in latest]))


def _held(file: SealedFile, work: Work) -> cards.Held:
    everybody = files.recipients(work.session, file.id or 0)
    missing = [person.name for recipient, person in everybody if not has_password(recipient)]
    return cards.Held(
        number=file.number or 0,
        name=file.name,
        state=file.state,
        senders_own=file.password is None and not file.own_copies,
        had=len(everybody) - len(missing),
        of=len(everybody),
        missing=tuple(missing),
    )


def has_password(recipient: FileRecipient) -> bool:
    return recipient.receipt is Receipt.TOLD or recipient.fetched_at is not None


# taking back


@feature.command("revoke", "thuhoi")
def revoke(order: Command, work: Work) -> None:
    """/thuhoi 7: by who sent it, the leader or a deputy."""
    number = rules.read_number(order.text)
    if number is None:
        raise Refusal("revoke-which")
    found = files.numbered(work.session, number, [work.group_id])
    if not found:
        raise Refusal("password-none", number=number)
    file = files.locked(work.session, found[0][0].id or 0)
    if file is None or file.state is not FileState.SEALED:
        raise Refusal("revoke-already", number=number)
    if file.sender_id != work.person_id and not work.actor.who & (Who.LEADER | Who.DEPUTY):
        raise Refusal("revoke-not-yours", number=number)
    told = [person for recipient, person in files.recipients(work.session, file.id or 0) if has_password(recipient)]
    keeping.end(file, FileState.REVOKED, work)
    keeping.remove_from_rooms(file, work)
    work.record("file-revoked", f"file:{file.id}", number=number)
    work.say("revoke-done-mail" if file.by_mail else "revoke-done", reply=True, number=number, told=_count(told, work))


def _count(told: list[Person], work: Work) -> int:
    """The others who know the password already: for them nothing can be taken back."""
    return sum(1 for person in told if person.id != work.person_id)
