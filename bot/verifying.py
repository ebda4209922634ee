"""`giaoban verify`: whether the audit chain, the database and the vault are whole, and what was checked."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from cryptography.exceptions import InvalidTag
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlmodel import Session

from bot.troubles import OTHER_KEY
from config.settings import Settings
from storage import audit, backlog, dumping, files, letters, schema
from storage.database import Database
from storage.keyring import KeyRing
from storage.migrations import HEAD
from storage.vault import Vault, VaultBroken

Say = Callable[[str], None]


def verify(settings: Settings, say: Say) -> int:
    """0 when everything holds, 1 otherwise; every line says what was looked at."""
    if (archive := settings.data_dir / dumping.NAME).exists():
        return _told(_dumped(archive, settings), say)
    url = make_url(settings.database)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        say(f"FAIL database: there is none at {url.database}")
        return 1
    engine = backlog.open_to_read(settings.database)  # whoever serves goes on writing, a backup stays as it is
    try:
        with Session(engine) as session:
            known = schema.revision(session.connection())
            if known is None:
                say("FAIL database: it has none of this program's tables; look at GIAOBAN_DATA_DIR")
                return 1
            vault = _vault(session, settings) if known >= HEAD else _every_file(settings)
            results = [_database(session), _audit(session), vault]
    finally:
        engine.dispose()
    return _told(results, say)


def _told(results: Sequence[tuple[bool, str]], say: Say) -> int:
    for fine, line in results:
        say(("ok   " if fine else "FAIL ") + line)
    return 0 if all(fine for fine, _ in results) else 1


def _dumped(archive: Path, settings: Settings) -> list[tuple[bool, str]]:
    """A backup of PostgreSQL: its rows can be looked at only once it is restored."""
    trouble = dumping.broken(archive)
    dump = trouble is None, f"dump: {trouble or 'readable; restored into an empty database, verify looks at its rows'}"
    return [dump, _every_file(settings)]


def _every_file(settings: Settings) -> tuple[bool, str]:
    """Where rows cannot be asked which files there should be: in a dump, and in an older version's tables."""
    if not settings.secret_key.get_secret_value():
        return False, "vault: not opened, GIAOBAN_SECRET_KEY is missing"
    vault = Vault(settings.data_dir / "vault", KeyRing(settings.keys))
    records = vault.records()
    bad = list(_unreadable(vault, records))
    if foreign := _foreign(vault, bad):
        return False, f"vault: {foreign} of {len(records)} files are under another key: {OTHER_KEY}"
    return not bad, f"vault: {len(records)} files, " + (f"{len(bad)} of them changed" if bad else "each opened")


def _database(session: Session) -> tuple[bool, str]:
    if session.get_bind().dialect.name != "sqlite":
        session.execute(text("SELECT 1"))
        return True, "database: answers"
    found = session.execute(text("PRAGMA integrity_check")).scalar()
    dangling = session.execute(text("PRAGMA foreign_key_check")).all()
    if found != "ok" or dangling:
        return False, f"database: integrity {found}, {len(dangling)} rows that point nowhere"
    return True, "database: integrity and every reference between rows"


def _audit(session: Session) -> tuple[bool, str]:
    broken = list(audit.breaks(session))
    count = audit.count(session)
    if broken:
        return False, f"audit: the chain of {count} entries breaks at entry {broken[0]} ({len(broken)} in all)"
    return True, f"audit: the chain of {count} entries, hash by hash"


def _vault(session: Session, settings: Settings) -> tuple[bool, str]:
    wanted = _wanted(session)
    if not settings.secret_key.get_secret_value():
        return not wanted, f"vault: {len(wanted)} files not opened, GIAOBAN_SECRET_KEY is missing"
    vault = Vault(settings.data_dir / "vault", KeyRing(settings.keys))
    bad = list(_unreadable(vault, wanted))
    if bad:  # what was forgotten while we looked is not missing
        session.rollback()
        bad = sorted({*bad} & {*_wanted(session)})
    if foreign := _foreign(vault, bad):
        return False, f"vault: {foreign} of {len(wanted)} files are under another key: {OTHER_KEY}"
    if bad:
        return False, f"vault: {len(bad)} of {len(wanted)} files missing or changed"
    return True, f"vault: {len(wanted)} files, each opened"


def _wanted(session: Session) -> list[str]:
    return sorted({*files.records(session), *letters.records(session)})


def lacking(database: Database, settings: Settings) -> int:
    """How many files of the database are not in this vault."""
    wanted = database.run_now(lambda session: {*files.records(session), *letters.records(session)})
    return len(wanted - set(Vault(settings.data_dir / "vault", KeyRing(settings.keys)).records()))


def _unreadable(vault: Vault, records: Iterable[str]) -> Iterable[str]:
    for record in records:
        try:
            vault.get(record)
        except (OSError, VaultBroken, InvalidTag):
            yield record


def _foreign(vault: Vault, records: Iterable[str]) -> int:
    """Of those that cannot be read, how many lack nothing but their key."""
    return sum(vault.has(record) and not vault.is_known(record) for record in records)
