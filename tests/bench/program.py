"""The program as `python -m bot run` starts it, for as long as that is not there."""

import asyncio
import signal

from bot.app import App
from bot.clock import Clock
from bot.messengers.telegram import Telegram
from config.settings import Settings


async def _run() -> None:
    settings = Settings()
    telegram = Telegram(
        token=settings.telegram.token.get_secret_value(),
        api_url=settings.telegram.api_url,
        mode=settings.telegram.mode,
        webhook_secret=settings.telegram.webhook_secret.get_secret_value(),
        public_url=settings.web.public_url,
    )
    app = App(settings, [telegram], clock=Clock(settings.zone), routes=telegram.routes)
    ended = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
    await app.start()
    await ended.wait()
    await app.stop()


if __name__ == "__main__":
    asyncio.run(_run())
