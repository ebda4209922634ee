"""Zalo Bot behind the port: translate in, translate out, classify errors, nothing else."""

from bot.messengers.zalo_bot.messenger import ZaloBot
from bot.messengers.zalo_bot.usage import Nearly, Usage

__all__ = ["Nearly", "Usage", "ZaloBot"]
