"""A one-time code said in two chats at one moment, which two transactions handle: it is good once."""

import asyncio
import threading
from datetime import timedelta

from sqlmodel import Session

from storage import codes
from storage.codes import CodeKind
from tests.replicas.conftest import Pair
from tests.stage import FRIDAY


async def test_of_two_who_say_it_at_one_moment_one_is_right(pair: Pair) -> None:
    until = FRIDAY + timedelta(minutes=10)
    said = await pair.a.database.run(lambda session: codes.make(session, CodeKind.SETUP, until))
    both = threading.Barrier(2)

    def redeem(session: Session) -> bool:
        session.connection()
        both.wait(60)
        good = codes.redeem(session, CodeKind.SETUP, said, FRIDAY) is not None
        threading.Event().wait(0.3)  # the other has looked by now, or waits for us
        return good

    good = await asyncio.gather(pair.a.database.run(redeem), pair.b.database.run(redeem))
    assert sorted(good) == [False, True]
