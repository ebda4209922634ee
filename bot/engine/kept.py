"""Cards as rows keep them: JSON, and encrypted where the card is secret, so that no file ever holds it in clear."""

from bot.chat import messages
from bot.chat.messages import Card
from storage.columns import Secrets
from storage.rekeying import CARD as _HIDDEN
from storage.rekeying import CARD_PLACE as _PLACE


def to_row(card: Card, secrets: Secrets) -> str:
    written = messages.to_json(card)
    return _HIDDEN + secrets.hide(written, _PLACE) if card.secret else written


def from_row(written: str, secrets: Secrets) -> Card:
    """Raises storage.columns.SecretBroken when the key is another one."""
    if written.startswith(_HIDDEN):
        written = secrets.show(written.removeprefix(_HIDDEN), _PLACE)
    return messages.from_json(written)
