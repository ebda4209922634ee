"""Who may be written to: Zalo lets an account write to a person only for seven days after their last sign of life."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

log = logging.getLogger(__name__)
WINDOW = timedelta(days=7)
FREE = timedelta(hours=48)
WRITE_SECONDS = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A person as the account last heard of them; `follows` None: not known."""

    last: datetime
    follows: bool | None = None
    shut: bool = False
    """Zalo has refused since then: no use trying before the next sign of life."""


class ContactStore(Protocol):
    """Keeps contacts over restarts and between replicas, by person. Raises OSError when it cannot be reached."""

    async def load(self, people: frozenset[str] | None = None) -> Mapping[str, tuple[datetime, bool | None, bool]]:
        """(last, follows, shut) of these people, or of all."""

    async def save(self, contacts: Mapping[str, tuple[datetime, bool | None, bool]]) -> None:
        """Adds and replaces; an older `last` never overwrites a newer one."""

    async def forget(self, person: str) -> None:
        """Nothing is kept of who has withdrawn."""


class Windows:
    """Fed by events and refusals; nobody known is taken to be unreachable."""

    def __init__(self, store: ContactStore | None = None) -> None:
        self._store = store
        self._contacts: dict[str, Contact] = {}
        self._unsaved: set[str] = set()
        self._forgotten: set[str] = set()
        self._changed = asyncio.Event()

    @property
    def latest(self) -> datetime | None:
        """The last sign of life of anybody."""
        return max((each.last for each in self._contacts.values()), default=None)

    def heard(self, person: str, at: datetime) -> None:
        """A sign of life that counts for Zalo."""
        known = self._contacts.get(person)
        if known is None or at >= known.last:
            self._note(person, Contact(last=at, follows=known.follows if known else None))

    def followed(self, person: str, at: datetime, *, follows: bool) -> None:
        """To follow is a sign of life, to unfollow is none."""
        known = self._contacts.get(person)
        if follows:
            self._note(person, Contact(last=max(at, known.last) if known else at, follows=True))
        else:
            self._note(person, Contact(last=known.last if known else at - WINDOW, follows=False, shut=False))

    def refused(self, person: str, now: datetime) -> None:
        known = self._contacts.get(person)
        last = known.last if known else now - WINDOW
        self._note(person, Contact(last=last, follows=known.follows if known else None, shut=True))

    def forget(self, person: str) -> None:
        self._contacts.pop(person, None)
        self._unsaved.discard(person)
        self._forgotten.add(person)
        self._changed.set()

    def is_known_open(self, person: str, now: datetime) -> bool:
        known = self._contacts.get(person)
        return known is not None and not known.shut and now < known.last + WINDOW

    def is_shut(self, person: str, now: datetime) -> bool:
        return person in self._contacts and not self.is_known_open(person, now)

    def last(self, person: str) -> datetime | None:
        known = self._contacts.get(person)
        return known.last if known else None

    def closing(self, now: datetime, within: timedelta) -> Mapping[str, datetime]:
        """Who becomes unreachable within this time, and when."""
        ends = {person: known.last + WINDOW for person, known in self._contacts.items() if not known.shut}
        return {person: end for person, end in ends.items() if now < end <= now + within}

    def followers(self) -> frozenset[str]:
        return frozenset(person for person, known in self._contacts.items() if known.follows)

    # over restarts

    async def load(self, people: frozenset[str] | None = None) -> None:
        """What another replica or an earlier run has heard. Never fails."""
        if self._store is None:
            return
        try:
            found = await self._store.load(people)
        except OSError:
            log.warning("zalo oa: contacts cannot be read")
            return
        for person, (last, follows, shut) in found.items():
            known = self._contacts.get(person)
            if known is None or last > known.last:
                self._contacts[person] = Contact(last=last, follows=follows, shut=shut)

    async def keep_saving(self) -> None:
        """Until cancelled; a few seconds behind, since Zalo itself can be asked for what is lost."""
        while True:
            await self._changed.wait()
            await self.save()
            await asyncio.sleep(WRITE_SECONDS)

    async def save(self) -> None:
        self._changed.clear()
        people, self._unsaved = self._unsaved, set()
        rows = {each: self._contacts[each] for each in people if each in self._contacts}
        if self._store is None:
            return
        try:
            while self._forgotten:
                person = next(iter(self._forgotten))
                await self._store.forget(person)
                self._forgotten.discard(person)
            if rows:
                await self._store.save({each: (row.last, row.follows, row.shut) for each, row in rows.items()})
        except OSError:
            log.warning("zalo oa: contacts cannot be written")
            self._unsaved |= people
            self._changed.set()

    def _note(self, person: str, contact: Contact) -> None:
        self._forgotten.discard(person)
        self._contacts[person] = contact
        self._unsaved.add(person)
        self._changed.set()
