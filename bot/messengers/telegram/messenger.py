"""Telegram as a Messenger: what the program asks for, in the Bot API's words."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import telegram
from aiohttp import web
from telegram.constants import ChatAction, ChatMemberStatus
from telegram.error import BadRequest, InvalidToken, TelegramError
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.chat.events import FileRef
from bot.chat.gate import Gate
from bot.chat.messages import Card
from bot.chat.messenger import (
    Address,
    Capabilities,
    ChatFacts,
    DeliveryFailed,
    Intake,
    MenuEntry,
    Outcome,
    Standing,
)
from bot.clock import Clock
from bot.messengers.telegram import errors, menus, outgoing, sending
from bot.messengers.telegram.abilities import CAPABILITIES, MAX_DOWNLOAD
from bot.messengers.telegram.connection import Connection
from bot.messengers.telegram.errors import classified, classify, says
from bot.messengers.telegram.incoming import rights

log = logging.getLogger(__name__)
CLOUD = "https://api.telegram.org"
REMEMBERED = 1000  # cards of which only a part has gone out


@dataclass(frozen=True, slots=True)
class Sent:
    message_id: int


class Telegram:
    """`mode`: `polling`, or `webhook` (then `routes` belong into the web side). Never waits for Telegram to start."""

    def __init__(
        self,
        *,
        token: str,
        api_url: str = CLOUD,
        mode: str = "polling",
        webhook_secret: str = "",
        public_url: str = "",
        proxy: str = "",
        clock: Clock | None = None,
    ) -> None:
        self._connection = Connection(
            token=token,
            api_url=api_url,
            mode=mode,
            secret=webhook_secret,
            public_url=public_url,
            proxy=proxy,
            now=(clock or Clock(ZoneInfo("UTC"))).now,
            met=self._met,
        )
        self._own_server = api_url.rstrip("/") != CLOUD
        self._menu: Sequence[MenuEntry] = ()
        self._begun: OrderedDict[tuple[Address, Card], int] = OrderedDict()

    @property
    def name(self) -> str:
        return "telegram"

    @property
    def capabilities(self) -> Capabilities:
        return CAPABILITIES

    @property
    def standing(self) -> Standing:
        return self._connection.standing

    @property
    def routes(self) -> Sequence[web.AbstractRouteDef]:
        """Empty when polling."""
        return self._connection.routes

    @property
    def _bot(self) -> telegram.Bot:
        return self._connection.bot

    @property
    def _username(self) -> str:
        return self._connection.me.username if self._connection.me else ""

    def fetch_through(self, gate: Gate) -> None:
        self._connection.gate = gate

    async def start(self, intake: Intake) -> None:
        await self._connection.open(intake)

    async def stop(self) -> None:
        await self._connection.close()

    # messages

    async def send(self, to: Address, card: Card, content: bytes | None = None) -> str:
        """A card of several messages that failed in the middle goes on where it stopped when it is sent again."""
        if self._connection.me is None and any(each.start or each.place for row in card.buttons for each in row):
            raise DeliveryFailed(Outcome.TRY_AGAIN, "the bot's name is not known yet")
        steps = sending.steps(to, card, content, self._username)
        done = self._begun.pop((to, card), 0) if self._begun else 0
        message_id = ""
        for number, step in enumerate(steps):
            if number < done:
                continue
            try:
                posted = await self._post(step)
            except DeliveryFailed:
                self._remember(to, card, number)
                raise
            message_id = posted if step.counts or not message_id else message_id
        return message_id

    def _remember(self, to: Address, card: Card, done: int) -> None:
        if done:
            self._begun[to, card] = done
            if len(self._begun) > REMEMBERED:
                self._begun.popitem(last=False)

    async def _post(self, step: sending.Step) -> str:
        call = self._send_message if step.method == "send_message" else getattr(self._bot, step.method)
        with classified():
            try:
                message = await call(**step.arguments)
            except BadRequest as refused:
                if "message_thread_id" not in step.arguments or not says(refused, *errors.NO_THREAD):
                    raise
                elsewhere = {name: value for name, value in step.arguments.items() if name != "message_thread_id"}
                message = await call(**elsewhere)
        return str(message.message_id)

    async def _send_message(self, **arguments: Any) -> "Sent":
        return Sent((await self._ask("sendMessage", arguments))["message_id"])

    async def _ask(self, method: str, arguments: dict[str, Any]) -> Any:
        """As telegram.Bot does it, without making objects of all that is asked and answered: a fifth of its cost."""
        given = [RequestParameter(name, _plain(value), None) for name, value in arguments.items() if value]
        return await self._connection.request.post(f"{self._bot.base_url}/{method}", RequestData(given))

    async def edit(self, to: Address, message_id: str, card: Card) -> None:
        where: dict[str, Any] = {
            "chat_id": to.chat,
            "message_id": int(message_id),
            "reply_markup": outgoing.inline(card, self._username),
        }
        with classified():
            try:
                await self._edit(where, card)
            except BadRequest as refused:
                if not says(refused, errors.NOT_MODIFIED):
                    raise

    async def _edit(self, where: dict[str, Any], card: Card) -> None:
        """Below a file the text is a caption; the card need not say any more that there is a file."""
        ways = [self._edit_text, self._edit_caption]
        if card.file is not None and outgoing.units(card.text) <= outgoing.MAX_CAPTION:
            ways.reverse()
        try:
            await ways[0](where, card)
        except BadRequest as refused:
            if not says(refused, *errors.OTHER_KIND):
                raise
            await ways[1](where, card)

    async def _edit_text(self, where: dict[str, Any], card: Card) -> None:
        await self._ask("editMessageText", where | sending.text(_only(outgoing.pieces(card.parts))))

    async def _edit_caption(self, where: dict[str, Any], card: Card) -> None:
        if outgoing.units(card.text) > outgoing.MAX_CAPTION:
            raise DeliveryFailed(Outcome.REJECTED, "message caption is too long")
        await self._bot.edit_message_caption(**where, **sending.caption(card))

    async def delete(self, to: Address, message_id: str) -> None:
        """A message that is gone already is deleted: the answer to the first try may have been lost."""
        with classified(repeatable=True), errors.unless_said(errors.NOTHING_TO_DELETE):
            await self._bot.delete_message(to.chat, int(message_id))

    async def pin(self, to: Address, message_id: str) -> None:
        with classified(repeatable=True):
            await self._bot.pin_chat_message(to.chat, int(message_id), disable_notification=True)

    async def acknowledge(self, token: str, text: str = "") -> None:
        with classified(repeatable=True), errors.unless_said(*errors.QUERY_TOO_OLD):
            await self._bot.answer_callback_query(token, text=text[:200] or None)

    async def typing(self, to: Address) -> None:
        thread = int(to.thread) if to.thread is not None else None
        with classified(repeatable=True):
            await self._bot.send_chat_action(to.chat, ChatAction.TYPING, message_thread_id=thread)

    # files

    async def fetch(self, file: FileRef) -> bytes:
        if file.size > MAX_DOWNLOAD and not self._own_server:
            raise DeliveryFailed(Outcome.REJECTED, "file is too big")
        with classified(repeatable=True):
            found = await self._bot.get_file(file.id.rpartition(":")[2])
            path = found.file_path or ""
            local = Path(path)
            if local.is_absolute() and await asyncio.to_thread(local.is_file):
                return await asyncio.to_thread(local.read_bytes)
            try:
                return await self._connection.request.retrieve(path)
            except InvalidToken:
                raise DeliveryFailed(Outcome.REJECTED, "the file is gone") from None

    # groups

    async def facts(self, chat: str) -> ChatFacts:
        with classified(repeatable=True):
            admins, known, members = await asyncio.gather(
                self._bot.get_chat_administrators(chat),
                self._bot.get_chat(chat),
                self._bot.get_chat_member_count(chat),
            )
        own = [each for each in admins if self._connection.me and each.user.id == self._connection.me.id]
        return ChatFacts(
            admins=frozenset(str(each.user.id) for each in admins if not each.user.is_bot),
            bot_admin=any(each.status == ChatMemberStatus.ADMINISTRATOR for each in own),
            bot_rights=frozenset().union(*(rights(each) for each in own)),
            members=members,
            forum=bool(known.is_forum),
            auto_delete="message_auto_delete_time" in known.to_dict(),
        )

    async def invite_link(self, chat: str, name: str) -> str:
        with classified(repeatable=True):
            link = await self._bot.create_chat_invite_link(chat, name=name[:32], creates_join_request=True)
        return link.invite_link

    async def admit(self, chat: str, account: str, *, welcome: bool) -> None:
        answer = self._bot.approve_chat_join_request if welcome else self._bot.decline_chat_join_request
        with classified(repeatable=True), errors.unless_said(*errors.ALREADY_ADMITTED):
            await answer(chat, int(account))

    # menu

    async def offer_menu(self, entries: Sequence[MenuEntry]) -> None:
        """Before Telegram has been reached this is only noted, and done then."""
        self._menu = tuple(entries)
        if self._connection.me is not None:
            with classified(repeatable=True):
                await self._send_menu()

    async def _met(self) -> None:
        try:
            await self._send_menu()
        except TelegramError as error:
            log.warning("the menu could not be set: %s", classify(error).reason)

    async def _send_menu(self) -> None:
        """Per kind of chat and language; the first language is also everybody else's."""
        languages = list(dict.fromkeys(entry.language for entry in self._menu))
        scopes: Sequence[tuple[bool, telegram.BotCommandScope]] = (
            (True, telegram.BotCommandScopeAllPrivateChats()),
            (False, telegram.BotCommandScopeAllGroupChats()),
        )
        for private, scope in scopes:
            for code, language in [(None, each) for each in languages[:1]] + [(each, each) for each in languages]:
                commands = menus.commands(self._menu, language, private=private)
                await self._bot.set_my_commands(commands, scope=scope, language_code=code)


def _plain(value: Any) -> Any:
    """As JSON has it."""
    return value.to_dict() if isinstance(value, telegram.TelegramObject) else value


def _only(pieces: Sequence[outgoing.Piece]) -> outgoing.Piece:
    """What is edited stays one message."""
    if len(pieces) != 1:
        raise DeliveryFailed(Outcome.REJECTED, "message is too long" if pieces else "message text is empty")
    return pieces[0]
