"""Official e-mail behind the port: it only sends, over an encrypted connection whose certificate is checked."""

from bot.messengers.mail.messenger import Mail

__all__ = ["Mail"]
