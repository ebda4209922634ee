"""Telegram behind the port: translate in, translate out, classify errors, nothing else."""

from bot.messengers.telegram.messenger import Telegram

__all__ = ["Telegram"]
