"""Whether the keys in use are those of what is kept: by the keys' ids alone, nothing is opened."""

from dataclasses import dataclass
from itertools import islice

from sqlmodel import Session, col, select

from storage.columns import Secrets
from storage.files import SealedFile
from storage.vault import Vault
from storage.zalo import ZaloSecret

SAMPLE = 100  # of each: a key that was exchanged is missing for all that came before


@dataclass(frozen=True, slots=True)
class Kept:
    """How much was looked at, and how much of it is under a key that is not at hand."""

    looked_at: int
    foreign: int


def look(session: Session, secrets: Secrets, vault: Vault) -> Kept:
    """The oldest and the latest passwords, what Zalo has given, and files of the vault."""
    kept = select(SealedFile.password).where(col(SealedFile.password).is_not(None))
    order = col(SealedFile.id)
    hidden = [
        *session.exec(kept.order_by(order).limit(SAMPLE)).all(),
        *session.exec(kept.order_by(order.desc()).limit(SAMPLE)).all(),
        *session.exec(select(ZaloSecret.hidden).limit(SAMPLE)).all(),
    ]
    known = [secrets.is_known(each) for each in hidden if each]
    known += [vault.is_known(record) for record in islice(vault.names(), SAMPLE)]
    return Kept(len(known), known.count(False))
