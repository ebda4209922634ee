"""How a person's official address becomes known: by the code that only its mailbox has."""

import pytest
from sqlmodel import Session

from handlers.people.official import MailDomains
from storage import mailboxes, people
from tests.handlers.files.mailing.scene import ADDRESSES, MailStage, the_code
from tests.handlers.files.scene import audited


def codes_to(stage: MailStage, name: str) -> list[str]:
    return [the_code(each) for each in stage.server.to(ADDRESSES[name]) if not each.files]


async def address_of(stage: MailStage, person: str) -> str | None:
    def look(session: Session) -> str | None:
        account = people.account(session, "paper", stage.office.people[person].sender.id)
        known = mailboxes.of(session, account.person_id) if account else None
        return known.ref if known else None

    found: str | None = await stage.reads(look)
    return found


async def test_the_code_may_be_an_answer_or_follow_the_command(stage: MailStage) -> None:
    await stage.chi.says("/thudientu Chi@QuangTri.gov.vn")
    stage.chi.hears("Đã gửi mã xác nhận", "30 phút")
    assert await address_of(stage, "Chi") is None
    code = codes_to(stage, "Chi")[-1]
    assert not any(code in each.text for each in stage.chi.messages)
    await stage.chi.says(f"/email {code.lower()}")
    stage.chi.hears("Đã ghi thư công vụ c…@quangtri.gov.vn")
    assert await address_of(stage, "Chi") == "chi@quangtri.gov.vn"
    facts = await stage.reads(lambda session: audited(session, "email-confirmed"))
    assert not any("@" in str(each) for each in facts)
    await stage.chi.says("/thudientu")
    stage.chi.hears("c…@quangtri.gov.vn")


@pytest.mark.parametrize("address", ["chi@gmail.com", "chi@evilgov.vn", "chi@quangtri.gov.vn,em@gmail.com"])
async def test_other_addresses_are_refused_and_get_no_mail(stage: MailStage, address: str) -> None:
    before = len(stage.server.received)
    await stage.chi.says(f"/thudientu {address}")
    stage.chi.hears("Chỉ nhận thư công vụ thuộc: *.gov.vn")
    assert len(stage.server.received) == before


async def test_it_is_done_in_private_only(stage: MailStage) -> None:
    await stage.chi.says("/thudientu chi@quangtri.gov.vn", stage.room)
    assert not codes_to(stage, "Chi")
    stage.room.sees("chat riêng")


async def test_wrong_codes_are_counted(stage: MailStage) -> None:
    await stage.chi.says("/thudientu chi@quangtri.gov.vn")
    for _ in range(3):
        await stage.chi.says("/thudientu ABCD-3456")
        stage.chi.hears("Mã không đúng")
    await stage.chi.says(f"/thudientu {codes_to(stage, 'Chi')[-1]}")
    stage.chi.hears("Chờ 10 phút")
    assert await address_of(stage, "Chi") is None
    stage.office.anything_goes()


async def test_a_code_is_good_for_its_own_address_its_asker_and_its_time_only(stage: MailStage) -> None:
    await stage.chi.says("/thudientu chi@quangtri.gov.vn")
    code = codes_to(stage, "Chi")[-1]
    await stage.binh.says(f"/thudientu {code}")
    stage.binh.hears("Mã không đúng")
    await stage.chi.says("/thudientu giamdoc@quangtri.gov.vn")
    await stage.chi.says(code)
    assert await address_of(stage, "Chi") == "chi@quangtri.gov.vn"
    await stage.chi.says(f"/thudientu {code}")
    stage.chi.hears("Mã không đúng")
    stale = the_code(stage.server.to("giamdoc@quangtri.gov.vn")[-1])
    await stage.office.clock_to("+31m")
    await stage.chi.says(f"/thudientu {stale}")
    stage.chi.hears("Mã không đúng")
    stage.office.anything_goes()


async def test_a_mailbox_is_not_flooded_with_codes(stage: MailStage) -> None:
    for _ in range(7):
        await stage.chi.says("/thudientu chi@quangtri.gov.vn")
    stage.chi.hears("Hôm nay đã gửi nhiều mã")
    assert len(codes_to(stage, "Chi")) == 5
    await stage.office.clock_to("+25h")
    await stage.chi.says("/thudientu chi@quangtri.gov.vn")
    assert len(codes_to(stage, "Chi")) == 6
    stage.office.anything_goes()


async def test_who_reads_the_mailbox_takes_it_over_and_the_other_is_told(stage: MailStage) -> None:
    await stage.chi.says(f"/thudientu {ADDRESSES['Bình']}")
    await stage.chi.says(codes_to(stage, "Bình")[-1])
    assert await address_of(stage, "Chi") == ADDRESSES["Bình"]
    assert await address_of(stage, "Bình") is None
    stage.binh.hears("vừa được người khác xác nhận")
    stage.office.anything_goes()


async def test_a_new_address_replaces_the_old_one_and_it_can_be_forgotten(stage: MailStage) -> None:
    await stage.binh.says("/thudientu binh@moj.gov.vn")
    assert await address_of(stage, "Bình") == ADDRESSES["Bình"]
    await stage.binh.says(the_code(stage.server.to("binh@moj.gov.vn")[-1]))
    assert await address_of(stage, "Bình") == "binh@moj.gov.vn"
    await stage.binh.says("/email remove")
    stage.binh.hears("Đã bỏ thư công vụ")
    assert await address_of(stage, "Bình") is None
    await stage.binh.says("/email remove")
    stage.binh.hears("Chưa có thư công vụ")
    stage.office.anything_goes()


async def test_an_address_that_nobody_has_is_said(stage: MailStage) -> None:
    stage.server.nobody.add("chi@quangtri.gov.vn")
    await stage.chi.says("/thudientu chi@quangtri.gov.vn")
    stage.chi.hears("không có địa chỉ đó")
    stage.office.anything_goes()


async def test_without_a_mailbox_it_is_said(stage: MailStage) -> None:
    stage.office.app.kit[MailDomains] = MailDomains(())  # type: ignore[index]
    await stage.chi.says("/thudientu chi@quangtri.gov.vn")
    stage.chi.hears("hệ thống chưa có hộp thư")
