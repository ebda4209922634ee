"""Why a file gives no text: what decides what a person is told."""

from enum import StrEnum


class Why(StrEnum):
    """Why there is nothing to read."""

    SCAN = "scan"  # pictures of pages: needs OCR, and a person to confirm
    OCR_MISSING = "ocr-missing"  # pictures of pages, and no program here that reads them
    LOCKED = "locked"  # needs a password
    BROKEN = "broken"  # the file's own format is damaged or dangerous
    EMPTY = "empty"  # opened well, and holds no words at all
    UNKNOWN = "unknown"  # a format this program does not read


class NoText(Exception):
    """The file gives no text; `why` decides what the person is told."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


class OcrMissing(NoText):
    """Pictures of pages, and the programs that read them are not installed: `missing` names their packages."""

    def __init__(self, missing: tuple[str, ...]) -> None:
        super().__init__(Why.OCR_MISSING)
        self.missing = missing
