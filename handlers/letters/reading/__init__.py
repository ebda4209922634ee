"""Reads official letters: text from files, fields from text; pure and synchronous."""

from handlers.letters.reading.clean import normalise
from handlers.letters.reading.extract import Extracted, Kind, NoText, OcrMissing, Why, text_of
from handlers.letters.reading.fields import Reading, read_letter
from handlers.letters.reading.header import Secrecy, Urgency
from handlers.letters.reading.recognising import Recogniser, Tesseract
from handlers.letters.reading.types import DOC_TYPES, DocType

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
