"""Compound files ([MS-CFB] version 3), the container around an encrypted Office file: a writer and a strict reader."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

SECTOR = 512
MINI_SECTOR = 64
MINI_LIMIT = 4096  # a stream shorter than this lives in the mini stream
MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")

_FREE, _END, _FAT, _DIFAT, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFC, 0xFFFFFFFF
_IN_HEADER = 109  # FAT sectors named by the header itself
_PER_SECTOR = SECTOR // 4
_STORAGE, _STREAM, _ROOT = 1, 2, 5


class Malformed(ValueError):
    """The container is not one: chains that leave the file, run in circles or share sectors."""


@dataclass(frozen=True, slots=True)
class Stream:
    """A stream to be written: its path from the root, and its size in bytes."""

    path: tuple[str, ...]
    size: int


@dataclass(slots=True)
class _Node:
    name: str
    kind: int
    children: list[int]
    start: int = 0
    size: int = 0
    left: int = _NONE
    right: int = _NONE
    child: int = _NONE
    black: int = 1


def _sectors(size: int, unit: int = SECTOR) -> int:
    return -(-size // unit)


def _order(name: str) -> tuple[int, str]:
    return len(name.encode("utf-16-le")), name.upper()


class Writer:
    """Lays out streams whose sizes are known, so that their bytes can be written in any order, each in one go.

    Everything but the bytes of the streams is written at once; `put` fills a stream in.
    """

    def __init__(self, target: BinaryIO, streams: list[Stream]) -> None:
        self._target = target
        self._base = target.tell()
        self._nodes, self._index = _tree(streams)
        self._offsets: dict[tuple[str, ...], int] = {}
        self._lay_out(streams)

    def put(self, path: tuple[str, ...], content: bytes) -> None:
        self.seek(path)
        self._target.write(content)

    def seek(self, path: tuple[str, ...], offset: int = 0) -> None:
        """Stands the target at the place of a stream: every stream is laid out without gaps."""
        self._target.seek(self._base + self._offsets[path] + offset)

    def _lay_out(self, streams: list[Stream]) -> None:
        small = [stream for stream in streams if stream.size < MINI_LIMIT]
        large = [stream for stream in streams if stream.size >= MINI_LIMIT]
        mini_chain = self._chain([_sectors(stream.size, MINI_SECTOR) for stream in small], 0)
        runs = [
            _sectors(len(self._nodes) * 128),
            _sectors(len(mini_chain) * 4),
            _sectors(len(mini_chain) * MINI_SECTOR),
            *(_sectors(stream.size) for stream in large),
        ]
        fat, difat = _tables(sum(runs))
        first = fat + difat
        starts = [first + sum(runs[:number]) for number in range(len(runs))]
        table = [_DIFAT] * difat + [_FAT] * fat + self._chain(runs, first)
        self._place_small(small, starts[2])
        for stream, start in zip(large, starts[3:], strict=True):
            self._remember(stream, start, (start + 1) * SECTOR)
        root = self._nodes[0]
        root.start, root.size = (starts[2] if runs[2] else _END), len(mini_chain) * MINI_SECTOR
        self._write_frame(table, fat, difat, starts, runs)
        self._write_table(starts[1], mini_chain)
        self._pad_to((first + sum(runs) + 1) * SECTOR)

    @staticmethod
    def _chain(runs: list[int], first: int) -> list[int]:
        table: list[int] = []
        for run in runs:
            here = first + len(table)
            table.extend(range(here + 1, here + run))
            table.extend([_END] if run else [])
        return table

    def _place_small(self, small: list[Stream], container: int) -> None:
        unit = 0
        for stream in small:
            self._remember(stream, unit if stream.size else _END, (container + 1) * SECTOR + unit * MINI_SECTOR)
            unit += _sectors(stream.size, MINI_SECTOR)

    def _remember(self, stream: Stream, start: int, offset: int) -> None:
        node = self._nodes[self._index[stream.path]]
        node.start, node.size = start, stream.size
        self._offsets[stream.path] = offset

    def _write_frame(self, table: list[int], fat: int, difat: int, starts: list[int], runs: list[int]) -> None:
        fat_sectors = list(range(difat, difat + fat))
        listed = fat_sectors[:_IN_HEADER]
        header = struct.pack(
            "<8s16xHHHHH6xIIIIIIIII",
            *(MAGIC, 0x3E, 3, 0xFFFE, 9, 6, 0, fat, starts[0], 0, MINI_LIMIT),
            *(starts[1] if runs[1] else _END, runs[1], 0 if difat else _END, difat),
        )
        self._target.seek(self._base)
        self._target.write(header + _ints(listed + [_FREE] * (_IN_HEADER - len(listed))))
        rest = fat_sectors[_IN_HEADER:]
        for number in range(difat):
            part = rest[number * (_PER_SECTOR - 1) : (number + 1) * (_PER_SECTOR - 1)]
            following = number + 1 if number + 1 < difat else _END
            self._target.write(_ints(part + [_FREE] * (_PER_SECTOR - 1 - len(part)) + [following]))
        self._target.write(_ints(table + [_FREE] * (fat * _PER_SECTOR - len(table))))
        directory = b"".join(_entry(node) for node in self._nodes)
        self._target.write(directory + _EMPTY_ENTRY * (-len(self._nodes) % 4))

    def _write_table(self, start: int, table: list[int]) -> None:
        self._target.seek(self._base + (start + 1) * SECTOR)
        self._target.write(_ints(table + [_FREE] * (-len(table) % _PER_SECTOR)))

    def _pad_to(self, end: int) -> None:
        """The last sector is whole even if its stream does not fill it."""
        self._target.seek(self._base + end - 1)
        self._target.write(b"\0")


def _tables(content: int) -> tuple[int, int]:
    """How many FAT and DIFAT sectors it takes to chain `content` sectors and themselves."""
    fat = difat = 0
    while True:
        needed = _sectors(content + fat + difat, _PER_SECTOR)
        more = _sectors(max(0, needed - _IN_HEADER), _PER_SECTOR - 1)
        if (needed, more) == (fat, difat):
            return fat, difat
        fat, difat = needed, more


def _ints(numbers: list[int]) -> bytes:
    return struct.pack(f"<{len(numbers)}I", *numbers)


def _tree(streams: list[Stream]) -> tuple[list[_Node], dict[tuple[str, ...], int]]:
    nodes = [_Node("Root Entry", _ROOT, [])]
    index: dict[tuple[str, ...], int] = {(): 0}
    for stream in streams:
        for depth in range(1, len(stream.path) + 1):
            path = stream.path[:depth]
            if path not in index:
                index[path] = len(nodes)
                nodes[index[path[:-1]]].children.append(len(nodes))
                nodes.append(_Node(path[-1], _STREAM if depth == len(stream.path) else _STORAGE, []))
    for node in nodes:
        ordered = sorted(node.children, key=lambda number: _order(nodes[number].name))
        node.child = _balance(nodes, ordered, len(ordered).bit_length() - 1)
    return nodes, index


def _balance(nodes: list[_Node], ordered: list[int], red_depth: int) -> int:
    """A red-black tree of siblings: halved at each step, and only an unfilled last level is red."""
    if not ordered:
        return _NONE
    middle = len(ordered) // 2
    node = nodes[ordered[middle]]
    node.black = 1
    node.left = _balance(nodes, ordered[:middle], red_depth - 1)
    node.right = _balance(nodes, ordered[middle + 1 :], red_depth - 1)
    full = (len(ordered) + 1) & len(ordered) == 0
    if not full:
        for child in (node.left, node.right):
            if child != _NONE and red_depth == 1:
                nodes[child].black = 0
    return ordered[middle]


def _entry(node: _Node) -> bytes:
    name = node.name.encode("utf-16-le") + b"\0\0"
    links = (len(name), node.kind, node.black, node.left, node.right, node.child)
    return struct.pack("<64sHBBIII16xI16xIQ", name, *links, 0, node.start, node.size)


_EMPTY_ENTRY = struct.pack("<64sHBBIII16xI16xIQ", b"", 0, 0, 0, _NONE, _NONE, _NONE, 0, 0, 0)


class Reader:
    """A compound file in memory. Strict: a chain outside the file, or longer than it, is Malformed."""

    def __init__(self, content: bytes) -> None:
        self._content = memoryview(content)
        if len(content) < 3 * SECTOR or content[:8] != MAGIC:
            raise Malformed("no compound file")
        version, shift = struct.unpack_from("<H2xH", content, 26)
        if (version, shift) not in ((3, 9), (4, 12)):
            raise Malformed(f"version {version}")
        self._sector = 1 << shift
        self._fat = self._read_fat()
        directory, mini_fat = struct.unpack_from("<I", content, 48)[0], struct.unpack_from("<I", content, 60)[0]
        self._entries = self._read_directory(directory)
        self._mini_fat = self._numbers(self._chain(mini_fat)) if mini_fat < _DIFAT else ()
        self._mini = b"".join(self._chain(self._entries[()][0])) if self._entries[()][1] else b""

    @property
    def paths(self) -> tuple[tuple[str, ...], ...]:
        return tuple(path for path in self._entries if path)

    def size(self, path: tuple[str, ...]) -> int:
        return self._entries[path][1]

    def read(self, path: tuple[str, ...]) -> bytes:
        start, size = self._entries[path]
        if size == 0:
            return b""
        parts = self._mini_chain(start) if size < MINI_LIMIT else self._chain(start)
        content = b"".join(parts)
        if len(content) < size:
            raise Malformed(f"stream of {size} bytes has {len(content)}")
        return content[:size]

    def _at(self, sector: int) -> memoryview:
        part = self._content[(sector + 1) * self._sector : (sector + 2) * self._sector]
        if len(part) == 0:
            raise Malformed(f"sector {sector} is beyond the end")
        return part

    def _read_fat(self) -> tuple[int, ...]:
        count, following, more = struct.unpack_from("<I20xII", self._content, 44)
        sectors = list(struct.unpack_from(f"<{_IN_HEADER}I", self._content, 76))
        last = self._sector // 4 - 1
        for _ in range(more):
            numbers = self._numbers(iter((self._at(following),)))
            sectors += numbers[:last]
            following = numbers[last]
        if more and following != _END:
            raise Malformed("the DIFAT does not end")
        if count > len(sectors):
            raise Malformed("FAT sectors are missing")
        return self._numbers(self._at(sector) for sector in sectors[:count])

    @staticmethod
    def _numbers(parts: Iterator[memoryview]) -> tuple[int, ...]:
        content = b"".join(parts)
        return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])

    def _walk(self, table: tuple[int, ...], start: int) -> Iterator[int]:
        sector = start
        for _ in range(len(table) + 1):
            if sector == _END:
                return
            if sector >= len(table):
                raise Malformed(f"chain leads to {sector:#x}")
            yield sector
            sector = table[sector]
        raise Malformed("chain runs in a circle")

    def _chain(self, start: int) -> Iterator[memoryview]:
        return (self._at(sector) for sector in self._walk(self._fat, start))

    def _mini_chain(self, start: int) -> Iterator[bytes]:
        return (self._mini[unit * 64 : unit * 64 + 64] for unit in self._walk(self._mini_fat, start))

    def _read_directory(self, start: int) -> dict[tuple[str, ...], tuple[int, int]]:
        raw = b"".join(self._chain(start))
        if len(raw) < 128:
            raise Malformed("no directory")
        found: dict[tuple[str, ...], tuple[int, int]] = {}
        seen: set[int] = set()
        todo: list[tuple[int, tuple[str, ...]]] = [(0, ())]
        while todo:
            number, parent = todo.pop()
            if number == _NONE:
                continue
            if number in seen or (number + 1) * 128 > len(raw):
                raise Malformed("directory runs in a circle")
            seen.add(number)
            fields = struct.unpack_from("<64sHBBIII16xI16xIQ", raw, number * 128)
            name, length, kind, _, left, right, child, _, first, size = fields
            path = () if number == 0 else (*parent, name[: max(0, length - 2)].decode("utf-16-le", "replace"))
            found[path] = (first, size & 0xFFFFFFFF)
            todo += [(left, parent), (right, parent), (child, path)] if kind else []
        return found
