"""Every format, every size, Vietnamese names: checked by programs that share no code with us."""

import os
import random
import shutil
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from handlers.files.sealing import seal, zipaes
from tests.handlers.files.test_ooxml import letter
from tests.handlers.files.test_pdf import document

CHECKER = Path(__file__).parents[4] / "shared" / "tools" / "check-seal"
PASSWORD = "bien-cam-thu-lo-nang-4827"  # poppler reads no more than 32 letters of its argument
NAMES = ["Báo cáo số liệu quý IV.docx", "Tờ trình – Đề án “ưỡng ẹo” (bản 2).docx"]
SIZES = [1500, 4079, 4080, 4081, 4096, 100_000, 7_082_881, 7_146_880, 15_276_017, 15_341_041, 23_533_553, 23_598_577]

pytestmark = [
    pytest.mark.programs,
    pytest.mark.slow,
    pytest.mark.skipif(not CHECKER.exists(), reason="check-seal is not there"),
    pytest.mark.skipif(not shutil.which("soffice"), reason="needs libreoffice"),
]


def docx_of(size: int) -> bytes:
    """A letter Office would open, brought to this very size with a picture that is not shown."""
    made = BytesIO(letter())
    with zipfile.ZipFile(made, "a") as archive:
        info = zipfile.ZipInfo("word/media/image1.png")
        archive.writestr(info, b"")
    missing = size - len(made.getvalue())
    assert missing >= 0
    made = BytesIO(letter())
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr(info, random.Random(size).randbytes(missing))
    assert len(made.getvalue()) == size
    return made.getvalue()


def passes(kind: str, sealed: bytes, original: bytes, name: str, folder: Path) -> None:
    """The name is the file's own, so that the programs meet it too."""
    (folder / name).write_bytes(sealed)
    (folder / "original").write_bytes(original)
    command = [str(CHECKER), kind, str(folder / name), PASSWORD, str(folder / "original")]
    environment = {**os.environ, "PYTHON": sys.executable}
    checked = subprocess.run(command, capture_output=True, text=True, check=False, timeout=110, env=environment)
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize("size", SIZES)
def test_a_letter_of_every_size(size: int, tmp_path: Path) -> None:
    content = docx_of(size)
    passes("ooxml", seal(content, NAMES[0], PASSWORD).content, content, NAMES[0], tmp_path)


def test_a_letter_with_a_difficult_name(tmp_path: Path) -> None:
    sealed = seal(letter(), NAMES[1], PASSWORD)
    passes("ooxml", sealed.content, letter(), sealed.name, tmp_path)


@pytest.mark.parametrize("size", [0, 1, 4096, 262_127, 262_129, 1_048_577, 7_146_880, 50 << 20])
def test_an_archive_of_every_size(size: int, tmp_path: Path) -> None:
    content = random.Random(size).randbytes(size)
    passes("zip", zipaes.sealed([(NAMES[1], content)], PASSWORD), content, "Hồ sơ đã niêm.zip", tmp_path)


def test_an_archive_that_shrinks(tmp_path: Path) -> None:
    content = "Báo cáo công tác văn thư. ".encode() * 100_000
    passes("zip", zipaes.sealed([(NAMES[0], content)], PASSWORD), content, "Hồ sơ.zip", tmp_path)


@pytest.mark.parametrize("text", ["Bao cao", "x" * 5_000_000], ids=["small", "5 MB"])
def test_a_pdf(text: str, tmp_path: Path) -> None:
    content = document(text, compress_streams=False)
    passes("pdf", seal(content, "Quyết định.pdf", PASSWORD).content, content, "Quyết định.pdf", tmp_path)
