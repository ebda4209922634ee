"""Small pages that work on an old phone: no script, no picture, one column, and headers that let nothing else in."""

import html
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

_STYLE = (
    "*{box-sizing:border-box}body{font:18px/1.5 sans-serif;margin:0 auto;max-width:32em;padding:1em;color:#1b1b1b;"
    "background:#fff}h1{font-size:1.3em;line-height:1.3}p{margin:.8em 0;overflow-wrap:break-word;word-wrap:break-word}"
    ".is-wrong{border-left:4px solid #b3261e;padding-left:.6em}.is-file{font-weight:bold}"
    "label{display:block;margin:1em 0 .3em}input{font:inherit;width:100%;padding:.6em;border:1px solid #767676;"
    "border-radius:4px;background:#fff;color:inherit}button,.button{font:inherit;display:block;width:100%;"
    "margin:1.2em 0;padding:.8em;border:0;border-radius:4px;background:#0b57d0;color:#fff;text-align:center;"
    "text-decoration:none}button:focus,.button:focus,input:focus{outline:3px solid #f2a600}.quiet{background:#e8e8e8;"
    "color:#1b1b1b}"
)
HEADERS: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "Pragma": "no-cache",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Content-Security-Policy": "default-src 'none'; style-src 'sha256-{digest}'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'",
}
