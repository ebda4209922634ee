"""Official addresses: a person's account on the messenger `mail`, once they have shown that they read what arrives."""

from sqlmodel import Session

from storage import people, reaching
from storage.people import MAIL, Account


def of(session: Session, person_id: int) -> Account | None:
    """The person's confirmed address, while mail arrives there."""
    own = people.accounts_of(session, person_id)
    return next((each for each in own if each.messenger == MAIL and each.reachable), None)


def confirm(session: Session, person_id: int, address: str) -> int | None:
    """From now on the person's only address; whose it was before, if it was another's."""
    forget(session, person_id, but=address)
    known = people.account(session, MAIL, address) or Account(person_id=person_id, messenger=MAIL, ref=address)
    before, known.person_id, known.reachable = known.person_id, person_id, True
    session.add(known)
    session.flush()
    return before if before != person_id else None


def forget(session: Session, person_id: int, *, but: str = "") -> bool:
    """Whether there was an address to forget."""
    own = people.accounts_of(session, person_id)
    old = [each for each in own if each.messenger == MAIL and each.ref != but]
    for each in old:
        session.delete(each)
    session.flush()
    return bool(old)


def gone(session: Session, address: str) -> None:
    """The server says that nobody has it: no mail goes there until it is confirmed anew."""
    reaching.set_reachable(session, MAIL, address, reachable=False)
