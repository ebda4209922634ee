"""PDF files: their text layer with the place of every word, the pages that are pictures, the head as a picture."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pypdfium2 as pdfium
from PIL import Image

from handlers.files.sealing import pdf_order
from handlers.letters.reading.extracted import FIRST, LAST
from handlers.letters.reading.nothing import NoText, OcrMissing, Why
from handlers.letters.reading.oldfonts import modern
from handlers.letters.reading.pages import Box, Page, Word
from handlers.letters.reading.pictures import SHORT_SIDE, head
from handlers.letters.reading.recognising import Recogniser
from handlers.letters.reading.scans import Scanned, Sheet, head_ends, recognised
from handlers.letters.reading.spelling import is_garbled
from handlers.letters.reading.widgets import with_widget_texts

FEWEST_LETTERS = 80  # a scan may carry a few words of its signing stamp
_DPI = 200
_LONGEST_SIDE = 5000  # pixels; a page may claim to be as large as a house
_PDFIUM = threading.Lock()  # PDFium may be used by one thread at a time, whatever the document


def pages_of_pdf(
    content: bytes, password: str | None, recogniser: Recogniser | None
) -> tuple[list[Page], int, bytes | None]:
    """Pages that could be read, how many the file has, and the head of the first. Raises NoText."""
    with _opened(content, password) as document:
        total = len(document)
        wanted = chosen(total)
        pages = {number: _text_page(document, number) for number in wanted}
    if 1 in pages:
        pages[1] = _with_marks(pages[1], content, password)
    blank = [number for number in wanted if _letters(pages[number].text) < FEWEST_LETTERS]
    unread = [number for number in wanted if number in blank or is_garbled(pages[number].text)]
    whole = sum(_letters(pages[number].text) for number in wanted if number not in unread)
    if unread and recogniser is not None:
        seen = _scanned(content, password, unread, recogniser)
        pages.update({number: each.page for number, each in seen.items() if each.page is not None})
        if 1 in seen:
            return [pages[number] for number in wanted], total, seen[1].head
    elif whole < FEWEST_LETTERS and sum(_letters(page.text) for page in pages.values()) < FEWEST_LETTERS:
        raise NoText(Why.SCAN)
    return [pages[number] for number in wanted], total, _head(content, password, pages.get(1))


def chosen(total: int) -> list[int]:
    """Page numbers, from 1."""
    if total <= FIRST + LAST:
        return list(range(1, total + 1))
    return [*range(1, FIRST + 1), *range(total - LAST + 1, total + 1)]


def _scanned(content: bytes, password: str | None, numbers: list[int], recogniser: Recogniser) -> dict[int, Scanned]:
    missing = recogniser.missing()
    if missing:
        raise OcrMissing(missing)
    sheets = [Sheet(number, _maker(content, password, number)) for number in numbers]
    return dict(zip(numbers, recognised(sheets, recogniser), strict=True))


def _maker(content: bytes, password: str | None, number: int) -> Callable[[], Image.Image]:
    return lambda: rendered(content, password, number)


def rendered(content: bytes, password: str | None, number: int) -> Image.Image:
    """With forms: signing tools put number and date into widgets."""
    with _opened(content, password, forms=True) as document:
        page = document[number - 1]
        try:
            width, height = page.get_size()
            scale = min(max(_DPI / 72, 0.0), _LONGEST_SIDE / max(1.0, width, height))
            if min(width, height) * scale < SHORT_SIDE / 2:
                scale = min(SHORT_SIDE / max(1.0, min(width, height)), _LONGEST_SIDE / max(1.0, width, height))
            picture: Image.Image = page.render(scale=scale, grayscale=True, may_draw_forms=True).to_pil()
            return picture.convert("L")
        except pdfium.PdfiumError as error:
            raise NoText(Why.BROKEN) from error
        finally:
            page.close()


def _head(content: bytes, password: str | None, page: Page | None) -> bytes | None:
    return None if page is None else head(rendered(content, password, 1), head_ends(page))


@contextmanager
def _opened(content: bytes, password: str | None, *, forms: bool = False) -> Iterator[pdfium.PdfDocument]:
    with _PDFIUM:
        try:
            document = pdfium.PdfDocument(content, password=password)  # type: ignore[no-untyped-call]
        except pdfium.PdfiumError as error:
            raise NoText(Why.LOCKED if "assword" in str(error) else Why.BROKEN) from error
        try:
            if forms:
                document.init_forms()  # type: ignore[no-untyped-call]
            yield document
        except pdfium.PdfiumError as error:
            raise NoText(Why.BROKEN) from error
        finally:
            document.close()  # type: ignore[no-untyped-call]


def _text_page(document: pdfium.PdfDocument, number: int) -> Page:
    page = document[number - 1]
    layer = page.get_textpage()
    try:
        raw = str(layer.get_text_range())
        if pdf_order.is_torn(raw):
            return Page(number, modern(pdf_order.in_order(layer)))
        text, places = _one_newline(raw)
        size = page.get_size()
        words = tuple(_words(layer, text, places, size)) if number in (1, 2) or number % 5 == 0 else ()
        today = modern(text)
        return Page(number, text, words) if today == text else Page(number, today)
    finally:
        layer.close()
        page.close()


def _one_newline(raw: str) -> tuple[str, list[int]]:
    """The text with single newlines, and for each character its place in PDFium's own count."""
    kept = [i for i, c in enumerate(raw) if c != "\r"]
    return "".join(raw[i] for i in kept), kept


def _words(layer: pdfium.PdfTextPage, text: str, places: list[int], size: tuple[float, float]) -> Iterator[Word]:
    width, height = max(1.0, size[0]), max(1.0, size[1])
    start = 0
    count = layer.count_chars()  # type: ignore[no-untyped-call]
    for piece in text.split():
        start = text.index(piece, start)
        end = start + len(piece)
        inside = [places[at] for at in (start, end - 1) if places[at] < count]
        ends = [layer.get_charbox(at) for at in inside]  # type: ignore[no-untyped-call]
        start_of, start = start, end
        if ends:
            left, low = min(each[0] for each in ends), min(each[1] for each in ends)
            right, high = max(each[2] for each in ends), max(each[3] for each in ends)
            yield Word(start_of, end, Box(left / width, 1 - high / height, right / width, 1 - low / height))


def _with_marks(page: Page, content: bytes, password: str | None) -> Page:
    """Words keep their places only while the text is the same."""
    text = with_widget_texts(page.text, content, password)
    return page if text == page.text else Page(page.number, text)


def _letters(text: str) -> int:
    return sum(c.isalpha() for c in text)
