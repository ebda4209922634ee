"""Zalo Bot as a Messenger: what the program asks for, in plain words and numbered answers."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from datetime import date
from zoneinfo import ZoneInfo

import httpx
from aiohttp import web

from bot.chat.events import FileRef
from bot.chat.gate import Gate
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
from bot.clock import Clock
from bot.messengers.zalo_bot import inspecting, outgoing
from bot.messengers.zalo_bot.api import Api, Line
from bot.messengers.zalo_bot.connection import Connection
from bot.messengers.zalo_bot.contents import MESSENGER
from bot.messengers.zalo_bot.errors import Refused, ZaloFailed, classified, classify
from bot.messengers.zalo_bot.keeping import Keeping
from bot.messengers.zalo_bot.outgoing import Links, Step, Words
from bot.messengers.zalo_bot.usage import MAX_PEOPLE, Nearly, Usage, UsageStore
from bot.messengers.zalo_bot.webhook import Webhook

CLOUD = "https://bot-api.zaloplatforms.com"
MEDIA = ("zdn.vn", "zadn.vn", "zaloapp.com", "zalo.me", "zaloplatforms.com", "zapps.me")
"""Whose addresses are fetched when a message names them, with their subdomains: everything else could be our own."""
MAX_DOWNLOAD = 20 * 1024 * 1024
GATHERS, SPARING = 4.0, 60.0  # seconds in which changes are gathered: usually, and when the month's messages run out
REMEMBERED = 1000  # cards of which only a part has gone out


class ZaloBot:
    """Several tokens are several bots of one office: a chat stays with the bot it began with, whose number stands
    before its id. The first token's webhook is /hooks/zalo-bot, another's /hooks/zalo-bot/<its number>.

    `hint` and `room_hint` say how to answer (see Words). `links` gives the page where a file of the vault lies,
    `photos` the public address of a picture in it. `media` are further hosts that pictures may be fetched from.
    Raises ValueError for tokens that are none, and for a webhook without its address or secret.
    """

    def __init__(
        self,
        *,
        tokens: Sequence[str] = (),
        token: str = "",
        api_url: str = CLOUD,
        mode: str = "polling",
        webhook_secret: str = "",
        public_url: str = "",
        proxy: str = "",
        hint: str = "",
        room_hint: str = "",
        links: Links | None = None,
        photos: Links | None = None,
        media: Sequence[str] = (),
        usage: UsageStore | None = None,
        clock: Clock | None = None,
    ) -> None:
        given = {_number(each): each for each in (*([token] if token else []), *tokens)}
        if not given:
            raise ValueError("a Zalo bot needs its token")
        if mode == "webhook" and not (8 <= len(webhook_secret) <= 256 and public_url):
            raise ValueError("Zalo's webhook needs the public URL and a secret of 8 to 256 characters")
        self._webhook = Webhook(webhook_secret, list(given)) if mode == "webhook" else None
        self._line = Line(proxy)
        self._bots = {
            number: Connection(
                api=Api(self._line, api_url, each),
                number=number,
                webhook=self._webhook,
                secret=webhook_secret,
                public_url=public_url,
                clock=clock or Clock(ZoneInfo("Asia/Ho_Chi_Minh")),
            )
            for number, each in given.items()
        }
        self._words = Words(hint=hint, room_hint=room_hint)
        self._links, self._photos, self._media = links, photos, (*MEDIA, *media)
        self._begun: OrderedDict[tuple[Address, Card], int] = OrderedDict()
        self._keeping = Keeping(usage, {number: bot.meter for number, bot in self._bots.items()})

    @property
    def name(self) -> str:
        return MESSENGER

    @property
    def capabilities(self) -> Capabilities:
        return Capabilities(
            buttons=False,
            edits=False,
            deletes=False,
            files=False,
            gathers=SPARING if any(Nearly.MESSAGES in each.nearly for each in self.usage) else GATHERS,
            typing=True,
            write_to=self.open_bot or "",
            max_text=outgoing.MAX_TEXT,
            max_upload=0,
            max_download=MAX_DOWNLOAD,
        )

    @property
    def standing(self) -> Standing:
        """Ready once one bot is; what is wrong with any of them is said."""
        each = {number: bot.standing for number, bot in self._bots.items()}
        problems = dict.fromkeys(
            f"bot {number}: {known.problem}" if len(each) > 1 else known.problem
            for number, known in each.items()
            if known.problem
        )
        names = dict.fromkeys(known.name for known in each.values() if known.name)
        return Standing(
            ready=any(known.ready for known in each.values()), problem="; ".join(problems), name=", ".join(names)
        )

    @property
    def routes(self) -> Sequence[web.AbstractRouteDef]:
        """Empty when polling."""
        return self._webhook.routes if self._webhook else []

    def fetch_through(self, gate: Gate) -> None:
        for bot in self._bots.values():
            bot.gate = gate

    async def start(self, intake: Intake) -> None:
        self._line.open()
        await self._keeping.start()
        for bot in self._bots.values():
            bot.open(intake)

    async def stop(self) -> None:
        await self._keeping.stop()
        for bot in self._bots.values():
            await bot.close()
        await self._line.close()

    async def inspect(self) -> Sequence[Finding]:
        """For `giaoban check`: asks nothing that a running program would miss."""
        self._line.open()
        try:
            await self._keeping.restore()
            return [each for bot in self._bots.values() for each in await inspecting.look_at(bot)]
        finally:
            await self._line.close()

    # the free tier

    @property
    def usage(self) -> Sequence[Usage]:
        """Of every bot, in the order of the tokens."""
        return [bot.meter.usage for bot in self._bots.values()]

    def restore_usage(self, bot: str, month: date, messages: int, people: Iterable[str]) -> None:
        """Puts back what an earlier run had counted; a bot that is no longer there is passed over."""
        if bot in self._bots:
            self._bots[bot].meter.restore(month, messages, people)

    async def keep_usage(self) -> None:
        """At once, not within the next seconds."""
        await self._keeping.save()

    @property
    def open_bot(self) -> str | None:
        """The name of the bot to which newcomers should write: the one with the fewest people that has room."""
        found = min(self._bots.values(), key=lambda bot: len(bot.meter.usage.people))
        return found.standing.name or None if len(found.meter.usage.people) < MAX_PEOPLE else None

    # messages

    async def send(self, to: Address, card: Card, content: bytes | None = None) -> str:
        """A card of several messages that failed in the middle goes on where it stopped when it is sent again."""
        bot, chat = self._bot_of(to.chat)
        steps = outgoing.steps(card, self._words, self._links, self._photos, private=to.private)
        if not steps:
            raise DeliveryFailed(Outcome.REJECTED, "message text is empty")
        done = self._begun.pop((to, card), 0)
        message_id = ""
        for number, step in enumerate(steps[done:], done):
            try:
                message_id = await _post(bot, chat, step)
            except DeliveryFailed:
                self._remember(to, card, number)
                raise
            bot.meter.message(to.chat if to.private else None)
        return message_id

    def _remember(self, to: Address, card: Card, done: int) -> None:
        if done:
            self._begun[to, card] = done
            if len(self._begun) > REMEMBERED:
                self._begun.popitem(last=False)

    def _bot_of(self, chat: str) -> tuple[Connection, str]:
        """Whose chat this is, and its id there."""
        number, _, id_ = chat.partition(".")
        if number not in self._bots:
            raise DeliveryFailed(Outcome.GONE, "the chat's bot is not in use any more")
        return self._bots[number], id_

    async def edit(self, to: Address, message_id: str, card: Card) -> None:
        raise DeliveryFailed(Outcome.REJECTED, "Zalo bots cannot edit messages")

    async def delete(self, to: Address, message_id: str) -> None:
        raise DeliveryFailed(Outcome.REJECTED, "Zalo bots cannot delete messages")

    async def pin(self, to: Address, message_id: str) -> None:
        raise DeliveryFailed(Outcome.REJECTED, "Zalo bots cannot pin messages")

    async def acknowledge(self, token: str, text: str = "") -> None:
        """There are no buttons, so nothing was pressed."""

    async def typing(self, to: Address) -> None:
        bot, chat = self._bot_of(to.chat)
        with classified(repeatable=True):
            await bot.api.call("sendChatAction", chat_id=chat, action="typing")

    async def fetch(self, file: FileRef) -> bytes:
        """A file's id is its address; it expires, and only Zalo's own hosts are asked."""
        try:
            address = httpx.URL(file.id)
        except httpx.InvalidURL:
            raise DeliveryFailed(Outcome.REJECTED, "no address of a file") from None
        if not self._is_media(address):
            raise DeliveryFailed(Outcome.REJECTED, "not an address of Zalo's")
        try:
            return await self._line.download(address, MAX_DOWNLOAD)
        except Refused as refused:
            raise _not_fetched(refused) from None
        except ZaloFailed as failed:
            raise classify(failed, repeatable=True) from None

    def _is_media(self, address: httpx.URL) -> bool:
        """Hosts of our own choice (`media`) may be named with their port, and are then asked without encryption too."""
        host, netloc = address.host.lower(), address.netloc.decode()
        own = netloc in self._media and ":" in netloc
        ours = any(host == each or host.endswith(f".{each}") for each in self._media)
        return own or (ours and address.scheme == "https" and address.port is None and not address.userinfo)

    # groups

    async def facts(self, chat: str) -> ChatFacts:
        raise DeliveryFailed(Outcome.REJECTED, "Zalo does not say who administers a group")

    async def invite_link(self, chat: str, name: str) -> str:
        raise DeliveryFailed(Outcome.REJECTED, "Zalo bots cannot make invitations")

    async def admit(self, chat: str, account: str, *, welcome: bool) -> None:
        raise DeliveryFailed(Outcome.REJECTED, "Zalo bots cannot admit people")

    async def offer_menu(self, entries: Sequence[MenuEntry]) -> None:
        """Zalo has no menu of commands."""


def _number(token: str) -> str:
    """What stands before the colon of a token names the bot and is no secret."""
    number, _, secret = token.partition(":")
    if not number.isdigit() or not secret or not token.isascii() or any(each in token for each in "/?# "):
        raise ValueError("a Zalo bot's token is digits, a colon and its secret")
    return number


async def _post(bot: Connection, chat: str, step: Step) -> str:
    """The message's id. What Zalo calls a bad request is tried once more in a plainer form, where there is one."""
    if not bot.takes_styles and "text_styles" in step.arguments and step.otherwise is not None:
        step = step.otherwise
    try:
        answer = await bot.api.call(step.method, chat_id=chat, **step.arguments)
    except ZaloFailed as failed:
        refusal = classify(failed)
        if refusal.outcome is not Outcome.REJECTED or step.otherwise is None:
            raise refusal from None
    else:
        return str(answer.get("message_id") or "") if isinstance(answer, dict) else ""
    found = await _post(bot, chat, step.otherwise)
    bot.takes_styles = bot.takes_styles and "text_styles" not in step.arguments
    return found


def _not_fetched(refused: Refused) -> DeliveryFailed:
    if refused.code == 429 or refused.code >= 500:
        return classify(refused, repeatable=True)
    return DeliveryFailed(Outcome.REJECTED, "file is too big" if refused.code == 413 else "the file is gone")
