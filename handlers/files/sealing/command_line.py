"""Sealing and inspecting files on a command line: paths in, paths out; the program's words are its caller's."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from handlers.files.sealing import apart, zipaes
from handlers.files.sealing.inspection import LIMITS
from handlers.files.sealing.kinds import Reason, Refused
from handlers.files.sealing.passwords import new_password
from handlers.files.sealing.seal import Format, Inspection, Note, Sealed, seal, seal_many

DONE, OUR_FAULT, REFUSED = 0, 1, 2
"""Exit codes; after REFUSED the reason stands on stderr."""
WORTH_A_BAR = 8 << 20  # bytes from which on a terminal shows how far it is

Progress = Callable[[int, int], None]
"""Called with the bytes done and the bytes there are, while it goes on."""


class CannotRead(Exception):
    """A file of the command line that is not there or may not be read; the message is one sentence."""


@dataclass(frozen=True, slots=True)
class SealedPath:
    """One file as it was written."""

    source: str
    target: str
    format: Format
    note: Note | None = None
    password: str = field(default="", repr=False)
    """Empty where the file is protected by its sender already."""


@dataclass(frozen=True, slots=True)
class SealedPaths:
    """What was written, all or nothing."""

    files: tuple[SealedPath, ...]

    def as_json(self) -> dict[str, Any]:
        return {"files": [asdict(each) for each in self.files]}


def seal_files(
    paths: Sequence[Path], out: Path, *, hide_names: bool = False, password: str | None = None,
    progress: Progress | None = None,
) -> SealedPaths:  # fmt: skip
    """Each file on its own, in its own format; with `hide_names` all of them in one archive that tells no name.

    A file with a secrecy mark is refused whatever the password. Nothing is written unless every file is taken, and
    nothing that is there already is overwritten. Raises Refused or CannotRead.
    """
    if password is not None and not password.isascii():
        raise CannotRead("the password must be ASCII: archivers disagree on how to write other letters")
    contents = [(path, _read(path)) for path in paths]
    seen = [_inspected(content, path.name) for path, content in contents]
    if hide_names:
        made = [(paths[0], _together(contents, password))]
        _tell(progress, contents, len(contents))
    else:
        made = list(_one_by_one(contents, seen, password, progress))
    out.mkdir(parents=True, exist_ok=True)
    return SealedPaths(tuple(_written(source, sealed, out) for source, sealed in made))


def inspect_file(path: Path) -> dict[str, Any]:
    """As JSON tells it; `refuse` is None or the reason, and `secrecy` empty when no mark was found in what could be
    read, which `read_all` False says was not all of it."""
    content = _read(path)
    try:
        seen = apart.inspect(content, path.name)
    except Refused as no:
        return {"type": None, "protected": None, "signed": None, "macros": None, "secrecy": [], "read_all": False,
                "refuse": str(no.reason)}  # fmt: skip
    return {
        "type": seen.type,
        "protected": seen.protected,
        "signed": seen.signed,
        "macros": seen.macros,
        "secrecy": [str(seen.secrecy)] if seen.secrecy else [],
        "read_all": seen.has_text,
        "refuse": str(Reason.SECRET) if seen.secrecy else None,
    }


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > LIMITS.size:
            raise Refused(Reason.TOO_BIG, path.name)
        return path.read_bytes()
    except OSError as error:
        raise CannotRead(f"{path}: {error.strerror or 'cannot be read'}") from error


def _inspected(content: bytes, name: str) -> Inspection:
    try:
        seen = apart.inspect(content, name)
    except Refused as no:
        raise Refused(no.reason, name) from no
    if seen.secrecy:
        raise Refused(Reason.SECRET, name, level=seen.secrecy)
    return seen


def _together(contents: Sequence[tuple[Path, bytes]], password: str | None) -> Sealed:
    return seal_many([(path.name, content) for path, content in contents], "niem", password, hide_names=True)


def _one_by_one(
    contents: Sequence[tuple[Path, bytes]], seen: Sequence[Inspection], password: str | None,
    progress: Progress | None,
) -> Iterator[tuple[Path, Sealed]]:  # fmt: skip
    for number, ((path, content), found) in enumerate(zip(contents, seen, strict=True)):
        _tell(progress, contents, number)
        yield path, seal(content, path.name, password or new_password(), seen=found)
    _tell(progress, contents, len(contents))


def _tell(progress: Progress | None, contents: Sequence[tuple[Path, bytes]], done: int) -> None:
    sizes = [len(content) for _, content in contents]
    if progress is not None and sum(sizes) >= WORTH_A_BAR:
        progress(sum(sizes[:done]), sum(sizes))


def _written(source: Path, sealed: Sealed, out: Path) -> SealedPath:
    """Written beside and renamed, so that a file of the final name is whole."""
    target = _free(out, zipaes.safe_name(sealed.name))
    part = target.with_name(f".{target.name}.part")
    with part.open("wb") as file:
        file.write(sealed.content)
        file.flush()
        os.fsync(file.fileno())
    part.rename(target)
    return SealedPath(str(source), str(target), sealed.format, sealed.note, sealed.password)


def _free(out: Path, name: str) -> Path:
    target, number = out / name, 1
    while target.exists():
        number += 1
        target = out / f"{Path(name).stem} ({number}){Path(name).suffix}"
    return target
