"""Files: those Zalo takes by upload, all others as a link, and fetching what people have sent."""

import hashlib
import re
import unicodedata
from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import PurePath
from urllib.parse import urlsplit

import httpx

from bot.chat.events import FileRef
from bot.chat.messenger import DeliveryFailed, Outcome
from bot.messengers.zalo_oa.client import Client

MAX_FILE = 5 * 1024 * 1024
MAX_IMAGE = 1024 * 1024
MAX_DOWNLOAD = 50 * 1024 * 1024
FILE_KINDS = {"pdf": "application/pdf", "doc": "application/msword"} | {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
}
IMAGE_KINDS = {"jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png"}
SENDABLE = (*FILE_KINDS, *IMAGE_KINDS)
LIFE = timedelta(days=6)  # Zalo keeps uploads for seven
REMEMBERED = 500
ZALO_HOSTS = ("zdn.vn", "zadn.vn", "zaloapp.com", "zalo.me")
DOWNLOAD_TIMEOUT = httpx.Timeout(60.0, connect=10.0)


def ending(name: str) -> str:
    return PurePath(name).suffix.lower().removeprefix(".")


def is_uploadable(name: str, size: int) -> bool:
    return 0 < size <= MAX_FILE and ending(name) in FILE_KINDS


def is_image(name: str, size: int) -> bool:
    return 0 < size <= MAX_IMAGE and ending(name) in IMAGE_KINDS


def safe_name(name: str) -> str:
    """ASCII, at most 200 letters, with its ending: names with other letters come out broken or are refused."""
    bare = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
    letters = "".join(letter for letter in bare if not unicodedata.combining(letter))
    clean = re.sub(r"[^A-Za-z0-9._ ()-]", "_", letters)
    kind = PurePath(clean).suffix
    return f"{clean.removesuffix(kind)[: 200 - len(kind)] or 'file'}{kind}"


class Uploads:
    """Remembers for six days which bytes Zalo has already."""

    def __init__(self, client: Client, now: Callable[[], datetime]) -> None:
        self._client, self._now = client, now
        self._known: OrderedDict[str, tuple[str, datetime]] = OrderedDict()

    async def file(self, name: str, content: bytes) -> str:
        """The upload's token. Raises DeliveryFailed."""
        return await self._upload("/v2.0/oa/upload/file", name, content, FILE_KINDS[ending(name)], "token")

    async def image(self, name: str, content: bytes) -> str:
        return await self._upload("/v2.0/oa/upload/image", name, content, IMAGE_KINDS[ending(name)], "attachment_id")

    def forget(self, name: str, content: bytes) -> None:
        """Zalo says the upload has expired."""
        self._known.pop(_fingerprint(name, content), None)

    async def _upload(self, path: str, name: str, content: bytes, mime: str, wanted: str) -> str:
        mark = _fingerprint(name, content)
        known = self._known.get(mark)
        if known is not None and known[1] > self._now():
            return known[0]
        answer = await self._client.upload(path, safe_name(name), content, mime)
        token = str(answer.get(wanted) or "") if isinstance(answer, dict) else ""
        if not token:
            raise DeliveryFailed(Outcome.REJECTED, "the upload was not taken")
        self._known[mark] = token, self._now() + LIFE
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return token


def _fingerprint(name: str, content: bytes) -> str:
    return f"{hashlib.sha256(content).hexdigest()}:{name}"


async def fetch(http: httpx.AsyncClient, file: FileRef, hosts: Sequence[str] = ZALO_HOSTS) -> bytes:
    """Only from Zalo's own hosts (an event cannot send us elsewhere), not larger than allowed, with the right MD5."""
    checksum, _, url = file.id.partition("|")
    if not _is_allowed(url, hosts):
        raise DeliveryFailed(Outcome.REJECTED, "the file lies at a strange place")
    content = bytearray()
    try:
        async with http.stream("GET", url, timeout=DOWNLOAD_TIMEOUT, follow_redirects=False) as answer:
            if answer.status_code >= 500:
                raise DeliveryFailed(Outcome.TRY_AGAIN, f"the server answered {answer.status_code}")
            if answer.status_code != 200:
                raise DeliveryFailed(Outcome.REJECTED, "the file is gone")
            async for chunk in answer.aiter_bytes():
                content += chunk
                if len(content) > MAX_DOWNLOAD:
                    raise DeliveryFailed(Outcome.REJECTED, "file is too big")
    except httpx.InvalidURL:
        raise DeliveryFailed(Outcome.REJECTED, "the file lies at a strange place") from None
    except httpx.HTTPError as failure:
        raise DeliveryFailed(Outcome.TRY_AGAIN, f"the download broke off ({type(failure).__name__})") from None
    if checksum and hashlib.md5(content, usedforsecurity=False).hexdigest() != checksum.lower():
        raise DeliveryFailed(Outcome.TRY_AGAIN, "the download is damaged")
    return bytes(content)


def _is_allowed(url: str, hosts: Sequence[str]) -> bool:
    """An entry with a port is one server and may do without TLS: for tests."""
    try:
        parts = urlsplit(url)
        host, netloc = parts.hostname or "", parts.netloc
        port = parts.port
    except ValueError:
        return False
    if netloc in [each for each in hosts if ":" in each]:
        return True
    return (
        "@" not in netloc
        and "\\" not in url
        and parts.scheme == "https"
        and port in (None, 443)
        and any(host == each or host.endswith(f".{each}") for each in hosts)
    )
