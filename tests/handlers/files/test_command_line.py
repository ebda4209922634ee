"""Sealing and inspecting files from the command line's functions."""

import io
from io import BytesIO
from pathlib import Path

import pytest
import pyzipper

from handlers.files.sealing import Format
from handlers.files.sealing.command_line import WORTH_A_BAR, CannotSeal, bar, inspect_file, seal_files
from tests.handlers.files.scene import REPORT, SECRET, opened
from tests.handlers.files.test_pdf import document


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "Báo cáo.docx").write_bytes(REPORT)
    (tmp_path / "Ghi chú.txt").write_text("Xin chào", "utf-8")
    (tmp_path / "Kế hoạch.docx").write_bytes(SECRET)
    return tmp_path


def test_one_file_is_sealed_in_its_own_format(folder: Path) -> None:
    sealed = seal_files([folder / "Báo cáo.docx"], folder / "ra")
    assert (sealed.path, sealed.format) == (folder / "ra" / "Báo cáo.docx", Format.OOXML)
    assert opened(sealed.path.read_bytes(), sealed.password) == REPORT
    assert sealed.password not in repr(sealed)


def test_several_files_go_into_one_archive(folder: Path) -> None:
    sealed = seal_files([folder / "Báo cáo.docx", folder / "Ghi chú.txt"], folder / "ra", password="abc-def")
    with pyzipper.AESZipFile(sealed.path) as archive:
        archive.setpassword(b"abc-def")
        assert archive.namelist() == ["Báo cáo.docx", "Ghi chú.txt"]
        assert archive.read("Báo cáo.docx") == REPORT


def test_names_can_be_hidden(folder: Path) -> None:
    sealed = seal_files([folder / "Ghi chú.txt"], folder / "ra", hide_names=True)
    content = sealed.path.read_bytes()
    assert "Ghi chú".encode() not in content
    with pyzipper.AESZipFile(BytesIO(content)) as archive:
        assert len(archive.namelist()) == 1


def test_nothing_is_overwritten(folder: Path) -> None:
    first, second = (seal_files([folder / "Ghi chú.txt"], folder / "ra") for _ in range(2))
    assert (first.path.name, second.path.name) == ("Ghi chú.zip", "Ghi chú (2).zip")


@pytest.mark.parametrize(
    ("names", "password", "said"),
    [
        (["Kế hoạch.docx"], None, "secret"),
        (["Ghi chú.txt", "Kế hoạch.docx"], None, "secret"),
        (["nowhere.docx"], None, "No such file"),
        (["Ghi chú.txt"], "mật khẩu", "ASCII"),
        (["Ghi chú.txt"], "", "ASCII"),
    ],
)
def test_a_refusal_says_why_and_writes_nothing(folder: Path, names: list[str], password: str | None, said: str) -> None:
    with pytest.raises(CannotSeal, match=said):
        seal_files([folder / name for name in names], folder / "ra", password=password)
    assert not (folder / "ra").exists()


def test_large_files_show_how_far_it_is(folder: Path) -> None:
    (folder / "a.bin").write_bytes(bytes(9 << 20))
    shares: list[float] = []
    seal_files([folder / "a.bin", folder / "Ghi chú.txt"], folder / "ra", progress=shares.append)
    assert shares == sorted(shares)
    assert (len(shares), shares[-1]) == (5, 1.0)
    seal_files([folder / "Ghi chú.txt"], folder / "ra", progress=shares.append)
    assert len(shares) == 5


class _Terminal(io.StringIO):
    def __init__(self, *, is_terminal: bool) -> None:
        super().__init__()
        self._is_terminal = is_terminal

    def isatty(self) -> bool:
        return self._is_terminal


def test_a_terminal_is_shown_a_bar_that_is_wiped_at_the_end_and_a_pipe_nothing(folder: Path) -> None:
    (folder / "a.bin").write_bytes(bytes(WORTH_A_BAR))
    terminal = _Terminal(is_terminal=True)
    seal_files([folder / "a.bin"], folder / "ra", progress=bar(terminal))
    drawn = terminal.getvalue().split("\r")
    assert [each[-5:].strip() for each in drawn if "%" in each] == ["10 %", "60 %", "95 %"]
    assert drawn[-2].isspace()
    assert len(drawn[-2]) >= len(drawn[-3])
    assert drawn[-1] == ""
    assert bar(_Terminal(is_terminal=False)) is None


def test_the_bar_is_wiped_before_a_refusal_is_said(folder: Path) -> None:
    (folder / "TỐI MẬT.bin").write_bytes(bytes(WORTH_A_BAR))
    terminal = _Terminal(is_terminal=True)
    with pytest.raises(CannotSeal):
        seal_files([folder / "TỐI MẬT.bin"], folder / "ra", progress=bar(terminal))
    assert terminal.getvalue().endswith(" \r")


def test_inspection_tells_what_a_file_is() -> None:
    assert inspect_file(document(signed=True), "a.pdf") == {
        "type": "pdf",
        "protected": False,
        "signed": True,
        "macros": False,
        "secrecy": [],
        "read_all": True,
        "refuse": None,
    }
    assert inspect_file(SECRET, "a.docx")["secrecy"] == ["TỐI MẬT"]
    assert inspect_file(SECRET, "a.docx")["refuse"] == "secret"
    assert inspect_file(b"", "a.docx")["refuse"] == "empty"
