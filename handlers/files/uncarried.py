"""The one rule for files that a messenger does not carry: a page of one's own, as for sealed files."""

from dataclasses import replace
from datetime import timedelta

from sqlmodel import Session

from bot.chat.messages import Attachment, Button, Card, Part, Style
from bot.engine.features import Press
from bot.engine.work import Refusal, Work, line
from handlers.files import fetching, rules, tokens
from handlers.files.feature import feature
from storage import links
from storage.people import Account, Who

OFFERED = timedelta(days=7)  # in a room: whoever is a member asks for a link of their own meanwhile


def instead(work: Work, card: Card, account: Account | None) -> Card:
    """The card with a link in a private chat, with a button in a room; with the file's name alone where no page can be
    opened."""
    file = card.file
    if file is None:
        return card
    if file.record is None or work.group is None or not tokens.has_address(work):
        return _with(card, work.words("file-not-carried", name=rules.short(file.name)))
    if account is None:
        return _offered(card, file, work)
    return replace(_with(card, *_to_page(work, file.name, file.record, account.person_id)), secret=True)


def _with(card: Card, *said: Part | str) -> Card:
    gap = ("\n",) if card.text else ()
    return replace(card, file=None, parts=(*card.parts, *line(*gap, *said)))


def _to_page(work: Work, name: str, record: str, person_id: int) -> tuple[Part, ...]:
    address = fetching.new_link(work, work.group_id, person_id, record=record, name=name)
    if address is None:
        raise LookupError("the web side has lost its address")
    work.record("file-link", f"group:{work.group_id}", person=person_id)
    hours = int(fetching.LIFETIME.total_seconds() // 3600)
    foot = work.words("fetch-link-foot", hours=hours, uses=fetching.USES)
    return line(f"📎 {rules.short(name)}\n", Part(address, Style.LINK, address), f"\n{foot}")


# in a room


def _offered(card: Card, file: Attachment, work: Work) -> Card:
    offer = links.offer(
        work.session, work.group_id, file.record or "", file.name, until=work.now + OFFERED, now=work.now
    )
    button = Button(label=work.words("fetch-button"), action=f"files-offered:{offer.id}")
    shown = _with(card, f"📎 {rules.short(file.name)}")
    return replace(shown, buttons=((button,), *card.buttons))


def _group_of(session: Session, argument: str) -> int | None:
    offer = links.offered(session, int(argument))
    return offer.group_id if offer is not None else None


@feature.press("files-offered", who=Who.STAFF, group_of=_group_of)
def send_link(press: Press, work: Work) -> None:
    offer = links.offered(work.session, press.number)
    if offer is None or offer.until <= work.now or not tokens.has_address(work):
        raise Refusal("refuse-old-button")
    if work.address_of(work.actor.person_id) is None:
        raise Refusal("fetch-open-private")
    work.whisper(Card(parts=_to_page(work, offer.name, offer.record, work.actor.person_id), secret=True))
