"""Everything encrypted at rest goes over to the present key of the ring; may be broken off and run again."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session, col, select

from storage import files
from storage.columns import Secrets
from storage.database import Database
from storage.files import FileRecipient, SealedFile
from storage.outbox import OutboxRow
from storage.vault import Vault
from storage.zalo import ZaloSecret

CARD, CARD_PLACE = "hidden:", "outbox"
"""How a waiting card with a secret is marked in its row, and the place it is bound to."""


def rekey(database: Database, vault: Vault, ring_secrets: Secrets) -> tuple[int, int]:
    """(files rewrapped, secrets in rows encrypted anew). Each row and each record is changed in one step."""
    secrets = database.run_now(lambda session: _rows(session, ring_secrets))
    return sum(vault.rewrap(record) for record in vault.records()), secrets


def _rows(session: Session, secrets: Secrets) -> int:
    changed = 0
    for row, name, place in _hidden(session):
        hidden = getattr(row, name)
        if hidden and not secrets.is_current(hidden):
            setattr(row, name, secrets.hide(secrets.show(hidden, place), place))
            changed += 1
    return changed + _waiting(session, secrets)


def _waiting(session: Session, secrets: Secrets) -> int:
    """Cards with secrets that have not gone out yet."""
    found = session.exec(select(OutboxRow).where(col(OutboxRow.card).startswith(CARD))).all()
    stale = [row for row in found if not secrets.is_current((row.card or "").removeprefix(CARD))]
    for row in stale:
        said = secrets.show((row.card or "").removeprefix(CARD), CARD_PLACE)
        row.card = CARD + secrets.hide(said, CARD_PLACE)
    return len(stale)


def _hidden(session: Session) -> Sequence[tuple[Any, str, str]]:
    """Every kept secret: its row, its column and the place it is bound to."""
    sealed = session.exec(select(SealedFile).where(col(SealedFile.password).is_not(None))).all()
    own = session.exec(select(FileRecipient).where(col(FileRecipient.password).is_not(None))).all()
    tokens = session.exec(select(ZaloSecret)).all()
    return [
        *((row, "password", files.place_of(row.id or 0)) for row in sealed),
        *((row, "password", files.place_of(row.file_id, row.person_id)) for row in own),
        *((row, "hidden", row.name) for row in tokens),
    ]
