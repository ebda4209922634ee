"""Files around letters: albums, many at once, files under a password."""

from storage.vault import Vault
from tests.handlers.letters.conftest import LETTER, SECRET, Team, kept, send
from tests.handlers.letters.files import locked_pdf


async def test_many_files_are_counted_in_one_message_and_registered_one_after_the_other(team: Team) -> None:
    await team.van.says("/vanban")
    team.van.hears("chuyển tiếp các văn bản")
    for number in range(12):
        await send(team, f"{number}.txt", LETTER.replace("296", str(300 + number)).encode())
    await send(team, "hong.docx", b"PK\x03\x04 cut short")
    team.van.hears("Tệp hỏng")
    progress = team.van.hears("Đã đọc xong 13 tệp, không đọc được 1")
    assert len([each for each in team.van.messages if "/SNV-TCBC" in each.text]) <= 3
    team.quiet()
    await team.van.presses("Xem lần lượt", progress)
    for number in range(1, 13):
        await team.van.presses("Vào sổ", team.van.last)
        assert f"Số đến {number}/2026" in "".join(each.text for each in team.van.messages)
    assert [each.is_registered for each in kept(team)] == [True] * 12
    await team.van.says("xong")
    team.van.hears("Đã nhận đủ tệp")
    team.office.anything_goes()


async def test_other_words_end_the_taking_of_files(team: Team) -> None:
    await team.van.says("/vanban")
    team.van.hears("chuyển tiếp")
    await team.van.says("cảm ơn")
    team.van.hears("Đã thôi nhận tệp")
    await team.binh.says("/vanban")
    team.binh.hears("Việc này dành cho")


async def test_an_album_is_one_letter_with_appendices(team: Team) -> None:
    await team.van.says("/vanban")
    team.van.hears("chuyển tiếp")
    for place, content in enumerate((LETTER, "Phụ lục 1: biểu số liệu", "Phụ lục 2: biểu tổng hợp")):
        await send(team, f"{place}.txt", content.encode(), album="a1")
    team.van.hears_nothing_more()
    await team.office.clock_to("+1m")
    team.van.hears("296/SNV-TCBC", "Kèm 2 tệp phụ lục")
    assert len(kept(team)) == 1
    await team.van.presses("Vào sổ")
    assert len(team.office.app.kit[Vault].records()) == 3
    team.quiet()
    await team.van.presses("Tệp")
    assert [each.content for each in team.van.messages if each.content] == [
        LETTER.encode(),
        "Phụ lục 1: biểu số liệu".encode(),
        "Phụ lục 2: biểu tổng hợp".encode(),
    ]
    team.office.anything_goes()


async def test_a_mark_in_one_file_of_an_album_refuses_all(team: Team) -> None:
    await team.van.says("/vanban")
    for place, content in enumerate((LETTER, SECRET)):
        await send(team, f"{place}.txt", content.encode(), album="a1")
    await team.office.clock_to("+1m")
    team.van.hears("dấu mật")
    assert kept(team) == []
    team.office.anything_goes()


async def test_a_file_under_a_password_is_opened_with_the_one_told_in_private(team: Team) -> None:
    await team.van.says("/vanban", team.room, file=("khoa.pdf", locked_pdf(LETTER)))
    card = team.room.sees("Tệp có mật khẩu")
    team.van.hears("khoa.pdf có mật khẩu")
    wrong = await team.van.says("sai")
    assert wrong.deleted
    team.van.hears("Mật khẩu chưa đúng")
    right = await team.van.says("mot-hai-ba")
    assert right.deleted
    assert "296/SNV-TCBC" in card.text
    assert "chưa đọc được" not in card.text
    assert "Đối chiếu số, ký hiệu" in card.text
    assert team.office.app.kit[Vault].records() == []


async def test_a_mark_under_a_password_refuses_the_letter_and_takes_it_out_of_the_chat(team: Team) -> None:
    sent = await team.van.says("/vanban", team.room, file=("khoa.pdf", locked_pdf(SECRET)))
    card = team.room.sees("Tệp có mật khẩu")
    team.van.hears("khoa.pdf có mật khẩu")
    await team.van.says("sai")
    team.van.hears("Mật khẩu chưa đúng")
    await team.van.says("mot-hai-ba")
    team.van.hears("Văn bản có dấu mật")
    assert sent.deleted
    assert "dấu mật" in card.text
    assert not card.labels
    assert len([each for each in team.room.messages if "Văn bản có dấu mật" in each.text]) == 1
    assert kept(team) == []
