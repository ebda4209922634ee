"""People are named as every messenger shows them."""

from tests.handlers.tasks.conftest import Team


async def test_a_full_name_after_an_at_sign(team: Team) -> None:
    await team.lan.says("/giao @Nguyễn Văn Bình, @Phạm An Soát hồ sơ, hạn 27/11", team.room)
    card = team.room.sees("#1 Soát hồ sơ")
    assert "Chủ trì: Nguyễn Văn Bình" in card.text
    assert "Phối hợp: Phạm An" in card.text
    team.binh.hears("#1")


async def test_titles_and_given_names_in_words(team: Team) -> None:
    await team.lan.says("/giao đ/c Bình và anh An soát hồ sơ, hạn 27/11", team.room)
    card = team.room.sees("#1 soát hồ sơ")
    assert "Chủ trì: Nguyễn Văn Bình" in card.text
    assert "Phối hợp: Phạm An" in card.text
    team.binh.hears("#1")


async def test_two_people_with_one_given_name_are_told_apart(team: Team) -> None:
    other = team.office.person("Trần Bình", "binh2", started=True)
    await other.starts("")
    await other.says("/thamgia", team.room)
    await team.quiet()
    await team.lan.says("/giao Bình soát hồ sơ, hạn 27/11", team.room)
    team.room.sees('Có hơn một người tên "Bình"', "Nguyễn Văn Bình (@binh)", "Trần Bình (@binh2)")
    await team.lan.says("/giao Trần Bình soát hồ sơ, hạn 27/11", team.room)
    assert "Chủ trì: Trần Bình" in team.room.sees("#1").text
    other.hears("#1")


async def test_a_word_that_only_looks_like_a_name_is_not_one(team: Team) -> None:
    await team.lan.says("/giao an toàn lao động @binh, hạn 27/11", team.room)
    assert "Chủ trì: Nguyễn Văn Bình" in team.room.sees("#1 an toàn lao động").text
    team.binh.hears("#1")
