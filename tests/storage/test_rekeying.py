"""A new key takes over: files and kept secrets, also those on their way out; running it again changes nothing."""

from datetime import UTC, datetime
from pathlib import Path

from sqlmodel import Session

from bot.chat.messages import Card, Part
from bot.engine import kept
from storage import outbox, schema, zalo
from storage.columns import Secrets
from storage.database import Database
from storage.keyring import KeyRing
from storage.outbox import Act, OutboxRow, Priority
from storage.rekeying import rekey
from storage.vault import Vault

OLD, NEW = KeyRing([bytes(32)]), KeyRing([bytes(range(32))])
BOTH = KeyRing([bytes(range(32)), bytes(32)])
NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
CARD = Card(parts=(Part("mật khẩu"),), secret=True)


def filled(session: Session) -> None:
    zalo.replace(session, Secrets(OLD), "tokens", 0, "the token")
    row = {
        "messenger": "paper",
        "chat": "1",
        "private": True,
        "act": Act.SEND,
        "card": kept.to_row(CARD, Secrets(OLD)),
        "priority": Priority.REPLY,
        "attempts": 0,
        "created_at": NOW,
        "ready_at": NOW,
    }
    outbox.put(session, row)


def test_everything_goes_over_to_the_new_key(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/rekey.sqlite")
    schema.bring_up_to_date(database.engine)
    database.run_now(filled)
    record = Vault(tmp_path / "vault", OLD).put(b"content")
    vault = Vault(tmp_path / "vault", BOTH)
    assert rekey(database, vault, Secrets(BOTH)) == (1, 2)
    assert rekey(database, vault, Secrets(BOTH)) == (0, 0)
    assert Vault(tmp_path / "vault", NEW).get(record) == b"content"
    assert database.run_now(lambda session: zalo.read(session, Secrets(NEW), "tokens")) == (1, "the token")
    waiting = database.run_now(lambda session: session.get_one(OutboxRow, 1).card)
    assert kept.from_row(waiting or "", Secrets(NEW)) == CARD
    database.close()
