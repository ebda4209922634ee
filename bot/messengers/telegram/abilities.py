"""What Telegram can do, as a bot meets it."""

from bot.chat.messenger import Capabilities
from bot.messengers.telegram import outgoing, sending

MAX_DOWNLOAD = 20 * 1024 * 1024

CAPABILITIES = Capabilities(
    pins=True,
    typing=True,
    join_requests=True,
    knows_admins=True,
    picks_chats=True,
    deep_links=True,
    max_text=outgoing.MAX_TEXT,
    max_upload=sending.MAX_UPLOAD,
    max_download=MAX_DOWNLOAD,
)
"""Made once: every message asks for it several times."""
