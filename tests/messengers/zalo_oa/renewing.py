"""A process of its own that renews tokens, to be killed in the middle; prints what the operator is told."""

import asyncio
import sys
from datetime import datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

import httpx

from bot.messengers.zalo_oa.keeper import Keeper, Notice
from bot.messengers.zalo_oa.oauth import OAuth
from storage import zalo
from storage.base import metadata
from storage.columns import Secrets
from storage.database import Database
from tests.fakes.zalooa import APP_ID, APP_SECRET


async def renew(url: str, database_url: str, now: str, first: str) -> None:
    database = Database(database_url)
    metadata.create_all(database.engine)
    store = zalo.SecretText(database, Secrets(bytes(32)), zalo.TOKENS)
    said: list[str] = []

    async def tell(notice: Notice) -> None:
        said.append(notice.trouble)

    async with httpx.AsyncClient() as http:
        oauth = OAuth(http, url=url, app_id=APP_ID, app_secret=APP_SECRET)
        moment = datetime.fromisoformat(now)
        keeper = Keeper(store, oauth, now=lambda: moment, tell=tell, first_refresh=first)
        await keeper.tick()
        sys.stdout.write(" ".join(["access" if await keeper.access() else "none", *said]))
        await keeper.close()
    database.close()


asyncio.run(renew(*sys.argv[1:5]))
