"""A Zalo Official Account as a Messenger: what the program asks for, in the Open API's words."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

import httpx
from aiohttp import web

from bot.background import Background
from bot.chat.events import FileRef
from bot.chat.messages import Card
from bot.chat.messenger import (
    Address,
    Capabilities,
    ChatFacts,
    DeliveryFailed,
    Finding,
    Intake,
    MenuEntry,
    Outcome,
    Standing,
)
from bot.messengers.zalo_oa import account, files, inspecting, notices, outgoing
from bot.messengers.zalo_oa.account import Account, Names, Survey
from bot.messengers.zalo_oa.client import Client
from bot.messengers.zalo_oa.errors import OaRefusal, is_setup
from bot.messengers.zalo_oa.files import Uploads
from bot.messengers.zalo_oa.founding import Rooms
from bot.messengers.zalo_oa.grant import TokenStore
from bot.messengers.zalo_oa.groups import Groups
from bot.messengers.zalo_oa.hearing import Hearing
from bot.messengers.zalo_oa.incoming import MESSENGER
from bot.messengers.zalo_oa.keeper import SENTENCES, Keeper, Notice, Trouble
from bot.messengers.zalo_oa.login import Callback, begin_login
from bot.messengers.zalo_oa.notices import ByPhone
from bot.messengers.zalo_oa.oauth import OAuth
from bot.messengers.zalo_oa.outgoing import Words
from bot.messengers.zalo_oa.outside import Outside
from bot.messengers.zalo_oa.parcels import Parcels
from bot.messengers.zalo_oa.reach import Reach
from bot.messengers.zalo_oa.sending import Link, Sending, Template
from bot.messengers.zalo_oa.webhook import Webhook
from bot.messengers.zalo_oa.windows import ContactStore, Windows

log = logging.getLogger(__name__)
API_URL = "https://openapi.zalo.me"
OAUTH_URL = "https://oauth.zaloapp.com"
LIMITS = httpx.Limits(max_connections=40, max_keepalive_connections=20)
CHECK_SECONDS = 30.0  # between looks at the account and its tokens
PAUSES = (0.5, 1.0, 2.0, 5.0, 15.0)  # while it does not answer, the last for ever
FORGED_MANY = 3
ANSWERS = (-32, -212, -223, -224, -235)  # what an account may answer that can send nevertheless
FINAL = (Trouble.RECONNECT, Trouble.ANSWER_LOST)
REMEMBERED = 1000  # cards of which only a part has gone out
MAX_BY_LINK = 50 * 1024 * 1024


class ZaloOa:
    """`tokens` and `logins` are two texts of one kind of store. `link` carries the files Zalo does not take."""

    def __init__(
        self,
        *,
        app_id: str,
        app_secret: str,
        oa_secret: str = "",
        tokens: TokenStore,
        logins: TokenStore,
        contacts: ContactStore | None = None,
        words: Words,
        now: Callable[[], datetime],
        tell: Callable[[Notice], Awaitable[None]],
        link: Link | None = None,
        template: Template | None = None,
        by_phone: ByPhone | None = None,
        first_refresh: str = "",
        verifier: str = "",
        proof: bool = False,
        public_url: str = "",
        api_url: str = API_URL,
        oauth_url: str = OAUTH_URL,
        file_hosts: Sequence[str] = files.ZALO_HOSTS,
    ) -> None:
        self._http = httpx.AsyncClient(follow_redirects=False, limits=LIMITS)
        oauth = OAuth(self._http, url=oauth_url, app_id=app_id, app_secret=app_secret)
        self.keeper = Keeper(tokens, oauth, now=now, tell=tell, first_refresh=first_refresh)
        proof_key = app_secret if proof else ""
        self._client = Client(self._http, self.keeper, url=api_url, proof_key=proof_key, now=now)
        self.groups = Groups(self._client)
        self.windows = Windows(contacts)
        self._sending = Sending(self._client, self.keeper, Uploads(self._client, now))
        self.notices = notices.made(by_phone, self._http, self.keeper, proof_key, now) if template else None
        self._outside = Outside(self._sending, template, self.notices)
        self._parcels = Parcels(
            self._sending, words=words, link=link, fetch=lambda ref: files.fetch(self._http, ref, file_hosts)
        )
        self._reach = Reach(self._client, self.windows, now)
        names = Names(self._client, self.groups, now)
        self.rooms = Rooms(self._client, self.groups, names, now)
        self._hearing = Hearing(names, self.windows, now=now, oa_name=lambda: self._name)
        self._webhook = Webhook(app_id=app_id, secret=oa_secret or app_secret, now=now)
        self._callback = Callback(logins, oauth, self.keeper, now=now, done=words.connected, failed=words.not_connected)
        self._logins = logins
        self._login = {"app_id": app_id, "oauth_url": oauth_url, "public_url": public_url, "verifier": verifier}
        self._now, self._link, self._hosts = now, link, file_hosts
        self._background = Background()
        self._account: Account | None = None
        self._problem, self._setup_problem = "not started", ""
        self._begun: OrderedDict[tuple[Address, Card], int] = OrderedDict()

    @property
    def name(self) -> str:
        return MESSENGER

    @property
    def capabilities(self) -> Capabilities:
        """Buttons are shown, but only on phones and in private: nobody may rely on them, answers are numbered too."""
        return Capabilities(
            buttons=False,
            edits=False,
            deletes=False,
            join_requests=True,
            calls=True,
            founds_rooms=self.rooms.allowed,
            notifies_by_phone=self.notices is not None,
            file_endings=() if self._link else files.SENDABLE,
            max_text=outgoing.MAX_TEXT,
            max_upload=MAX_BY_LINK if self._link else files.MAX_FILE,
            max_download=files.MAX_DOWNLOAD,
        )

    @property
    def standing(self) -> Standing:
        trouble = self.keeper.trouble()
        told = SENTENCES[trouble] if trouble else ""
        problem = (told if trouble in FINAL else "") or self._problem or told or self._setup_problem
        if not problem and self._webhook.forged >= FORGED_MANY:
            problem = "the webhook's signatures do not match the secret"
        return Standing(ready=not self._problem, problem=problem, name=self._name)

    @property
    def routes(self) -> Sequence[web.AbstractRouteDef]:
        """The webhook and the way back from the login."""
        return [*self._webhook.routes, *self._callback.routes]

    @property
    def _name(self) -> str:
        return self._account.name if self._account else ""

    # life

    async def start(self, intake: Intake) -> None:
        self._hearing.intake = intake
        self._problem = "connecting"
        await self.windows.load()
        self._webhook.open(self._hearing.take)
        self._background.start(self._live(), name="zalo oa")
        self._background.start(self.windows.keep_saving(), name="zalo oa contacts")

    async def stop(self) -> None:
        self._webhook.close()
        await self._callback.close()
        await self.keeper.close()
        await self._background.stop()
        await self.windows.save()
        await self._http.aclose()
        self._problem = "stopped"

    async def _live(self) -> None:
        """Until cancelled: tokens kept fresh, and a look whether Zalo answers."""
        failures = 0
        while True:
            try:
                await self.keeper.tick()
                self._account = await account.introduce(self._client)
                self._problem, failures = "", 0
                await self.rooms.look()
            except DeliveryFailed as failure:
                self._problem = self._why(failure)
                log.warning("zalo oa: %s", self._problem, extra={"failures": failures})
                failures += 1
            except Exception:
                self._problem = "the adapter failed"
                log.exception("zalo oa failed")
                failures += 1
            await asyncio.sleep(PAUSES[min(failures, len(PAUSES)) - 1] if failures else CHECK_SECONDS)

    def _why(self, failure: DeliveryFailed) -> str:
        """Empty where Zalo answers, though it does not tell about the account."""
        if isinstance(failure, OaRefusal) and failure.code in ANSWERS:
            self._setup_problem = failure.reason
            return ""
        trouble = self.keeper.trouble()
        return failure.reason if trouble in (None, Trouble.ENDS_SOON) else SENTENCES[trouble]

    # the operator

    async def login_link(self) -> str:
        """For the browser of an administrator of the account. Raises OSError."""
        return await begin_login(self._logins, now=self._now(), **self._login)

    async def survey(self) -> Survey:
        """What the account may do. Raises DeliveryFailed."""
        return await account.survey(self._client, self.groups, self.keeper.speaks)

    async def inspect(self) -> Sequence[Finding]:
        """For `giaoban check`."""
        try:
            await self.keeper.tick()
            await self.windows.load()
            found = inspecting.explain(await self.survey(), self.windows.latest, self._now())
            return [*found, await self.notices.inspect()] if self.notices else found
        except DeliveryFailed as failure:
            return [Finding(said=self._why(failure) or failure.reason, well=False)]
        finally:
            await self.keeper.close()
            await self._http.aclose()

    @property
    def heard_at(self) -> datetime | None:
        """When the webhook last brought a signed event; None since the start."""
        return self._webhook.heard_at

    @property
    def quotas(self) -> dict[str, int]:
        """Messages left, by kind of quota, as far as answers have said."""
        return dict(self._sending.quotas)

    # messages

    async def send(self, to: Address, card: Card, content: bytes | None = None) -> str:
        """A card of several messages that failed in the middle goes on where it stopped when it is sent again."""
        if to.private and await self._reach.is_shut(to.chat):
            return await self._outside.post(to, card)
        steps = await self._parcels.steps(to, card, content)
        done, message_id = self._begun.pop((to, card), 0), ""
        for number, step in enumerate(steps):
            if number < done:
                continue
            try:
                message_id = await step()
            except DeliveryFailed as failure:
                self._failed(to, card, failure, number)
                raise
        self._setup_problem = ""
        self._hearing.said(to.chat, message_id, asks=bool(card.actions))
        return message_id

    def _failed(self, to: Address, card: Card, failure: DeliveryFailed, done: int) -> None:
        if isinstance(failure, OaRefusal):
            self._setup_problem = failure.reason if is_setup(failure) else ""
        if to.private and failure.outcome is Outcome.GONE:
            self.windows.refused(to.chat, self._now())
        if done:
            self._begun[to, card] = done
            if len(self._begun) > REMEMBERED:
                self._begun.popitem(last=False)

    # what this messenger lacks

    async def edit(self, to: Address, message_id: str, card: Card) -> None:
        raise DeliveryFailed(Outcome.REJECTED, "no edits here")

    async def delete(self, to: Address, message_id: str) -> None:
        raise DeliveryFailed(Outcome.REJECTED, "no deletions here")

    async def pin(self, to: Address, message_id: str) -> None:
        raise DeliveryFailed(Outcome.REJECTED, "no pins here")

    async def acknowledge(self, token: str, text: str = "") -> None: ...

    async def typing(self, to: Address) -> None: ...

    async def offer_menu(self, entries: Sequence[MenuEntry]) -> None: ...

    # files and groups

    async def fetch(self, file: FileRef) -> bytes:
        if file.size > files.MAX_DOWNLOAD:
            raise DeliveryFailed(Outcome.REJECTED, "file is too big")
        return await files.fetch(self._http, file, self._hosts)

    async def facts(self, chat: str) -> ChatFacts:
        """Who administers a group Zalo does not say; the account itself always may."""
        known = await self.groups.facts(chat)
        rights = frozenset({"can_invite_users", "can_restrict_members"})
        return ChatFacts(admins=frozenset(), bot_admin=True, bot_rights=rights, members=known.members)

    async def invite_link(self, chat: str, name: str) -> str:
        """A group has one link for all; who uses it must be approved."""
        known = await self.groups.facts(chat)
        if not known.asks_to_join:
            known = await self.groups.approve_joining(chat)
        return known.link

    async def admit(self, chat: str, account: str, *, welcome: bool) -> None:
        await self.rooms.answer(chat, account, welcome=welcome)
