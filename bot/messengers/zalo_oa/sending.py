"""Posting messages: by the version the account's kind may use, never twice, and by template outside the window."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot.chat.messages import Attachment, Card
from bot.chat.messenger import Address, DeliveryFailed, Outcome
from bot.messengers.zalo_oa import files, outgoing
from bot.messengers.zalo_oa.account import number
from bot.messengers.zalo_oa.client import Client, Json
from bot.messengers.zalo_oa.errors import ATTACHMENT_EXPIRED, BAD_PARAMETER, V2_CLOSED, WRONG_KIND, OaRefusal
from bot.messengers.zalo_oa.files import Uploads
from bot.messengers.zalo_oa.keeper import Keeper

V2, V3 = "v2", "v3"
PATHS = {V2: "/v2.0/oa/message", V3: "/v3.0/oa/message/cs"}
GROUP_PATH = "/v3.0/oa/group/message"
TEMPLATE_PATH = "/v3.0/oa/message/template"

Link = Callable[[Address, Attachment, bytes], Awaitable[str]]
"""Puts a file behind an address of our own that this chat may open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """The approved template for those outside the window: its id and the one field that says what it is about."""

    id: str
    field: str
    longest: int = 30

    def filled(self, card: Card) -> dict[str, str]:
        """Says only that there is something: the first line, clipped."""
        line = next((each.strip() for each in card.text.splitlines() if each.strip()), "")
        return {self.field: line[: self.longest]}


class Sending:
    """All calls raise DeliveryFailed."""

    def __init__(self, client: Client, keeper: Keeper, uploads: Uploads) -> None:
        self._client, self._keeper, self._uploads = client, keeper, uploads
        self.quotas: dict[str, int] = {}
        """What is left of the package's messages, by kind, as the last answers said."""

    async def post(self, to: Address, message: Json) -> str:
        """The message's id. Buttons that Zalo does not take are left away: the answers can be typed."""
        try:
            return await self._post(to, message)
        except OaRefusal as refused:
            shown = message.get("attachment", {}).get("payload", {})
            if refused.code != BAD_PARAMETER or "buttons" not in shown:
                raise
        return await self._post(to, {name: value for name, value in message.items() if name != "attachment"})

    async def post_file(self, to: Address, name: str, content: bytes) -> str:
        """For a file Zalo takes by upload; an upload that has expired meanwhile is made once more."""
        try:
            return await self._post(to, await self._file_message(name, content))
        except OaRefusal as refused:
            if refused.code != ATTACHMENT_EXPIRED:
                raise
        self._uploads.forget(name, content)
        return await self._post(to, await self._file_message(name, content))

    async def post_template(self, person: str, template: Template, card: Card) -> str:
        """By the id Zalo gave this person; never for a secret."""
        body = {"user_id": person, "template_id": template.id, "template_data": template.filled(card)}
        return self._noted(await self._client.send(TEMPLATE_PATH, body))

    async def _file_message(self, name: str, content: bytes) -> Json:
        if files.is_image(name, len(content)):
            return outgoing.image_message(await self._uploads.image(name, content))
        return outgoing.file_message(await self._uploads.file(name, content))

    async def _post(self, to: Address, message: Json) -> str:
        if not to.private:
            body = {"recipient": {"group_id": to.chat}, "message": message}
            return self._noted(await self._client.send(GROUP_PATH, body))
        body = {"recipient": {"user_id": to.chat}, "message": message}
        known = await self._keeper.version()
        speaks = known or V3
        try:
            answer = await self._client.send(PATHS[speaks], body)
        except OaRefusal as refused:
            if speaks == V2 and refused.code == V2_CLOSED:
                await self._keeper.remember("")
            if speaks == V2 or refused.code != WRONG_KIND:
                raise
            return await self._post_v2(body)
        if not known:
            await self._keeper.remember(speaks)
        return self._noted(answer)

    async def _post_v2(self, body: Json) -> str:
        """The way of state agencies; a refusal that is about the person shows as well that it is the right way."""
        try:
            answer = await self._client.send(PATHS[V2], body)
        except OaRefusal as refused:
            if refused.outcome is Outcome.GONE:
                await self._keeper.remember(V2)
            raise
        await self._keeper.remember(V2)
        return self._noted(answer)

    def _noted(self, answer: Any) -> str:
        """Keeps what the answer says of the package's quota (that of replies is each person's own)."""
        if not isinstance(answer, dict):
            raise DeliveryFailed(Outcome.UNCLEAR, "the answer names no message")
        quota = answer.get("quota")
        if isinstance(quota, dict) and quota.get("quota_type") not in (None, "reply"):
            self.quotas[str(quota["quota_type"])] = number(quota.get("remain"))
        return str(answer.get("message_id") or answer.get("msg_id") or "")
