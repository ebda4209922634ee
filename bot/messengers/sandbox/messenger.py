"""The sandbox as a messenger: what the bot says appears on the page, what the page's people do becomes events."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.chat.events import Event, FileRef, Noticed, Pressed, Reached, Said
from bot.chat.messages import Card, plain
from bot.chat.messenger import Address, Capabilities, ChatFacts, DeliveryFailed, Intake, MenuEntry, Outcome, Standing
from bot.chat.numbered import in_words
from bot.messengers.sandbox.world import (
    BOT,
    GROUP,
    NAME,
    PLAIN,
    RIGHTS,
    USUAL,
    Impossible,
    Json,
    Message,
    Persona,
    StoredFile,
    TourStep,
    World,
    addresses_bot,
    moment_meant,
    split,
)

Listener = Callable[[Json | None], None]
"""Is told what changed on the page; None: the sandbox closes."""


class Sandbox:
    """Implements Messenger. `turn` turns the program's clock and lets happen what is due; `texts` go to the page."""

    name = NAME

    def __init__(
        self,
        *,
        personas: Sequence[Persona],
        group_title: str,
        turn: Callable[[datetime], Awaitable[None]],
        now: Callable[[], datetime],
        zone: ZoneInfo,
        tour: Sequence[TourStep] = (),
        texts: Mapping[str, str] | None = None,
        samples: Mapping[str, bytes] | None = None,
        hint: str = "",
    ) -> None:
        self.world = World(personas, group_title, run=secrets.token_hex(4))
        self._turn, self._now, self._zone = turn, now, zone
        self._tour, self._texts = tuple(tour), dict(texts or {})
        self.samples = dict(samples or {})
        self._hint, self.plainly = hint, False
        self._menu: Sequence[MenuEntry] = ()
        self._intake: Intake | None = None
        self._listeners: set[Listener] = set()
        self._turning = asyncio.Lock()

    # the port

    @property
    def capabilities(self) -> Capabilities:
        return PLAIN if self.plainly else USUAL

    @property
    def standing(self) -> Standing:
        return Standing(ready=self._intake is not None, problem="" if self._intake else "not started", name=NAME)

    async def start(self, intake: Intake) -> None:
        """Says first whose private chats stand open from the beginning."""
        self._intake = intake
        people = [each for each in self.world.personas.values() if each.started]
        await intake([self._event(Reached, each, each.id, open=True) for each in people])

    async def stop(self) -> None:
        """Lets every open page go, so that the web side need not wait for them."""
        self._intake = None
        self._tell(None)

    async def send(self, to: Address, card: Card, content: bytes | None = None) -> str:
        self._refuse_unreachable(to)
        card = in_words(card, self._hint) if self.plainly else card
        *before, last = split(card.parts, self.capabilities.max_text)
        for page in before:
            self._post(to.chat, Card(parts=page, reply_to=card.reply_to))
        return self._post(to.chat, replace(card, parts=last), file=self._sent_file(card, content)).id

    async def edit(self, to: Address, message_id: str, card: Card) -> None:
        self._refuse_unreachable(to)
        message = self._own(to, message_id)
        if self.plainly:
            raise DeliveryFailed(Outcome.REJECTED, "messages cannot be edited here")
        if len(card.text) > self.capabilities.max_text:
            raise DeliveryFailed(Outcome.REJECTED, "message is too long")
        if message.card != card:
            message.card, message.edited = card, True
            self._show(message)

    async def delete(self, to: Address, message_id: str) -> None:
        message = self._standing_message(to, message_id)
        self.world.remove(message)
        self._tell({"type": "delete", "chat": message.chat, "message": message.id})

    async def pin(self, to: Address, message_id: str) -> None:
        message = self._standing_message(to, message_id)
        message.pinned = True
        self._show(message)

    async def fetch(self, file: FileRef) -> bytes:
        found = self.world.file(file.id)
        if found is None:
            raise DeliveryFailed(Outcome.REJECTED, "file is no longer kept")
        if len(found.content) > self.capabilities.max_download:
            raise DeliveryFailed(Outcome.REJECTED, "file is too big")
        return found.content

    async def acknowledge(self, token: str, text: str = "") -> None:
        """A press's token is its persona."""
        self._tell({"type": "toast", "persona": token, "text": text})

    async def typing(self, to: Address) -> None:
        self._tell({"type": "typing", "chat": to.chat})

    async def facts(self, chat: str) -> ChatFacts:
        if chat != GROUP:
            raise DeliveryFailed(Outcome.REJECTED, "no such group")
        people = self.world.personas.values()
        admins = frozenset(each.id for each in people if each.admin)
        return ChatFacts(admins=admins, bot_admin=True, bot_rights=RIGHTS, members=len(people) + 1)

    async def invite_link(self, chat: str, name: str) -> str:
        raise DeliveryFailed(Outcome.REJECTED, "nobody joins the sandbox by a link")

    async def admit(self, chat: str, account: str, *, welcome: bool) -> None:
        raise DeliveryFailed(Outcome.REJECTED, "nobody asks to join the sandbox")

    async def offer_menu(self, entries: Sequence[MenuEntry]) -> None:
        self._menu = tuple(entries)
        self._tell({"type": "commands", "commands": self._commands})

    # the page's people; all raise Impossible

    async def say(
        self,
        persona: str,
        chat: str,
        text: str,
        *,
        reply_to: str | None = None,
        named: Sequence[str] = (),
        file: StoredFile | None = None,
    ) -> None:
        """`chat` is `group` or `private`; `named` are personas mentioned by name, not by username."""
        who = self._person(persona)
        place = GROUP if chat == GROUP else who.id
        before = self._opened(who) if place != GROUP else []
        reply = self.world.find(place, reply_to)
        ref = file.ref if file else None
        said = self._post(place, replace(plain(text), reply_to=reply.id if reply else None), sender=who, file=ref)
        if place == GROUP and not addresses_bot(text, reply, numbers=self.plainly):
            await self._take([self._event(Noticed, who, place, message_id=said.id, file=ref)])
            return
        event = self._event(
            Said,
            who,
            place,
            message_id=said.id,
            text=text,
            mentions=self.world.mentions(text, named),
            reply=reply.quoted if reply else None,
            file=ref,
        )
        await self._take([*before, event])

    async def press(self, persona: str, chat: str, message_id: str, action: str) -> None:
        who = self._person(persona)
        place = GROUP if chat == GROUP else who.id
        message = self.world.find(place, message_id)
        if message is None or action not in {each.action for each in message.card.actions}:
            raise Impossible("gone")
        await self._take([self._event(Pressed, who, place, action=action, message_id=message_id, token=who.id)])

    async def open_private(self, persona: str, payload: str = "") -> None:
        """Opens the private chat, as the messenger's start button does."""
        await self.say(persona, "private", f"/start {payload}".strip())

    async def upload(
        self, persona: str, chat: str, name: str, content: bytes, *, mime: str, caption: str, reply_to: str | None
    ) -> None:
        self._person(persona)
        await self.say(persona, chat, caption, reply_to=reply_to, file=self.world.keep(name, content, mime))

    def show_plainly(self, on: bool) -> None:
        self.plainly = on  # as on Zalo: no buttons, nothing that was said changes, answers are numbers
        self._tell({"type": "plain", "on": on})

    async def turn_clock(self, to: str) -> None:
        """`+1h`, `+30m`, `+2d`, `07:30` (the next one) or an ISO instant; forward only."""
        async with self._turning:
            moment = moment_meant(to, self._now().astimezone(self._zone))
            if moment is None:
                raise Impossible("clock")
            await self._turn(moment)
            self._tell({"type": "clock", "now": self._now().isoformat()})

    @property
    def state(self) -> Json:
        """What a page needs that opens."""
        return {
            "type": "state",
            **self.world.shown,
            "bot": BOT,
            "plain": self.plainly,
            "clock": self._now().isoformat(),
            "zone": self._zone.key,
            "commands": self._commands,
            "tour": [step.shown for step in self._tour],
            "texts": self._texts,
        }

    def listen(self, listener: Listener) -> Callable[[], None]:
        """From now on `listener` is told of every change; the function returned ends it."""
        self._listeners.add(listener)
        return lambda: self._listeners.discard(listener)

    # inside

    async def _take(self, events: Sequence[Event]) -> None:
        if self._intake is None:
            raise Impossible("closed")
        await self._intake(events)

    def _opened(self, who: Persona) -> list[Event]:
        if who.id in self.world.started:
            return []
        self.world.started.add(who.id)
        self._tell({"type": "started", "persona": who.id})
        return [self._event(Reached, who, who.id, open=True)]

    def _event(self, kind: type[Any], who: Persona, chat: str, **facts: Any) -> Any:
        place = self.world.chat(chat)
        return kind(key=self.world.next_id(), at=self._now(), chat=place, sender=who.sender, **facts)

    def _person(self, persona: str) -> Persona:
        found = self.world.personas.get(persona)
        if found is None:
            raise Impossible("gone")
        return found

    def _post(self, chat: str, card: Card, *, sender: Persona | None = None, file: FileRef | None = None) -> Message:
        message = self.world.post(chat, card, self._now(), sender=sender, file=file)
        self._tell({"type": "message", "chat": chat, "message": message.shown})
        return message

    def _show(self, message: Message) -> None:
        self._tell({"type": "edit", "chat": message.chat, "message": message.shown})

    def _tell(self, news: Json | None) -> None:
        for listener in tuple(self._listeners):
            listener(news)

    def _sent_file(self, card: Card, content: bytes | None) -> FileRef | None:
        if card.file is None:
            return None
        if content is not None:
            return self.world.keep(card.file.name, content, card.file.mime).ref
        known = self.world.file(card.file.ref or "")
        if known is None:
            raise DeliveryFailed(Outcome.REJECTED, "file is no longer kept")
        return replace(known.ref, name=card.file.name)

    def _refuse_unreachable(self, to: Address) -> None:
        known = to.chat == GROUP or to.chat in self.world.personas
        if not known:
            raise DeliveryFailed(Outcome.GONE, "no such chat")
        if to.chat != GROUP and to.chat not in self.world.started:
            raise DeliveryFailed(Outcome.GONE, "the private chat was never opened")

    def _standing_message(self, to: Address, message_id: str) -> Message:
        message = self.world.find(to.chat, message_id)
        if message is None:
            raise DeliveryFailed(Outcome.REJECTED, "message not found")
        return message

    def _own(self, to: Address, message_id: str) -> Message:
        message = self._standing_message(to, message_id)
        if message.sender is not None:
            raise DeliveryFailed(Outcome.REJECTED, "message is not the bot's")
        return message

    @property
    def _commands(self) -> list[Json]:
        return [asdict(each) for each in self._menu]
