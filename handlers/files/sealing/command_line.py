"""Sealing and inspecting files on a command line: paths in, a path out; what is said of it is the caller's."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from handlers.files.sealing import apart, zipaes
from handlers.files.sealing.kinds import Reason, Refused
from handlers.files.sealing.under_password import seal, seal_many
from handlers.files.sealing.values import LIMITS, Format, Inspection, Note, Sealed

WORTH_A_BAR = 8 << 20  # bytes from which on a terminal shows how far it is
_SEVERAL = "tep-da-niem.zip"
_BAR = 30  # signs
_READ, _INSPECTED, _SEALED = 0.1, 0.6, 0.95  # measured: taking a file apart costs more than sealing it

Progress = Callable[[float], None]
"""Called with a share of 1 as it goes on, for files that are worth it."""


def bar(terminal: TextIO) -> Progress | None:
    """A bar that is drawn over itself and wiped when all is done; None where nobody is watching: a pipe, a file."""
    if not terminal.isatty():
        return None

    def draw(share: float) -> None:
        full = round(share * _BAR)
        drawn = f"\r[{'#' * full}{'.' * (_BAR - full)}] {round(share * 100):3} %"
        terminal.write(drawn if share < 1 else "\r" + " " * (len(drawn) - 1) + "\r")
        terminal.flush()

    return draw


class CannotSeal(Exception):
    """The file is refused; the message is one sentence for stderr, and the exit code is 2."""


@dataclass(frozen=True, slots=True)
class SealedPath:
    """The file that was written. `password` is empty where its sender had protected it already."""

    path: Path
    format: Format
    note: Note | None = None
    password: str = field(default="", repr=False)


def seal_files(
    paths: Sequence[Path],
    out: Path,
    *,
    hide_names: bool = False,
    password: str | None = None,
    progress: Progress | None = None,
) -> SealedPath:
    """One file in its own format; several, or with `hide_names`, in one archive.

    A file with a secrecy mark is refused whatever the password. Nothing is written unless every file is taken, and
    nothing that is there already is overwritten. Raises CannotSeal.
    """
    if password is not None and not (password and password.isascii() and password.isprintable()):
        raise CannotSeal("the password must be printable ASCII: programs disagree on how other letters are written")
    contents = [(path.name, _read(path)) for path in paths]
    tell = progress if progress and sum(len(content) for _, content in contents) >= WORTH_A_BAR else _nobody
    try:
        sealed = _sealed(contents, hide_names, password, tell)
        out.mkdir(parents=True, exist_ok=True)
        return SealedPath(_written(sealed, out), sealed.format, sealed.note, sealed.password)
    except Refused as no:
        raise CannotSeal(_sentence(no)) from no
    finally:
        tell(1.0)  # also when it is refused: what is said of it begins a line of its own


def inspect_file(content: bytes, name: str) -> dict[str, Any]:
    """As JSON tells it; `refuse` is None or the reason. `secrecy` is empty when no mark was found in what could be
    read; `read_all` False says that this was not all of it."""
    try:
        seen = apart.inspect(content, name)
    except Refused as no:
        nothing = dict.fromkeys(("type", "protected", "signed", "macros"))
        return {**nothing, "secrecy": [], "read_all": False, "refuse": str(no.reason)}
    return {
        "type": str(seen.type),
        "protected": seen.protected,
        "signed": seen.signed,
        "macros": seen.macros,
        "secrecy": [str(seen.secrecy)] if seen.secrecy else [],
        "read_all": seen.has_text,
        "refuse": str(Reason.SECRET) if seen.secrecy else None,
    }


def _sealed(contents: Sequence[tuple[str, bytes]], hide_names: bool, password: str | None, tell: Progress) -> Sealed:
    tell(_READ)
    seen: list[Inspection] = []
    for name, content in contents:
        seen.append(_inspected(content, name))
        tell(_READ + (_INSPECTED - _READ) * len(seen) / len(contents))
    if len(contents) == 1 and not hide_names:
        (name, content), *_ = contents
        made = seal(content, name, password, seen=seen[0])
    else:
        made = seal_many(list(contents), _SEVERAL, password, hide_names=hide_names, seen=True)
    tell(_SEALED)
    return made


def _nobody(_share: float) -> None:
    """Nobody is watching."""


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > LIMITS.size:
            raise CannotSeal(f"{path.name}: too_big (at most {LIMITS.size >> 20} MB)")
        return path.read_bytes()
    except OSError as error:
        raise CannotSeal(f"{path}: {error.strerror or 'cannot be read'}") from error


def _inspected(content: bytes, name: str) -> Inspection:
    try:
        seen = apart.inspect(content, name)
    except Refused as no:
        raise CannotSeal(f"{name}: {_sentence(no)}") from no
    if seen.secrecy:
        raise CannotSeal(
            f"{name}: secret (it bears the mark {seen.secrecy}; a password does not make it legal to send)"
        )
    return seen


def _sentence(no: Refused) -> str:
    return str(no).replace(": ", " (", 1) + ")" if ": " in str(no) else str(no)


def _written(sealed: Sealed, out: Path) -> Path:
    """Written beside and renamed, so that a file of the final name is whole."""
    target = _free(out, zipaes.safe_name(sealed.name))
    part = target.with_name(f".{target.name[-100:]}.part")
    with part.open("wb") as file:
        file.write(sealed.content)
        file.flush()
        os.fsync(file.fileno())
    part.rename(target)
    return target


def _free(out: Path, name: str) -> Path:
    target, number = out / name, 1
    while target.exists():
        number += 1
        target = out / f"{Path(name).stem} ({number}){Path(name).suffix}"
    return target
