"""Keeps the account's tokens fresh: one refresher over all replicas, and no single-use token lost in silence."""

import asyncio
import hashlib
import logging
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.background import Background
from bot.chat.messenger import DeliveryFailed, Outcome
from bot.messengers.zalo_oa.grant import REFRESH_LIFE, Grant, Pair, TokenStore, from_text, granted, to_text
from bot.messengers.zalo_oa.oauth import TIMEOUT_SECONDS, AnswerLost, Denied, NotAsked, OAuth

log = logging.getLogger(__name__)
LEASE = timedelta(seconds=2 * TIMEOUT_SECONDS)  # longer than any request
BREATH = timedelta(seconds=15)  # after a request that never went out
PAUSES = (0.1, 0.5, 2.0, 5.0)  # seconds between tries to write, the last for ever


class Trouble(StrEnum):
    NOT_CONNECTED = "not_connected"  # no administrator of the account has let the program in yet
    RECONNECT = "reconnect"  # Zalo refuses the refresh token: an administrator must log in again
    ANSWER_LOST = "answer_lost"  # the same, because a renewal's answer was lost (crash, cut line)
    ENDS_SOON = "ends_soon"  # the grant ends within 14 days and could not be renewed


SENTENCES = {
    Trouble.NOT_CONNECTED: "no administrator of the account has logged in yet: giaoban zalo login",
    Trouble.RECONNECT: "Zalo refuses the refresh token or the app's secret: compare GIAOBAN_ZALO_OA__APP_SECRET, "
    "then log in: giaoban zalo login",
    Trouble.ANSWER_LOST: "the answer to a renewal of the tokens was lost, log in again: giaoban zalo login",
    Trouble.ENDS_SOON: "the grant ends soon and could not be renewed: giaoban zalo login",
}


@dataclass(frozen=True, slots=True)
class Notice:
    """For the operator; `days` until the grant ends, 0 when it has."""

    trouble: Trouble
    days: int = 0


Tell = Callable[[Notice], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class _Kept:
    generation: int
    grant: Grant


class Keeper:
    """`first_refresh`: a token the operator pasted, used when nothing is stored or what is stored was refused."""

    def __init__(
        self, store: TokenStore, oauth: OAuth, *, now: Callable[[], datetime], tell: Tell, first_refresh: str = ""
    ) -> None:
        self._store, self._oauth, self._now, self._tell, self._first = store, oauth, now, tell, first_refresh
        self._known: Grant | None = None
        self._background = Background()
        self._renewing: asyncio.Task[None] | None = None

    # what others ask

    @property
    def speaks(self) -> str:
        return self._known.speaks if self._known else ""

    async def version(self) -> str:
        """Which version of sending the account's kind may use, empty when that is not known yet."""
        if self._known is None:
            await self.access()
        return self.speaks

    def trouble(self) -> Trouble | None:
        """As last seen in the store."""
        grant = self._known
        if grant is None:
            return Trouble.NOT_CONNECTED
        if grant.refused:
            return Trouble.ANSWER_LOST if grant.doubtful else Trouble.RECONNECT
        return Trouble.ENDS_SOON if grant.ends_soon(self._now()) else None

    async def access(self) -> str:
        """A token to call with. Raises DeliveryFailed when there is none."""
        if self._known is None or self._known.expires_at <= self._now():
            await self.tick()
        return self._usable()

    async def instead_of(self, worn: str) -> str:
        """Another token than `worn`, which Zalo did not accept: the stored one if it differs, else a renewed one."""
        kept = await self._load()
        if kept is not None and kept.grant.access == worn:
            await self._renew(worn)
        if self._known is not None and self._known.access == worn:
            raise DeliveryFailed(Outcome.TRY_AGAIN, "the access token is not accepted")
        return self._usable()

    def _usable(self) -> str:
        grant = self._known
        if grant is None or not grant.access or grant.expires_at <= self._now():
            raise DeliveryFailed(Outcome.TRY_AGAIN, f"no access token ({self.trouble() or 'renewal under way'})")
        return grant.access

    async def tick(self) -> None:
        """Renews what is due and warns once a day; called every minute."""
        try:
            kept = await self._load() or await self._begin()
            if kept is not None and kept.grant.refused:
                kept = await self._begin(kept) or await self._corrected(kept)
            if kept is not None and not kept.grant.refused and kept.grant.renew_at() <= self._now():
                await self._renew(kept.grant.access)
            await self._warn()
        except OSError as failure:
            log.warning("zalo oa: tokens cannot be read", extra={"reason": type(failure).__name__})

    async def adopt(self, pair: Pair) -> None:
        """A person has just logged in: this pair replaces whatever there was. Raises OSError."""
        while True:
            kept = await self._load()
            old = kept.grant if kept else None
            fresh = granted(pair, self._now(), seed=old.seed if old else "", speaks="")
            if await self._swap(kept.generation if kept else 0, fresh):
                return

    async def remember(self, speaks: str) -> None:
        """Which version of sending the account's kind may use; "" forgets it."""
        try:
            while (kept := await self._load()) is not None and kept.grant.speaks != speaks:
                if await self._swap(kept.generation, replace(kept.grant, speaks=speaks)):
                    return
        except OSError:
            log.warning("zalo oa: the version could not be written down")
            if self._known is not None:
                self._known = replace(self._known, speaks=speaks)

    async def close(self) -> None:
        """Waits for a renewal under way: its answer must not be lost."""
        if self._renewing is not None and not self._renewing.done():
            await asyncio.wait([self._renewing], timeout=TIMEOUT_SECONDS + 5)
        await self._background.stop()

    # the store

    async def _load(self) -> _Kept | None:
        found = await self._store.read()
        if found is None:
            return None
        self._known = from_text(found[1])
        return _Kept(found[0], self._known)

    async def _swap(self, generation: int, grant: Grant) -> bool:
        if not await self._store.replace(generation, to_text(grant)):
            return False
        self._known = grant
        return True

    async def _begin(self, refused: _Kept | None = None) -> _Kept | None:
        """From the operator's setting, once for each token pasted there."""
        seed = hashlib.sha256(self._first.encode()).hexdigest() if self._first else ""
        if not seed or (refused is not None and refused.grant.seed == seed):
            return None
        now = self._now()
        fresh = Grant(refresh=self._first, issued_at=now, expires_at=now, ends_at=now + REFRESH_LIFE, seed=seed)
        await self._swap(refused.generation if refused else 0, fresh)
        return await self._load()

    async def _corrected(self, refused: _Kept) -> _Kept:
        """A refusal of another app or secret than today's counts no more."""
        if refused.grant.refused_by == self._oauth.fingerprint:
            return refused
        anew = replace(refused.grant, refused=False, warned_on="")
        return _Kept(refused.generation + 1, anew) if await self._swap(refused.generation, anew) else refused

    # renewal

    async def _renew(self, worn: str) -> None:
        """Runs apart from whoever waits for it, so that no cancelled request takes the answer with it."""
        if self._renewing is None or self._renewing.done():
            self._renewing = self._background.start(self._renew_once(worn), name="zalo oa tokens")
        await asyncio.shield(self._renewing)

    async def _renew_once(self, worn: str) -> None:
        intent = await self._intend(worn)
        if intent is not None:
            await self._ask(intent)

    async def _intend(self, worn: str) -> Grant | None:
        """Writes down who renews before anything is asked; None when another does, or has done."""
        while True:
            kept, now = await self._load(), self._now()
            if kept is None or kept.grant.access != worn or kept.grant.refused or kept.grant.is_leased(now):
                return None
            intent = kept.grant.leased(secrets.token_hex(8), now + LEASE)
            if await self._swap(kept.generation, intent):
                return intent

    async def _ask(self, intent: Grant) -> None:
        try:
            pair = await self._oauth.refresh(intent.refresh)
        except NotAsked as failure:
            log.warning("zalo oa: renewal not possible now", extra={"reason": str(failure)})
            await self._write(intent, lambda old: replace(old, lease="", lease_until=self._now() + BREATH))
        except AnswerLost as failure:
            # the lease stays as the mark of doubt; when it runs out the old token is tried again
            log.warning("zalo oa: the renewal's answer was lost", extra={"reason": str(failure)})
        except Denied as failure:
            log.warning("zalo oa: the refresh token is refused", extra={"code": failure.code})
            await self._write(intent, self._refuse)
        else:
            now = self._now()
            await self._write(intent, lambda old: old.renewed(pair, now))
            log.info("zalo oa: tokens renewed")

    def _refuse(self, old: Grant) -> Grant:
        mark = self._oauth.fingerprint
        return replace(old, refused=True, refused_by=mark, lease="", lease_until=None, warned_on="")

    async def _write(self, intent: Grant, change: Callable[[Grant], Grant]) -> None:
        """Until the store takes it; given up only when another pair has come in meanwhile."""
        tries = 0
        while True:
            try:
                kept = await self._load()
                if kept is None or kept.grant.refresh != intent.refresh:
                    return
                if await self._swap(kept.generation, change(kept.grant)):
                    return
            except OSError:
                log.warning("zalo oa: the store does not answer; tokens wait")
                await asyncio.sleep(PAUSES[min(tries, len(PAUSES) - 1)])
                tries += 1

    # the operator

    async def _warn(self) -> None:
        """Once a day over all replicas; the mark is written first."""
        kept, trouble = await self._load(), self.trouble()
        if kept is None or trouble is None:
            return
        now = self._now()
        today = now.date().isoformat()
        if kept.grant.warned_on == today:
            return
        if await self._swap(kept.generation, replace(kept.grant, warned_on=today)):
            days = 0 if kept.grant.refused else max(0, (kept.grant.ends_at - now).days)
            await self._tell(Notice(trouble, days))
