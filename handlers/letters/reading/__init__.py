"""Reads official letters: text from files, fields from text; pure and synchronous.

What opens files (and the libraries behind it, 15 MB) is loaded when it is asked for the first time.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from handlers.letters.reading.clean import normalise
from handlers.letters.reading.extracted import Extracted, Kind
from handlers.letters.reading.fields import Reading, read_letter
from handlers.letters.reading.header import Secrecy, Urgency
from handlers.letters.reading.nothing import NoText, OcrMissing, Why
from handlers.letters.reading.types import DOC_TYPES, DocType

if TYPE_CHECKING:
    from handlers.letters.reading.extract import text_of
    from handlers.letters.reading.recognising import Recogniser, Tesseract

__all__ = [
    "DOC_TYPES",
    "DocType",
    "Extracted",
    "Kind",
    "NoText",
    "OcrMissing",
    "Reading",
    "Recogniser",
    "Secrecy",
    "Tesseract",
    "Urgency",
    "Why",
    "normalise",
    "read_letter",
    "text_of",
]
_OPENS_FILES = {
    "text_of": "extract",
    "Recogniser": "recognising",
    "Tesseract": "recognising",
}


def __getattr__(name: str) -> Any:
    if name not in _OPENS_FILES:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_OPENS_FILES[name]}"), name)
