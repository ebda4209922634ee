"""Words: texts of the house and the office's own, each parsed when it is said; a fact that is too long is cut."""

from pathlib import Path

import pytest

import config
from bot.engine.texts import LONGEST, Texts, UnknownText


def test_a_fact_too_long_for_a_text_is_cut_and_not_a_fault() -> None:
    words = Texts(Path(config.__file__).parent / "texts").words("vi")
    assert "b" * LONGEST in words("picked-new", title="b" * LONGEST)
    said = words("picked-new", title="a" * (LONGEST + 1))
    assert "a" * (LONGEST - 1) + "…" in said
    assert "a" * LONGEST not in said


def _texts(folder: Path, house: str, office: str = "") -> Texts:
    for place, content in (("house", house), ("office", office)):
        (folder / place / "vi").mkdir(parents=True)
        (folder / place / "vi" / "own.ftl").write_text(content, encoding="utf-8")
    return Texts(folder / "house", folder / "office")


def test_a_text_brings_along_the_texts_and_terms_it_refers_to(tmp_path: Path) -> None:
    house = "-office = Sở Nội vụ\nhead = { -office }: { greeting }\ngreeting = Chào { $name }\n"
    assert _texts(tmp_path, house).words("vi")("head", name="Lan") == "Sở Nội vụ: Chào Lan"


def test_a_text_goes_on_until_the_next_one_begins(tmp_path: Path) -> None:
    many = "many = { $count ->\n    [one] một\n   *[other]\n      { $count } việc\n}\n\n    ở đây\n"
    house = f"{many}# of another\nnext = Tiếp\n"
    words = _texts(tmp_path, house).words("vi")
    assert words("many", count=12000) == "12000 việc\n\nở đây"
    assert words("next") == "Tiếp"


def test_an_office_rewords_one_text_and_the_others_stay(tmp_path: Path) -> None:
    words = _texts(tmp_path, "-we = Phòng\none = { -we } A\ntwo = { -we } B\n", "-we = Ban\none = { -we } C\n").words(
        "vi"
    )
    assert (words("one"), words("two")) == ("Ban C", "Ban B")


def test_where_an_office_wrote_no_text_the_house_s_own_is_said(tmp_path: Path) -> None:
    words = _texts(tmp_path, "one = Một\ntwo = Hai\n", "one = { $open\ntwo = Hai lần\n").words("vi")
    assert (words("one"), words("two")) == ("Một", "Hai lần")


def test_a_text_that_is_not_there_is_a_fault_and_not_silence(tmp_path: Path) -> None:
    words = _texts(tmp_path, "-we = Phòng\none = { $name } và { -they }\n").words("vi")
    for missing, facts in (("none", {}), ("-we", {}), ("one", {}), ("one", {"name": "Lan"})):
        with pytest.raises(UnknownText):
            words(missing, **facts)
    assert "one" in words
    assert "none" not in words
    assert "-we" not in words
