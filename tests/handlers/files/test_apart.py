"""Inspection in a process of its own: what kills it is refused, and it knows none of our secrets."""

import random
import zipfile
from io import BytesIO

import pytest

from handlers.files.sealing import Reason, Refused, apart, inspect
from tests.handlers.files.scene import REPORT
from tests.handlers.files.test_pdf import document
from tests.handlers.files.test_refusals import BAD

W = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def test_it_sees_what_inspection_at_home_sees() -> None:
    for content, name in ((REPORT, "a.docx"), (document(), "a.pdf"), (b"xin chao", "a.txt"), ("MẬT".encode(), "b.txt")):
        assert apart.inspect(content, name) == inspect(content, name)


@pytest.mark.parametrize("case", ["nothing", "a bomb in a letter", "entities in a letter", "a link", "half a PDF"])
def test_a_refusal_comes_back_with_its_reason(case: str) -> None:
    make, name, reason = BAD[case]
    with pytest.raises(Refused) as refused:
        apart.inspect(make(), name)
    assert refused.value.reason == reason


def _of_a_million_paragraphs() -> bytes:
    """Within every declared limit, and yet more than an honest letter."""
    chance = random.Random(1)
    noise = b"".join(b"<w:p><w:r><w:t>%d</w:t></w:r></w:p>" % chance.getrandbits(64) for _ in range(2_400_000))
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"<w:d " + W + b">" + noise[: 120 << 20] + b"</w:d>")
    return target.getvalue()


@pytest.mark.slow
def test_what_takes_too_much_is_refused_and_nothing_else_suffers() -> None:
    with pytest.raises(Refused) as refused:
        apart.inspect(_of_a_million_paragraphs(), "a.docx")
    assert refused.value.reason in (Reason.EXHAUSTED, Reason.CORRUPT)
    assert apart.inspect(b"xin chao", "a.txt").has_text


def test_too_little_memory_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "MEMORY", 60 << 20)
    with pytest.raises(Refused) as refused:
        apart.inspect(random.Random(1).randbytes(40 << 20), "a.bin")
    assert refused.value.reason == Reason.EXHAUSTED


def test_a_program_that_dies_is_a_refusal(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:  # type: ignore[no-untyped-def]
    dying = tmp_path / "dying.py"
    dying.write_text("import os, signal, sys\nsys.stdin.buffer.read()\nos.kill(os.getpid(), signal.SIGSEGV)\n")
    monkeypatch.setattr(apart, "_PROGRAM", dying)
    with pytest.raises(Refused) as refused:
        apart.inspect(b"xin chao", "a.txt")
    assert refused.value.reason == Reason.EXHAUSTED


def test_it_is_not_handed_the_programs_secrets(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:  # type: ignore[no-untyped-def]
    curious = tmp_path / "curious.py"
    curious.write_text("import os, sys, json\nprint(json.dumps({'bug': ' '.join(os.environ)}))\n")
    monkeypatch.setattr(apart, "_PROGRAM", curious)
    monkeypatch.setenv("GIAOBAN_SECRET_KEY", "x")
    with pytest.raises(apart.InspectionFailed) as told:
        apart.inspect(b"xin chao", "a.txt")
    assert "PATH" in str(told.value)
    assert "GIAOBAN" not in str(told.value)
