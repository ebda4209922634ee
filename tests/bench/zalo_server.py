"""`python -m tests.bench.zalo_server GROUPS`: the fake Official Account with people and groups; says where and who."""

import asyncio
import json
import sys
from datetime import UTC, datetime

from tests.bench.seed import STAFF
from tests.fakes.zalooa import FakeZaloOa

PER_MINUTE = 1_000_000  # Zalo's own limit is on what is sent, and here what comes in is measured


async def _serve(groups: int) -> None:
    async with FakeZaloOa(now=lambda: datetime.now(UTC)) as api:  # noqa: TID251, RUF100 - on the machine's own clock
        api.per_minute = PER_MINUTE
        made = []
        for number in range(groups):
            people = [api.person(f"Nguyễn Văn {number}.{place}", alive=True) for place in range(STAFF + 1)]
            group = api.group(f"Tổ {number}", people)
            made.append({"group": group.id, "people": [each.id for each in people]})
        told = {"url": api.url, "refresh": api.oauth.pair()["refresh_token"], "offices": made}
        print(json.dumps(told), flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_serve(int(sys.argv[1])))
