"""Outside the seven-day window: only the approved template arrives, by user id, else by phone number."""

from bot.chat.messages import Card
from bot.chat.messenger import Address, DeliveryFailed, Outcome
from bot.messengers.zalo_oa.notices import Notices
from bot.messengers.zalo_oa.sending import Sending, Template


class Outside:
    """Either may be missing. Never with a secret."""

    def __init__(self, sending: Sending, template: Template | None, notices: Notices | None) -> None:
        self._sending, self._template, self.notices = sending, template, notices

    async def post(self, to: Address, card: Card) -> str:
        template = self._template
        if template is None:
            raise DeliveryFailed(Outcome.GONE, "window")
        if card.secret:
            raise DeliveryFailed(Outcome.GONE, "window", stays=True)
        try:
            return await self._sending.post_template(to.chat, template, card)
        except DeliveryFailed as failure:
            if self.notices is None or failure.outcome not in (Outcome.GONE, Outcome.REJECTED):
                raise
        return await self.notices.post(to.chat, template.filled(card), template.id, card)
