"""From a card to the calls that post it: the file first, the words with the buttons last."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from bot.chat.events import FileRef
from bot.chat.messages import Card, Part
from bot.chat.messenger import Address, DeliveryFailed, Outcome
from bot.messengers.zalo_oa import files, outgoing
from bot.messengers.zalo_oa.client import Json
from bot.messengers.zalo_oa.incoming import MESSENGER
from bot.messengers.zalo_oa.outgoing import Words
from bot.messengers.zalo_oa.sending import Link, Sending

Step = Callable[[], Awaitable[str]]


class Parcels:
    """`fetch` brings a file that lies with Zalo already; `link` carries what Zalo does not take."""

    def __init__(
        self, sending: Sending, *, words: Words, link: Link | None, fetch: Callable[[FileRef], Awaitable[bytes]]
    ) -> None:
        self._sending, self._words, self._link, self._fetch = sending, words, link, fetch

    async def steps(self, to: Address, card: Card, content: bytes | None) -> Sequence[Step]:
        """Each gives its message's id. Raises DeliveryFailed for what cannot be sent at all."""
        steps: list[Step] = []
        if card.file is not None:
            name, data = card.file.name, content if content is not None else await self._content(card.file.ref)
            if files.is_uploadable(name, len(data)) or files.is_image(name, len(data)):
                steps.append(lambda: self._sending.post_file(to, name, data))
            else:
                card = await self._with_link(to, card, data)
        said = outgoing.messages(card, self._words, private=to.private)
        steps.extend(self._poster(to, message) for message in said)
        if not steps:
            raise DeliveryFailed(Outcome.REJECTED, "message text is empty")
        return steps

    def _poster(self, to: Address, message: Json) -> Step:
        return lambda: self._sending.post(to, message)

    async def _content(self, ref: str | None) -> bytes:
        if ref is None:
            raise DeliveryFailed(Outcome.REJECTED, "the file has no content")
        return await self._fetch(FileRef(messenger=MESSENGER, id=ref, name=""))

    async def _with_link(self, to: Address, card: Card, content: bytes) -> Card:
        if card.file is None or self._link is None:
            raise DeliveryFailed(Outcome.REJECTED, "this kind of file cannot be sent")
        url = await self._link(to, card.file, content)
        gap = "\n" if card.text else ""
        return replace(card, parts=(*card.parts, Part(f"{gap}{card.file.name}\n{url}")), file=None)
