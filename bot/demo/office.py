"""The sandbox's office: six people, a group chat, what happened before, and the tour."""

from collections.abc import Awaitable, Callable

from bot.demo.samples import DRAFT, LETTER
from bot.messengers.sandbox import Attempt, Persona, Sandbox, TourStep

GROUP = "Phòng Văn hóa - Xã hội"
PERSONAS = (
    Persona(id="lan", name="Trần Thị Lan", username="lan", role="Trưởng phòng", admin=True, started=True),
    Persona(id="hoa", name="Lê Thị Hoa", username="hoa", role="Phó trưởng phòng", started=True),
    Persona(id="chi", name="Phạm Quỳnh Chi", username="chi", role="Văn thư", started=True),
    Persona(id="binh", name="Nguyễn Văn Bình", username="binh", role="Chuyên viên", started=True),
    Persona(id="an", name="Võ Hoài An", username="an", role="Chuyên viên", started=False),
    Persona(id="dung", name="Đỗ Tiến Dũng", username="dung", role="Chuyên viên, mới đến", started=True),
)
TOUR = (
    TourStep(
        title="Vào nhóm công tác",
        text="Dũng mới về phòng. Gửi /thamgia (hoặc bấm Tham gia trên thẻ đã ghim) là vào nhóm công tác.",
        attempt=Attempt(persona="dung", text="/thamgia"),
        done_when="6 người",
    ),
    TourStep(
        title="Giao việc",
        text="Trưởng phòng giao việc ngay trong nhóm. Người đầu chủ trì, người sau phối hợp; hạn đọc theo cách nói "
        "thường ngày. Chuyển sang Bình để bấm Nhận việc.",
        attempt=Attempt(persona="lan", text="/giao @binh @an Báo cáo số liệu quý IV, hạn 16h thứ 6 tuần sau"),
        done_when="Báo cáo số liệu quý IV",
    ),
    TourStep(
        title="Công văn đến",
        text="Văn thư gửi tệp công văn kèm /vanban: bot đọc số, ngày, trích yếu, hạn. Kiểm tra rồi bấm Vào sổ.",
        attempt=Attempt(persona="chi", text="/vanban", file=LETTER),
        done_when="296/SNV-TCBC",
    ),
    TourStep(
        title="Niêm tệp trước khi gửi",
        text="Gửi tệp kèm /niem: nhóm nhận tệp đã đặt mật khẩu, mật khẩu chỉ đến chat riêng của từng người.",
        attempt=Attempt(persona="hoa", text="/niem", file=DRAFT),
        done_when="mật khẩu",
    ),
    TourStep(
        title="Lịch trực",
        text="Xếp ca trực bằng một câu. 15:00 bot hỏi người trực hôm sau, 07:00 đăng lịch trực.",
        attempt=Attempt(persona="lan", text="/truc mai sáng @binh, chiều @chi"),
        done_when="Bình",
    ),
    TourStep(
        title="07:30 sáng mai",
        text="Xoay đồng hồ đến 07:30 sáng mai: nhóm nhận bản tin giao ban, mỗi người nhận việc của mình.",
        attempt=Attempt(persona="lan", clock="07:30"),
        done_when="Giao ban sáng",
    ),
)


async def seed(sandbox: Sandbox, settle: Callable[[], Awaitable[None]]) -> None:
    """What a visitor finds: the group set up, five people in it, some work under way."""

    async def says(persona: str, text: str) -> None:
        await sandbox.say(persona, "group", text)
        await settle()

    await says("lan", f"/thietlap {GROUP}")
    for persona in ("hoa", "chi", "binh", "an"):
        await says(persona, "/thamgia")
    await says("lan", "/vaitro @hoa phó")
    await says("lan", "/vaitro @chi văn thư")
    await says("lan", "/giao @binh Rà soát hồ sơ lễ hội xuân, hạn 16h mai")
    await says("hoa", "/giao @chi @an Tổng hợp ý kiến góp ý dự thảo kế hoạch, hạn 16h thứ 6 hằng tuần")
