"""Who can soon not be written to any more: Zalo closes an account's chats seven days after their last sign of life."""

from collections.abc import Sequence
from datetime import timedelta

from bot.engine.work import Work
from storage import people, reaching, zalo

MESSENGER = "zalo_oa"
WINDOW = timedelta(days=7)
SOON = timedelta(days=2)  # a weekend's length ahead
NAMES = 5  # on one line


def closing_soon(work: Work) -> Sequence[str]:
    """Names of members who have no other address, soonest first."""
    accounts = people.accounts_of_members(work.session, work.group_id)
    by_ref = {each.ref: each.person_id for each in accounts if each.messenger == MESSENGER and each.reachable}
    if not by_ref:
        return []
    found = [by_ref[ref] for ref, _ in zalo.closing(work.session, work.now, WINDOW, SOON) if ref in by_ref]
    return [work.person(each).name for each in found if len(reaching.addresses(work.session, each, work.group_id)) == 1]


def line(work: Work) -> str:
    """For the leader's morning; empty when everybody stays within reach."""
    names = closing_soon(work)
    if not names:
        return ""
    more = work.words("digest-closing-more", count=len(names) - NAMES) if len(names) > NAMES else ""
    return work.words("digest-closing", names=", ".join(names[:NAMES]) + more)
