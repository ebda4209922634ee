"""Stacks are given to the part of an `/assign` that they belong to, and drawn."""

from tests.bench import flame, sampling
from tests.bench.sampling import Part

ROOT = "Thread._bootstrap (threading.py:1002);_OneWriter._work (storage/database.py:153)"
HANDLED = (
    f"{ROOT};_in_session (storage/database.py:207);Inbox._step (bot/engine/inbox.py:194);put (storage/outbox.py:9)"
)
TAKEN = "run (bot/cli.py:27);RequestHandler.start (aiohttp/web_protocol.py:7);Webhook._receive (bot/x.py:5)"
SENT = "run (bot/cli.py:27);Sender._deliver (bot/delivery/sender.py:218)"
RAW = "\n".join(
    (
        f"{HANDLED} 30",
        f"{ROOT};_commit_together (storage/database.py:176);commit (x.py:1) 10",
        f"{ROOT} 500",
        f"{TAKEN} 20",
        f"{SENT} 60",
        "run (bot/cli.py:27);EpollSelector.select (selectors.py:468) 900",
    )
)


def test_each_part_gets_its_share_of_its_threads_processor_time() -> None:
    found = sampling.apart(sampling.weighed(RAW, first=8.0, others=2.0)).told(1000)
    assert found["event_us"] == 200
    assert found["delivery_us"] == 600
    assert found["transaction_us"] == 150
    assert found["commit_us"] == 50
    assert found["rest_us"] == 0


def test_what_a_handler_puts_into_the_outbox_belongs_to_its_transaction() -> None:
    assert sampling.part_of(tuple(HANDLED.split(";"))) is Part.TRANSACTION


def test_the_picture_names_the_parts_and_the_functions() -> None:
    drawn = flame.picture(sampling.weighed(RAW, 8.0, 2.0), sampling.part_of)
    assert drawn.startswith("<svg")
    for name in ("delivery 60%", "transaction 15%", "Sender._deliver (bot/delivery/sender.py)"):
        assert name in drawn
    assert "threading.py" not in drawn
