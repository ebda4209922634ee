"""What the register does not take, and from whom: secret letters, files that cannot be read, people who may not."""

from bot.chat.events import FileRef, Quoted
from bot.chat.messenger import DeliveryFailed, Outcome
from storage.vault import Vault
from tests.handlers.letters.conftest import LETTER, SECRET, Team, kept


async def test_a_letter_marked_secret_is_refused_removed_and_nothing_is_kept(team: Team) -> None:
    sent = await team.van.says("/vanban", team.room, file=("cong-van.txt", SECRET.encode()))
    team.room.sees("dấu mật", "văn thư")
    assert sent.deleted
    assert kept(team) == []
    assert team.office.app.kit[Vault].records() == []


async def test_where_the_bot_may_not_delete_the_sender_is_asked_to(team: Team) -> None:
    team.office.paper.bot_rights.clear()
    await team.van.says("/vanban", team.room, file=("cong-van.txt", SECRET.encode()))
    team.room.sees("không giữ lại gì")
    team.room.sees("không có quyền xóa")


async def test_a_secret_line_typed_by_hand_is_refused_as_well(team: Team) -> None:
    sent = await team.van.says("/vanban Số: 12/UBND-VX\nĐộ mật: Mật\nV/v phương án", team.room)
    team.room.sees("dấu mật")
    assert sent.deleted
    assert kept(team) == []


async def test_files_that_cannot_be_read_are_refused_in_plain_words(team: Team) -> None:
    cases = {
        "rong.txt": (b"", "Tệp rỗng"),
        "hong.docx": (b"PK\x03\x04 cut short", "Tệp hỏng"),
        "gia.pdf": (b"MZ\x90\x00 not a pdf", "Tệp hỏng"),
        "doi.docx": (LETTER.encode(), "Tệp hỏng"),
    }
    for name, (content, said) in cases.items():
        await team.van.says("/vanban", team.room, file=(name, content))
        team.room.sees(said)
        team.room.sees_nothing_more()
    assert kept(team) == []


async def test_a_file_over_the_limit_is_not_even_fetched(team: Team) -> None:
    sent = await team.binh.uploads("to.pdf", b"x", team.room)
    ref = FileRef(messenger="paper", id="big", name="to.pdf", size=21 * 1024 * 1024)
    team.office.quoted = lambda message: Quoted(message_id=message.id, file=ref)  # type: ignore
    await team.van.says("/vanban", team.room, reply_to=sent)
    team.room.sees("lớn hơn 20 MB", "/vanban Số:")


async def test_a_download_that_fails_for_a_while_is_tried_again(team: Team) -> None:
    fetch, failures = team.office.paper.fetch, [DeliveryFailed(Outcome.TRY_AGAIN, "502")]

    async def flaky(file: FileRef) -> bytes:
        if failures:
            raise failures.pop()
        return await fetch(file)

    team.office.paper.fetch = flaky  # type: ignore[method-assign]
    await team.letter()
    team.room.sees_nothing_more()
    await team.office.clock_to("+1m")
    team.room.sees("296/SNV-TCBC")


async def test_a_file_the_messenger_no_longer_has_is_said_to_be_gone(team: Team) -> None:
    async def gone(file: FileRef) -> bytes:
        raise DeliveryFailed(Outcome.REJECTED, "file is gone")

    team.office.paper.fetch = gone  # type: ignore[method-assign]
    await team.letter()
    team.room.sees("Không tải được tệp")


async def test_the_clerk_registers_but_gives_no_tasks(team: Team) -> None:
    await team.registered()
    team.room.sees("Số đến 1/2026")
    await team.van.presses("Giao việc")
    assert any("trưởng nhóm" in each for each in team.office.paper.toasts)


async def test_a_member_may_look_but_not_register(team: Team) -> None:
    await team.binh.says("/vanban", team.room, file=("cong-van.txt", LETTER.encode()))
    team.room.sees("Việc này dành cho", "văn thư")
    await team.binh.says("/letter Số: 12/UBND-VX V/v báo cáo", team.room)
    team.room.sees("Việc này dành cho", "văn thư")
    await team.letter()
    card = team.room.sees("296/SNV-TCBC")
    await team.binh.presses("Vào sổ")
    await team.binh.presses("Sửa")
    await team.binh.says("Số: 12/UBND-VX", team.room, reply_to=card)
    team.room.sees("Việc này dành cho")
    assert [each.arrival_number for each in kept(team)] == [None]


async def test_outsiders_and_other_groups_see_and_change_nothing(team: Team) -> None:
    await team.registered()
    card = team.room.sees("Số đến 1/2026")
    await team.mai.says("/letters")
    team.mai.hears("chưa ở nhóm công tác nào")
    await team.mai.says("/letter 1", team.room)
    team.room.sees("chưa tham gia")
    await team.dung.says("/letters")
    team.dung.hears("không có gì")
    await team.dung.says("/letter 1")
    team.dung.hears("không có Số đến 1/2026")
    for stranger in (team.dung, team.mai):
        for label in ("Sửa", "Giao việc", "Tệp"):
            await stranger.presses(label, card)
    team.dung.hears_nothing_more()
    team.mai.hears_nothing_more()


async def test_the_command_alone_says_how_it_is_used(team: Team) -> None:
    await team.van.says("/vanban", team.room)
    team.room.sees("Gửi tệp kèm chú thích /vanban")
    await team.van.says("/vanban xin chào", team.room)
    team.room.sees("Chưa thấy số")
