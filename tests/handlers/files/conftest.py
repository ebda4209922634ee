"""The stage on which files are sealed."""

import pytest

from tests.handlers.files.scene import Stage, all_heard, reachable
from tests.stage import Office


@pytest.fixture
async def stage(office: Office) -> Stage:
    """Lan leads, Bình and Chi are members; the bot can write to Lan and Bình."""
    lan, binh, chi = office.person("Lan", "lan"), office.person("Bình", "binh"), office.person("Chi", "chi")
    room = office.room("Phòng Văn hóa", admins=[lan])
    await reachable(office, lan, binh)
    await lan.says("/thietlap Tổ một", room)
    await binh.presses("Tham gia")
    await chi.presses("Tham gia")
    all_heard(office)
    return Stage(office, lan, binh, chi, room)
