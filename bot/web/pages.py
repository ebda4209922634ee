"""Small pages that work on an old phone: no script, no picture, one column, and headers that let nothing else in."""

import base64
import hashlib
import html
from collections.abc import Mapping
from dataclasses import dataclass, field

_STYLE = (
    "*{box-sizing:border-box}body{font:18px/1.5 sans-serif;margin:0 auto;max-width:32em;padding:1em;color:#1b1b1b;"
    "background:#fff}h1{font-size:1.3em;line-height:1.3}p{margin:.8em 0;word-wrap:break-word;overflow-wrap:anywhere}"
    ".wrong{border-left:4px solid #b3261e;padding-left:.6em}.file{font-weight:bold}"
    "label{display:block;margin:1em 0 .3em}input{font:inherit;width:100%;padding:.6em;border:1px solid #767676;"
    "border-radius:4px;background:#fff;color:inherit}input[type=file]{padding:2em .6em;border:2px dashed #767676}"
    "input[type=radio]{width:auto;padding:0}"
    "button,.button{font:inherit;display:block;width:100%;margin:1.2em 0;padding:.8em;border:0;border-radius:4px;"
    "background:#0b57d0;color:#fff;text-align:center;text-decoration:none}.quiet{background:#e8e8e8;color:#1b1b1b}"
    "button:focus,.button:focus,input:focus{outline:3px solid #f2a600}"
)
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
HEADERS: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "Pragma": "no-cache",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'",
}
_PAGE = (
    '<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>'
    "<style>{style}</style></head><body><h1>{title}</h1>{body}</body></html>"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A button that posts to the page's own address, with at most one field beside it."""

    button: str
    step: str
    """What the server is told was pressed."""
    asks_code: str = ""
    """The label of a field for a short code of digits."""
    asks_file: str = ""
    """The label of a field for a file."""
    choices: tuple[tuple[str, str], ...] = ()
    """(value, label) of what is to become of the file; the first is chosen beforehand."""
    quiet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What is to be read and pressed, in order of appearance. Nothing in it is markup."""

    language: str
    title: str
    wrong: str = ""
    lines: tuple[str, ...] = ()
    file: str = ""
    """A file's name and size."""
    link: tuple[str, str] | None = None
    """Label and address, relative to the page."""
    forms: tuple[Form, ...] = ()


def render(page: Page) -> str:
    """The whole document."""
    parts = [_line(page.wrong, "wrong")] if page.wrong else []
    parts += [_line(each) for each in page.lines]
    parts += [_line(page.file, "file")] if page.file else []
    if page.link is not None:
        label, address = map(html.escape, page.link)
        parts.append(f'<a class="button" href="{address}">{label}</a>')
    parts += [_form(each) for each in page.forms]
    title = html.escape(page.title)
    return _PAGE.format(language=html.escape(page.language), title=title, style=_STYLE, body="".join(parts))


def _line(text: str, kind: str = "") -> str:
    return f'<p class="{kind}">{html.escape(text)}</p>' if kind else f"<p>{html.escape(text)}</p>"


def _form(form: Form) -> str:
    kind = ' enctype="multipart/form-data"' if form.asks_file else ""
    fields = f'<input type="hidden" name="step" value="{html.escape(form.step)}">'
    if form.asks_code:
        fields += (
            f'<label for="code">{html.escape(form.asks_code)}</label><input id="code" name="code" type="text" '
            'inputmode="numeric" pattern="[0-9 ]*" maxlength="12" autocomplete="one-time-code" required>'
        )
    for place, (value, label) in enumerate(form.choices):
        checked = "" if place else " checked"
        fields += (
            f'<label class="choice"><input type="radio" name="kind" value="{html.escape(value)}"{checked}> '
            f"{html.escape(label)}</label>"
        )
    if form.asks_file:
        label = html.escape(form.asks_file)
        fields += f'<label for="file">{label}</label><input id="file" name="file" type="file" required>'
    quiet = ' class="quiet"' if form.quiet else ""
    return f'<form method="post"{kind}>{fields}<button{quiet}>{html.escape(form.button)}</button></form>'


# what goes back and forth between the web side and what answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file that was handed in and lies in the store."""

    name: str
    size: int
    record: str
    kind: str = ""
    """What was chosen to become of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Somebody is at a page. `step` is empty for who only looks."""

    door: str
    token: str = field(repr=False)
    step: str = ""
    code: str = field(default="", repr=False)
    grant: str = field(default="", repr=False)
    upload: Upload | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A file to be sent."""

    name: str
    record: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One of: a page, another address relative to this one, a file, a ready document."""

    status: int = 200
    page: Page | None = None
    goes_to: str = field(default="", repr=False)
    file: Stored | None = None
    document: str = field(default="", repr=False)
    headers: Mapping[str, str] = field(default_factory=dict)
    took: bool = False
    """The upload belongs to whoever answered; otherwise it is forgotten."""
