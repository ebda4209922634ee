"""How fast sealing is, beside others' writers and beside the cipher itself, all in one run; memory from children."""

import contextlib
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from time import perf_counter
from typing import Any

PASSWORD = "bien-cam-thu-lo-nang-tre-mua"
ROUNDS = 5
MB = 1 << 20
_ROOT = Path(__file__).parents[1]
_WORDS = ("bao", "cao", "ket", "qua", "thuc", "hien", "nhiem", "vu", "nam", "phong", "van", "hoa", "thong", "tin")
_OFFICE = "application/vnd.openxmlformats"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    f'<Default Extension="rels" ContentType="{_OFFICE}-package.relationships+xml"/><Override PartName='
    f'"/word/document.xml" ContentType="{_OFFICE}-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_PARTS = (("[Content_Types].xml", _TYPES), ("_rels/.rels", "<Relationships/>"), ("word/document.xml", "<d/>"))


# the files


def docx(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in _PARTS:
            archive.writestr(name, part)
        archive.writestr("word/media/image1.png", random.Random(1).randbytes(20 * MB), zipfile.ZIP_STORED)


def noise(path: Path) -> None:
    path.write_bytes(random.Random(2).randbytes(200 * MB))


def text_pdf(path: Path) -> None:
    _pdf(path, pages=100, words=45_000, picture=0)


def picture_pdf(path: Path) -> None:
    _pdf(path, pages=40, words=200, picture=MB // 2)


def notes_pdf(path: Path) -> None:
    import pikepdf

    note: dict[str, Any] = {"Type": pikepdf.Name.Annot, "Subtype": pikepdf.Name.Text, "Rect": [0, 0, 20.5, 30]}
    with pikepdf.new() as made:
        for _ in range(100):
            notes = [made.make_indirect(pikepdf.Dictionary(Contents=f"Note {at}", **note)) for at in range(200)]
            made.add_blank_page().obj.Annots = pikepdf.Array(notes)
        made.save(path, object_stream_mode=pikepdf.ObjectStreamMode.disable)


def _pdf(path: Path, *, pages: int, words: int, picture: int) -> None:
    import pikepdf

    chance = random.Random(3)
    image = {"Type": pikepdf.Name.XObject, "Subtype": pikepdf.Name.Image, "Width": 800, "Height": 655}
    with pikepdf.new() as made:
        for _ in range(pages):
            page = made.add_blank_page()
            text = f"BT /F1 12 Tf 72 700 Td ({' '.join(chance.choices(_WORDS, k=words))}) Tj ET"
            page.obj.Contents = made.make_stream(text.encode())
            if picture:
                jpeg = pikepdf.Stream(made, chance.randbytes(picture), Filter=pikepdf.Name.DCTDecode, **image)
                page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=made.make_indirect(jpeg)))
        made.save(path, compress_streams=False)


# the writers


def our_docx(source: Path, target: Path) -> None:
    from handlers.files.sealing import ooxml

    with source.open("rb") as plain, target.open("w+b") as sealed:
        ooxml.encrypt(plain, sealed, PASSWORD)


def msoffcrypto(source: Path, target: Path) -> None:
    from msoffcrypto.format.ooxml import OOXMLFile

    with source.open("rb") as plain, target.open("wb") as sealed:
        OOXMLFile(plain).encrypt(PASSWORD, sealed)


def our_zip(source: Path, target: Path) -> None:
    from handlers.files.sealing import zipaes

    with source.open("rb") as plain, target.open("w+b") as sealed:
        zipaes.write(sealed, [("a.bin", plain)], PASSWORD)


def pyzipper(source: Path, target: Path) -> None:
    import pyzipper as library

    aes: dict[str, Any] = {"compression": library.ZIP_STORED, "encryption": library.WZ_AES}
    with library.AESZipFile(target, "w", **aes) as archive:
        archive.setpassword(PASSWORD.encode())
        archive.write(source, "a.bin")


def seven_zip(source: Path, target: Path) -> None:
    command = ["7z", "a", "-tzip", "-mx0", "-mem=AES256", f"-p{PASSWORD}", str(target), str(source)]
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)


def our_pdf(source: Path, target: Path) -> None:
    from handlers.files.sealing import pdf

    pdf.write(source, target, PASSWORD)


def pikepdf_default(source: Path, target: Path) -> None:
    import pikepdf

    with pikepdf.open(source) as document:
        document.save(target, encryption=pikepdf.Encryption(user=PASSWORD, owner=PASSWORD + "!", R=6))


def cbc(source: Path, target: Path) -> None:
    _cipher(source, "CBC")


def counter(source: Path, target: Path) -> None:
    _cipher(source, "CTR")


def _cipher(source: Path, mode: str) -> None:
    """Only the cipher, over bytes in memory: what no writer of a format can be faster than on one core."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    context = Cipher(algorithms.AES(bytes(32)), getattr(modes, mode)(bytes(16))).encryptor()
    plain, out = bytes(MB), bytearray(MB + 15)
    for _ in range(source.stat().st_size // MB):
        context.update_into(plain, out)


WRITERS: Mapping[str, Callable[[Path, Path], None]] = {
    each.__name__: each
    for each in (our_docx, msoffcrypto, our_zip, pyzipper, seven_zip, our_pdf, pikepdf_default, cbc, counter)
}
CASES: Mapping[str, tuple[Callable[[Path], None], tuple[str, ...], Mapping[str, float]]] = {
    "docx 20 MB": (docx, ("our_docx", "msoffcrypto", "cbc"), {"msoffcrypto": 1.4}),
    "zip 200 MB, incompressible": (noise, ("our_zip", "pyzipper", "seven_zip", "counter"),
                                   {"pyzipper": 3.0, "seven_zip": 1.0}),
    "pdf 20 MB, plain streams": (text_pdf, ("our_pdf", "pikepdf_default", "cbc"), {"pikepdf_default": 3.0}),
    "pdf 20 MB, pictures": (picture_pdf, ("our_pdf", "pikepdf_default", "cbc"), {"pikepdf_default": 3.0}),
    "pdf 4 MB, 20,000 small objects": (notes_pdf, ("our_pdf", "pikepdf_default", "cbc"), {}),
}  # fmt: skip
"""The file, the writers (ours first, the cipher last), and how many times faster ours is to be."""


# measuring


def run() -> dict[str, Any]:
    """For each case: milliseconds (the best of some rounds, taken in turn), megabytes of growth, ratios and goals."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        return {name: _case(Path(folder), *case) for name, case in CASES.items()}


def _case(
    folder: Path, make: Callable[[Path], None], names: tuple[str, ...], goals: Mapping[str, float]
) -> dict[str, Any]:
    source = folder / "source"
    make(source)
    names = tuple(name for name in names if name != "seven_zip" or shutil.which("7z"))
    rounds = [{name: _in_child(name, source, folder / "target") for name in names} for _ in range(ROUNDS)]
    times = {name: min(each[name]["seconds"] for each in rounds) for name in names}
    grown = {name: max(each[name]["grown"] for each in rounds) for name in names}
    ours, others, cipher = names[0], names[1:-1], names[-1]
    ratios = {other: round(times[other] / times[ours], 2) for other in others}
    return {
        "milliseconds": {name: round(1000 * seconds, 1) for name, seconds in times.items()},
        "grown MB": {name: round(size / MB, 1) for name, size in grown.items() if name not in (cipher, "seven_zip")},
        "times faster than": ratios,
        "fraction of the cipher's limit": round(times[cipher] / times[ours], 3),
        "goals": {other: {"wanted": goal, "met": ratios[other] >= goal} for other, goal in goals.items()
                  if other in ratios},
    }  # fmt: skip


def _in_child(writer: str, source: Path, target: Path) -> dict[str, float]:
    """A process for each measurement, so that its memory is the writer's own."""
    target.unlink(missing_ok=True)
    command = [sys.executable, "-m", "tests.bench_sealing", writer, str(source), str(target)]
    ended = subprocess.run(command, cwd=_ROOT, capture_output=True, check=True)
    measured: dict[str, float] = json.loads(ended.stdout)
    return measured


def _measured(writer: Callable[[Path, Path], None], source: Path, target: Path) -> dict[str, float]:
    with contextlib.suppress(OSError, AttributeError):
        os.sched_setaffinity(0, range(os.cpu_count() or 1))  # whoever started us may have kept to one core
    _warm_up(writer, target)
    before = _most_memory()
    start = perf_counter()
    writer(source, target)
    seconds = perf_counter() - start
    return {"seconds": seconds, "grown": _most_memory() - before}


def _most_memory() -> int:
    """Bytes resident at the most. Linux hands getrusage's figure on from the process that started this one."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    line = next(each for each in status.read_text().splitlines() if each.startswith("VmHWM"))
    return int(line.split()[1]) * 1024


def _warm_up(writer: Callable[[Path, Path], None], target: Path) -> None:
    """Imports and first uses on a small file; what it leaves is gone."""
    small = target.with_name("small")
    if writer in (our_pdf, pikepdf_default):
        _pdf(small, pages=1, words=10, picture=0)
    else:
        made = BytesIO()
        with zipfile.ZipFile(made, "w") as archive:
            for name, part in _PARTS:
                archive.writestr(name, part)
        small.write_bytes(made.getvalue())
    writer(small, target)
    target.unlink(missing_ok=True)


if __name__ == "__main__":
    print(json.dumps(_measured(WRITERS[sys.argv[1]], Path(sys.argv[2]), Path(sys.argv[3]))))
