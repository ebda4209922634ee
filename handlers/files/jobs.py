"""Sealing itself, apart from the conversation: fetched, inspected, sealed, or its sender asked about a scan."""

import logging
import traceback
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

from bot.chat.events import FileRef
from bot.chat.messenger import DeliveryFailed, Outcome
from bot.engine.features import Desk, Due, Finish
from bot.engine.work import Work
from handlers.files import cards, rules
from handlers.files.commands import give_up
from handlers.files.feature import feature
from handlers.files.handing_out import being_sealed, publish
from handlers.files.sealing import LIMITS, Inspection, Reason, Refused, Sealed, seal_many
from handlers.files.sealing import seal as put_under_password
from handlers.files.sealing.apart import InspectionFailed, inspect
from storage import files
from storage.files import FileState
from storage.vault import Vault

log = logging.getLogger(__name__)
_MAY_STILL_COME = (Outcome.TRY_AGAIN, Outcome.SLOW_DOWN, Outcome.UNCLEAR)


class NotThisOne(Exception):
    """Of several files one is refused, and the others with it."""

    def __init__(self, reason: Reason, name: str) -> None:
        super().__init__(str(reason))
        self.reason, self.name = reason, name


class SealingFailed(Exception):
    """A bug met while sealing; told without the message of the first error, which may hold words of the file."""


@feature.job("files-seal")
def seal_upload(due: Due, desk: Desk) -> Finish:
    """Fetches, inspects and seals; the plain content is only ever in memory."""
    file_id = int(due.facts["file"])
    try:
        return _sealed_or_asked(file_id, desk, due.facts)
    except NotThisOne as no:
        return _refused(file_id, no.reason, no.name)
    except Refused as no:
        return _refused(file_id, no.reason)
    except (DeliveryFailed, TimeoutError) as failure:
        lost = isinstance(failure, DeliveryFailed) and failure.outcome not in _MAY_STILL_COME
        if lost or not rules.is_worth_another_try(due.late):
            return _refused(file_id, cards.NOT_FETCHED)
        raise
    except Exception as bug:  # noqa: BLE001 - the edge at which a bug is told without words of the file
        failed = SealingFailed(_named(bug))
        if rules.is_worth_another_try(due.late):
            raise failed from None
        log.error("a file could not be sealed", extra={"file": file_id, "reason": str(failed)})  # noqa: TRY400
        return _refused(file_id, cards.FAILED)


def _named(bug: Exception) -> str:
    """Without its words, but for those that the inspection has chosen."""
    if isinstance(bug, InspectionFailed):
        return str(bug)
    where = traceback.extract_tb(bug.__traceback__)[-1]
    return f"{type(bug).__name__} in {PurePath(where.filename).name}, line {where.lineno}"


def _sealed_or_asked(file_id: int, desk: Desk, facts: Mapping[str, Any]) -> Finish:
    uploads = [FileRef(**each) for each in (facts["upload"], *facts.get("further", ()))]
    contents = _fetched(uploads, desk)
    macros = bool(facts.get("macros", True))
    seen = [_inspected(*each, macros=macros, alone=len(uploads) == 1) for each in contents]
    if any(rules.needs_word(each, confirmed=bool(facts["confirmed"])) for each in seen):
        return lambda work: _ask(file_id, work)
    vault: Vault = desk.need(Vault)
    as_it_is = len(seen) == 1 and seen[0].protected
    people_of_copies = [] if as_it_is else facts.get("copies", [])
    made = [_sealed(contents, seen, str(facts.get("name", ""))) for _ in people_of_copies or (None,)]
    return _published(file_id, made, people_of_copies, vault)


def _fetched(uploads: Sequence[FileRef], desk: Desk) -> Sequence[tuple[str, bytes]]:
    contents: list[tuple[str, bytes]] = []
    for upload in uploads:
        contents.append((upload.name, desk.fetch(upload)))
        if rules.is_too_big(len(contents[-1][1])) or sum(len(each) for _, each in contents) > LIMITS.size:
            raise Refused(Reason.TOO_BIG)
    return contents


def _inspected(name: str, content: bytes, *, macros: bool, alone: bool) -> Inspection:
    """What may be sealed; a secret is refused without being named."""
    try:
        seen = inspect(content, name)
        if seen.macros and not macros:
            raise Refused(Reason.MACROS)
    except Refused as no:
        raise no if alone else NotThisOne(no.reason, name) from no
    if seen.secrecy:
        raise Refused(Reason.SECRET)
    return seen


def _sealed(contents: Sequence[tuple[str, bytes]], seen: Sequence[Inspection], name: str) -> Sealed:
    """One file in the form its readers know; several in one archive."""
    if len(contents) > 1:
        return seal_many(list(contents), name)
    (own_name, content), *_ = contents
    return put_under_password(content, own_name, seen=seen[0])


def _published(file_id: int, made: Sequence[Sealed], people_of_copies: Sequence[int], vault: Vault) -> Finish:
    """The sealed copies lie in the vault before the rows that name them; what is not needed is unlinked, by a row as
    well: this may be run more than once until it is committed."""
    records = [vault.put(sealed.content) for sealed in made]
    copies = dict(zip(people_of_copies, zip(made, records, strict=True), strict=True)) if people_of_copies else {}

    def finish(work: Work) -> None:
        if not publish(file_id, made[0], None if copies else records[0], copies, work):
            work.soon("files-unlink", f"files-unlink:{records[0]}", file=file_id, records=records)

    return finish


def _refused(file_id: int, reason: str, which: str = "") -> Finish:
    def finish(work: Work) -> None:
        file = being_sealed(file_id, work)
        if file is not None:
            give_up(file, work, reason, which)

    return finish


# a scan: the sender's word is needed


def _ask(file_id: int, work: Work) -> None:
    file = being_sealed(file_id, work)
    if file is None:
        return
    file.state = FileState.ASKED
    work.update(cards.any_mark(work.words, file))
    work.later("files-unanswered", f"files-unanswered:{file_id}", work.now + rules.ANSWER_WITHIN, file=file_id)


@feature.due("files-unanswered")
def unanswered(due: Due, work: Work) -> None:
    """Nobody said whether there is a mark: the file is let go of."""
    file = files.locked(work.session, int(due.facts["file"]))
    if file is not None and file.state is FileState.ASKED:
        give_up(file, work, cards.UNANSWERED)
