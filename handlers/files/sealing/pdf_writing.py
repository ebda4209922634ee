"""Writes a PDF anew under a password: every object that can be reached, its streams as they are, its strings locked.

qpdf reads (it knows object streams, repairs cross-reference tables, finds lost lengths) and says each object in
canonical words, in which strings and references are found without a parser; its own cipher is what is slow.
"""

import copy
import re
import secrets
from collections.abc import Iterator
from typing import Any, BinaryIO

import pikepdf

from handlers.files.sealing.pdf_keys import Lock, locked_size

_SAID_APART = re.compile(rb"(\((?:[^\\()]++|\\.)*+\)|<[0-9a-fA-F]*>|\b\d+ \d+ R\b)", re.DOTALL)
_REFERENCE = ord("R")
_LONG = 1 << 14
_OF_A_FILE = frozenset(("/Size", "/Prev", "/XRefStm", "/Encrypt", "/ID", "/Type", "/Index", "/W", "/Length",
                        "/Filter", "/DecodeParms"))  # fmt: skip
_LEVEL = 8  # Adobe's extension of PDF 1.7 that brought revision 6


class Signed(ValueError):
    """A signature is in it, whose bytes are not to be encrypted and which would not hold any more."""


class Renumbered(dict[bytes, bytes]):
    """A document's objects in the order in which they are met, from the trailer on: 12 0 R becomes 1 0 R."""

    def __init__(self, document: pikepdf.Pdf) -> None:
        super().__init__()
        self.order: list[bytes] = []
        self._document = document
        self._root = document.Root.unparse()
        self._is_old = document.pdf_version < "2.0"
        self.trailer = _trailer(document)

    def __missing__(self, reference: bytes) -> bytes:
        self.order.append(reference)
        self[reference] = new = b"%d 0 R" % len(self.order)
        return new

    def objects(self) -> Iterator[tuple[bytes, pikepdf.Stream | None]]:
        """What stands at 1, 2, 3 …: its words, and the stream it describes. Those it names are met while its words are
        split: `order` grows meanwhile."""
        for reference in self.order:
            number, generation, _ = reference.split()
            met = self._document.get_object(int(number), int(generation))
            if isinstance(met, pikepdf.Stream):
                yield description(met), met
            else:
                yield (self._root_of(met) if reference == self._root else words_of(met)), None

    def split(self, words: bytes) -> list[bytes]:
        """With the new references; strings, as they are said, at odd places."""
        parts = _SAID_APART.split(words)
        parts[1::2] = [self[part] if part[-1] == _REFERENCE else part for part in parts[1::2]]
        return parts

    def _root_of(self, root: pikepdf.Object) -> bytes:
        root = copy.copy(root)
        if self._is_old:
            extensions = root.get("/Extensions")
            extensions = copy.copy(extensions) if isinstance(extensions, pikepdf.Dictionary) else pikepdf.Dictionary()
            extensions.ADBE = pikepdf.Dictionary(BaseVersion=pikepdf.Name("/1.7"), ExtensionLevel=_LEVEL)
            root.Extensions = extensions
        return root.unparse(resolved=True)


def write(document: pikepdf.Pdf, target: BinaryIO, password: str) -> Renumbered:
    """The file is written as its objects are read; says which object became which. Raises Signed."""
    lock, objects = Lock(password), Renumbered(document)
    file = _File(target, max(document.pdf_version, "1.7"))
    trailer = b"".join(objects.split(objects.trailer))
    for words, stream in objects.objects():
        parts = objects.split(words)
        if b"/ByteRange" in words and any(b"/ByteRange" in part for part in parts[::2]):
            raise Signed
        said = b"".join(_locked_strings(parts, lock))
        if stream is None:
            file.put(b"%b\nendobj\n" % said)
        else:
            _put_stream(file, said, stream, lock)
    file.put(b"<< %b >>\nendobj\n" % lock.dictionary)
    file.close(b"<< %b /ID %b /Encrypt %d 0 R" % (trailer, _identity(document), len(objects.order) + 1))
    return objects


def words_of(value: Any) -> bytes:
    """pikepdf hands numbers and null out as Python's own."""
    said: bytes = (value if isinstance(value, pikepdf.Object) else pikepdf.Array([value])).unparse(resolved=True)
    return said if isinstance(value, pikepdf.Object) else said.removeprefix(b"[").removesuffix(b"]").strip()


def description(stream: pikepdf.Object) -> bytes:
    """A stream's dictionary without its length, left open. A filter that says how the stream is encrypted, or that it
    is not, says nothing any more: all streams are, in one way."""
    entries = copy.copy(stream.stream_dict)
    if "/Length" in entries:
        del entries["/Length"]
    if b"/Crypt" in (words := entries.unparse(resolved=True)):
        _forget_crypt(entries)
        words = entries.unparse(resolved=True)
    return words.removesuffix(b">>")


def _forget_crypt(entries: pikepdf.Object) -> None:
    filters, settings = entries.get("/Filter"), entries.get("/DecodeParms")
    if not isinstance(filters, pikepdf.Array):
        if filters == pikepdf.Name.Crypt:
            del entries["/Filter"]
            if settings is not None:
                del entries["/DecodeParms"]
        return
    kept = [at for at, each in enumerate(filters.as_list()) if each != pikepdf.Name.Crypt]
    entries.Filter = pikepdf.Array([filters[at] for at in kept])
    if isinstance(settings, pikepdf.Array):
        entries.DecodeParms = pikepdf.Array([settings[at] for at in kept if at < len(settings)])


def _locked_strings(parts: list[bytes], lock: Lock) -> list[bytes]:
    for at in range(1, len(parts), 2):
        if (said := parts[at])[-1] != _REFERENCE:
            parts[at] = b"<%b>" % lock.locked(_meant(said)).hex().encode()
    return parts


def _meant(said: bytes) -> bytes:
    if said.startswith(b"<"):
        return bytes.fromhex(said[1:-1].decode())
    return bytes(pikepdf.Object.parse(said)) if b"\\" in said else said[1:-1]


def _put_stream(file: "_File", said: bytes, stream: pikepdf.Stream, lock: Lock) -> None:
    content = memoryview(stream.get_raw_stream_buffer())
    head = b"%b/Length %d >>\nstream\n" % (said, locked_size(len(content)))
    if len(content) < _LONG:
        file.put(b"%b%b\nendstream\nendobj\n" % (head, lock.locked(bytes(content))))
    else:
        file.put(head)
        for part in lock.parts(content):
            file.more(part)
        file.more(b"\nendstream\nendobj\n")


def _trailer(document: pikepdf.Pdf) -> bytes:
    """Its entries that are not about the file it stood in. Strings in a trailer are not encrypted: what may hold some
    becomes an object."""
    kept = copy.copy(document.trailer)
    for name in _OF_A_FILE & set(kept.keys()):
        del kept[name]
    for name, value in list(kept.items()):
        if isinstance(value, pikepdf.Dictionary | pikepdf.Array | pikepdf.String) and not value.is_indirect:
            kept[name] = document.make_indirect(value)
    return kept.unparse(resolved=True).removeprefix(b"<<").removesuffix(b">>").strip()


def _identity(document: pikepdf.Pdf) -> bytes:
    """The first half stays with the document, the second is this file's."""
    new = secrets.token_bytes(16)
    known = document.trailer.get("/ID")
    first = known[0] if isinstance(known, pikepdf.Array) and len(known) else None
    lasting = bytes(first) if isinstance(first, pikepdf.String) else new
    return b"[ <%b> <%b> ]" % (lasting.hex().encode(), new.hex().encode())


class _File:
    """Objects one after the other, then where they stand."""

    def __init__(self, target: BinaryIO, version: str) -> None:
        self._target = target
        self._position = 0
        self._offsets: list[int] = []
        self.more(b"%%PDF-%b\n%%\xbf\xf7\xa2\xfe\n" % version.encode())

    def put(self, content: bytes) -> None:
        """The beginning, or the whole, of the next object."""
        self._offsets.append(self._position)
        self.more(b"%d 0 obj\n%b" % (len(self._offsets), content))

    def more(self, content: bytes | memoryview) -> None:
        self._position += len(content)
        self._target.write(content)

    def close(self, trailer: bytes) -> None:
        size, start = len(self._offsets) + 1, self._position
        self.more(b"xref\n0 %d\n0000000000 65535 f \n" % size)
        self.more(b"".join([b"%010d 00000 n \n" % each for each in self._offsets]))
        self.more(b"trailer\n%b /Size %d >>\nstartxref\n%d\n%%%%EOF\n" % (trailer, size, start))
