"""The bot added, removed and back; the chat with a new id; administrators who leave; rights; invitations."""

from dataclasses import replace

from bot.chat.events import BotPlaced
from bot.chat.messenger import ChatFacts, DeliveryFailed, Outcome
from tests.handlers.people.scenes import a_group, forges, joined
from tests.stage import Office


async def test_added_to_a_group_the_bot_says_how_to_begin_once(office: Office) -> None:
    lan = office.person("Lan")
    room = office.room("Phòng Văn hóa", admins=[lan])
    await lan.adds_bot(room, admin=False)
    await office.clock_to("+1m")
    room.sees("/thietlap Tên nhóm")
    await lan.adds_bot(room)
    await office.clock_to("+1m")
    room.sees_nothing_more()


async def test_removed_and_put_back_the_group_goes_on(office: Office) -> None:
    lan, room = await a_group(office)
    await lan.removes_bot(room)
    await office.clock_to("+1m")
    lan.hears("bị đưa ra khỏi nhóm chat", "Phòng Văn hóa")
    await lan.says("/moi")
    lan.hears("không còn ở nhóm chat nào")
    await lan.adds_bot(room)
    room.sees("Bot đã trở lại", "Tổ công tác số 1")
    await office.clock_to("+1m")
    await lan.says("/thanhvien", room)
    room.sees("1 người đã tham gia")


async def test_a_group_that_becomes_a_supergroup_keeps_everything(office: Office) -> None:
    lan, room = await a_group(office)
    binh = await joined(office, room, "Bình", "binh")
    old = room.chat
    await lan.removes_bot(room)
    room.chat = replace(old, id="-100100")
    await office.hear(BotPlaced(key="p1", at=office.now, chat=room.chat, sender=lan.sender, present=True, admin=False))
    room.chat = old
    await office.migrates(room)
    await office.clock_to("+1m")
    await binh.says("/thanhvien", room)
    room.sees("2 người đã tham gia", "Lan", "Bình")
    lan.hears_nothing_more()
    room.sees_nothing_more()


async def test_a_member_who_leaves_the_chat_leaves_the_work_group(office: Office) -> None:
    lan, room = await a_group(office)
    binh = await joined(office, room, "Bình", "binh")
    await binh.leaves(room)
    await binh.leaves(room)
    lan.hears("Bình đã rời nhóm chat", "/viec")
    room.sees("1 người")
    await binh.says("/thanhvien", room)
    room.sees("chưa tham gia nhóm công tác này")
    await office.person("Người lạ").leaves(room)
    lan.hears_nothing_more()


async def test_an_administrator_who_loses_rights_or_leaves_is_reported_to_the_leader(office: Office) -> None:
    lan, room = await a_group(office)
    dung, hoa = office.person("Dũng"), office.person("Hoa")
    office.paper.admins[room.chat.id] |= {dung.sender.id, hoa.sender.id}
    await dung.loses_admin(room)
    await office.clock_to("+1m")
    lan.hears("Dũng không còn là quản trị viên", "/kiemtra")
    await hoa.loses_admin(room)
    await hoa.leaves(room)
    await office.clock_to("+1m")
    lan.hears("Quản trị viên Hoa đã rời nhóm chat")
    await lan.loses_admin(room)
    await office.clock_to("+1m")
    lan.hears("không còn là quản trị viên nhóm chat, và vẫn là trưởng nhóm")
    lan.hears_nothing_more()


async def test_health_names_what_is_missing_and_how_to_grant_it(office: Office) -> None:
    lan, room = await a_group(office)
    await lan.says("/kiemtra", room)
    said = room.sees("Có: ghim tin nhắn", "Mọi thứ đã sẵn sàng")
    assert "Thiếu" not in said.text
    office.paper.bot_rights = {"can_pin_messages"}
    await lan.says("/health", room)
    assert room.sees("Thiếu: xóa tin nhắn", "Thiếu: mời người dùng", "Cách cấp").text.count("\n") < 12
    office.paper.bot_rights = set()
    await lan.says("/kiemtra", room)
    room.sees("Thêm quản trị viên")
    await lan.says("/kiemtra")
    lan.hears("dùng trong nhóm chat")


async def test_health_works_before_the_set_up_and_says_when_nothing_can_be_asked(office: Office) -> None:
    lan = office.person("Lan")
    room = office.room("Phòng Văn hóa", admins=[lan])
    await lan.says("/kiemtra", room)
    room.sees("Chưa lập nhóm công tác")

    async def silent(chat: str) -> ChatFacts:
        raise DeliveryFailed(Outcome.TRY_AGAIN, "down")

    office.paper.facts = silent  # type: ignore[method-assign]
    await lan.says("/kiemtra", room)
    room.sees("Chưa hỏi được")
    await lan.says("/thietlap Tổ 1", room)
    room.sees("Chưa hỏi được")


async def test_an_invitation_is_asked_for_by_those_who_lead(office: Office) -> None:
    lan, room = await a_group(office)
    binh = await joined(office, room, "Bình", "binh")
    await binh.says("/moi", room)
    room.sees("dành cho: trưởng nhóm, phó nhóm")
    await lan.says("/moi", room)
    room.sees("https://chat.example/+", "xin vào")
    await lan.says("/invite")
    lan.hears("https://chat.example/+")


async def test_a_link_that_cannot_be_made_is_explained(office: Office) -> None:
    lan, room = await a_group(office)

    async def refused(chat: str, name: str) -> str:
        raise DeliveryFailed(Outcome.REJECTED, "not enough rights")

    office.paper.invite_link = refused  # type: ignore[method-assign]
    await lan.says("/moi", room)
    room.sees("Chưa tạo được đường link", "/kiemtra")


async def test_who_asks_to_join_is_let_in_with_one_press(office: Office) -> None:
    lan, room = await a_group(office)
    binh = await joined(office, room, "Bình", "binh")
    await lan.says("/vaitro @binh phó", room)
    room.sees("nay là phó")
    binh.hears("phó nhóm")
    mai = office.person("Mai <i>", started=True)
    await mai.asks_to_join(room)
    mai.hears("Vui lòng chờ duyệt")
    lan.hears("Mai <i> xin vào")
    binh.hears("Mai <i> xin vào")
    question = lan.last
    await binh.presses("Đồng ý")
    binh.hears("được nhận", "Bình duyệt")
    lan.hears("được nhận", "Bình duyệt")
    assert office.paper.admitted == [(room.chat.id, mai.sender.id, True)]
    assert question.labels == []
    room.sees("3 người")


async def test_a_wish_is_answered_once_and_by_those_who_lead_only(office: Office) -> None:
    lan, room = await a_group(office)
    mai, nga = office.person("Mai"), office.person("Nga")
    await mai.asks_to_join(room)
    action = lan.hears("Mai xin vào").button("Không").action
    assert action is not None
    await forges(nga, nga.private, action)
    assert office.paper.admitted == []
    await lan.presses("Không")
    lan.hears("không được nhận")
    await forges(lan, lan.private, action.replace("decline", "admit"))
    assert office.paper.admitted == [(room.chat.id, mai.sender.id, False)]
    assert "đã được trả lời" in office.paper.toasts[-1]


async def test_a_wish_nobody_answers_runs_out(office: Office) -> None:
    lan, room = await a_group(office)
    await office.person("Mai").asks_to_join(room)
    lan.hears("Mai xin vào")
    await office.clock_to("+8d")
    lan.hears("đã quá hạn")


async def test_a_leader_who_cannot_be_reached_is_asked_in_the_room(office: Office) -> None:
    lan = office.person("Lan")
    room, other = office.room("Phòng Văn hóa", admins=[lan]), office.room("Chưa lập", admins=[])
    await lan.says("/thietlap Tổ 1", room)
    room.sees("Nhóm công tác, 1 người")
    await office.person("Mai").asks_to_join(room)
    room.sees("Mai xin vào")
    await office.person("Nga").asks_to_join(other)
    await lan.presses("Đồng ý")
    room.sees("Mai đã được nhận")
    room.sees("Nhóm công tác, 2 người")
