"""Characters from pictures: tesseract with its Vietnamese model, as a child process that may use only so much."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from typing import Protocol

from PIL import Image

from handlers.letters.reading.pages import Box, Page, Word
from handlers.letters.reading.pictures import png, turned

_MEMORY = 1_500_000  # kilobytes of address space; a page at 200 dpi takes about 250 000
_CPU = 60  # seconds; a page takes 1 to 4
_PATIENCE = 90.0
_LANGUAGE = "vie"
_PACKAGES = {"tesseract": "tesseract-ocr", _LANGUAGE: "tesseract-ocr-vie"}
_DOUBTFUL = 0.62  # mean sureness below which a page probably stands on its head or side
_LIMITED = f'ulimit -v {_MEMORY}; ulimit -t {_CPU}; exec "$@"'


class Unrecognised(Exception):
    """The recogniser gave up on a page: out of its time or memory, or it crashed."""


class Recogniser(Protocol):
    def missing(self) -> tuple[str, ...]:
        """Debian packages that are not installed; () when it can work."""

    def read(self, picture: Image.Image, number: int) -> tuple[Page, Image.Image]:
        """The page, and the picture as it had to be turned for it."""


@dataclass(slots=True)
class Tesseract:
    """`program` may be a path; found by name otherwise."""

    program: str = "tesseract"
    _missing: tuple[str, ...] | None = field(default=None, init=False)

    def missing(self) -> tuple[str, ...]:
        if self._missing is None:
            self._missing = self._look()
        return self._missing

    def _look(self) -> tuple[str, ...]:
        if shutil.which(self.program) is None:
            return (_PACKAGES["tesseract"], _PACKAGES[_LANGUAGE])
        listed = subprocess.run([self.program, "--list-langs"], capture_output=True, timeout=20, check=False)
        return () if _LANGUAGE in listed.stdout.decode().split() else (_PACKAGES[_LANGUAGE],)

    def read(self, picture: Image.Image, number: int) -> tuple[Page, Image.Image]:
        page = self._page(picture, number)
        if page.sure >= _DOUBTFUL and len(page.words) >= 8:
            return page, picture
        degrees = self._lies(picture)
        if not degrees:
            return page, picture
        upright = turned(picture, degrees)
        again = self._page(upright, number)
        return (again, upright) if _worth(again) > _worth(page) else (page, picture)

    def _page(self, picture: Image.Image, number: int) -> Page:
        table = self._run(picture, "-l", _LANGUAGE, "--psm", "3", "tsv")
        return page_of(table.decode("utf-8", "replace"), number)

    def _lies(self, picture: Image.Image) -> int:
        """Degrees counter-clockwise that would set the page upright; 0 when it does not know."""
        try:
            said = self._run(picture, "--psm", "0", "-l", "osd").decode("utf-8", "replace")
        except Unrecognised:
            return 0  # too few characters, or the model for it is not installed
        found = re.search(r"Rotate: (\d+)", said)
        return (360 - int(found[1])) % 360 if found else 0

    def _run(self, picture: Image.Image, *wishes: str) -> bytes:
        order = ["/bin/sh", "-c", _LIMITED, "sh", self.program, "stdin", "stdout", "--dpi", "200", *wishes]
        quiet = {"OMP_THREAD_LIMIT": "1", "LC_ALL": "C", "PATH": os.environ.get("PATH", os.defpath)}
        if "TESSDATA_PREFIX" in os.environ:
            quiet["TESSDATA_PREFIX"] = os.environ["TESSDATA_PREFIX"]
        try:
            done = subprocess.run(
                order, input=png(picture), capture_output=True, timeout=_PATIENCE, check=True, env=quiet
            )
        except (subprocess.SubprocessError, OSError) as error:
            raise Unrecognised(type(error).__name__) from error
        return done.stdout


def _worth(page: Page) -> float:
    return sum(word.sure for word in page.words)


def page_of(table: str, number: int) -> Page:
    """Tesseract's table of words as a page: one line of text for each of its lines."""
    rows = [row.split("\t") for row in table.splitlines()[1:]]
    whole = next((row for row in rows if row[0] == "1"), None)
    width, height = (max(1, int(whole[8])), max(1, int(whole[9]))) if whole else (1, 1)
    text, words, last = "", [], None
    for row in rows:
        if len(row) < 12 or row[0] != "5" or not row[11].strip():
            continue
        line = row[2:5]
        text += "" if last is None else " " if line == last else "\n"
        left, top, wide, high = map(int, row[6:10])
        box = Box(left / width, top / height, (left + wide) / width, (top + high) / height)
        words.append(Word(len(text), len(text) + len(row[11]), box, max(0.0, float(row[10])) / 100))
        text, last = text + row[11], line
    return Page(number, text, tuple(words), is_scanned=True)
