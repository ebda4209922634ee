"""A Zalo Official Account behind the port: translate in, translate out, classify errors, nothing else."""

from bot.messengers.zalo_oa.grant import TokenStore
from bot.messengers.zalo_oa.keeper import Notice, Trouble
from bot.messengers.zalo_oa.messenger import ZaloOa
from bot.messengers.zalo_oa.notices import ByPhone
from bot.messengers.zalo_oa.outgoing import Words
from bot.messengers.zalo_oa.sending import Link, Template
from bot.messengers.zalo_oa.windows import ContactStore

__all__ = ["ByPhone", "ContactStore", "Link", "Notice", "Template", "TokenStore", "Trouble", "Words", "ZaloOa"]
