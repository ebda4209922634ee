"""A file that a messenger keeps to itself: of it the bot learns only that there was one, and offers its own page."""

from bot.chat.events import Unknown
from bot.chat.messages import plain
from bot.engine import context
from bot.engine.work import Work
from handlers.files import handing_in
from handlers.files.feature import feature

_KEPT = "message.unsupported"


@feature.on(Unknown)
def offer_the_page(event: Unknown, work: Work) -> None:
    """To members, in private; who belongs to several groups chooses with /guitep."""
    if not event.what.startswith(_KEPT) or not event.chat.private or work.account is None:
        return
    work.account.reachable = True
    if not context.own_groups(work):
        return
    context.choose_group(work)
    address = handing_in.link_for(work, work.account) if work.member is not None else None
    if address is None:
        work.show(plain(work.words("handin-unheard" if work.group is None else "handin-unheard-no-address")))
        return
    work.record("upload-link", f"person:{work.account.person_id}")
    work.show(handing_in.link_card(work, address))
