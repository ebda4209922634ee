"""The yardstick: a bare echo bot of python-telegram-bot with its default request, fed by a webhook.

`at-once` handles an update before it confirms it, as many together as Telegram brings. `in-turn` confirms first and
takes them from memory one after the other (python-telegram-bot's default): what waits is lost when it ends.
"""

import asyncio
import sys
from typing import Any

from aiohttp import web
from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

TOKEN = "7000000001:AAFakeTokenForBench-0123456789abcdef"


async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    if update.message is not None:
        await update.message.reply_text(update.message.text or "")


async def serve(api: str, way: str) -> None:
    application: Any = Application.builder().token(TOKEN).base_url(f"{api}/bot").updater(None).build()
    application.add_handler(MessageHandler(filters.ALL, echo))
    await application.initialize()
    await application.start()

    async def hook(request: web.Request) -> web.Response:
        update = Update.de_json(await request.json(), application.bot)
        await (application.process_update(update) if way == "at-once" else application.update_queue.put(update))
        return web.Response()

    site = web.Application()
    site.add_routes([web.post("/hooks/telegram", hook)])
    runner = web.AppRunner(site, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(*sys.argv[1:]))
