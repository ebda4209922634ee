"""Official mail among the ways of a password: first where the group says so, the next way when it fails, in no log."""

import logging

import pytest

from bot.messengers.mail.errors import Step
from tests.handlers.files.mailing.scene import ADDRESSES, MailStage
from tests.handlers.files.scene import PASSWORD, REPORT, the_password


async def test_a_group_may_want_mail_before_private_chats(stage: MailStage) -> None:
    await stage.lan.says("/niem kenh thu", stage.room)
    await stage.lan.uploads("Báo cáo.docx", REPORT, stage.room, "/niem")
    assert any(PASSWORD.search(each.text) for each in stage.server.to(ADDRESSES["Bình"]))
    assert not any(PASSWORD.search(each.text) for each in stage.binh.messages)
    the_password(stage.chi.hears("Mật khẩu Tệp #1 ("))
    stage.room.sees("3/3 người")
    stage.office.anything_goes()


async def test_a_mailbox_that_refuses_is_followed_by_the_private_chat(stage: MailStage) -> None:
    await stage.lan.says("/niem kenh thu", stage.room)
    stage.server.fail_next(Step.RCPT, *["550 5.1.1 no such mailbox"] * 2)
    await stage.lan.uploads("Báo cáo.docx", REPORT, stage.room, "/niem")
    the_password(stage.binh.hears("Mật khẩu Tệp #1 ("))
    the_password(stage.lan.hears("Mật khẩu Tệp #1 ("))
    stage.room.sees("3/3 người")
    stage.office.anything_goes()


async def test_a_file_that_goes_by_mail_keeps_its_password_away_from_mail(stage: MailStage) -> None:
    await stage.wants_mail()
    await stage.lan.says("/niem kenh thu", stage.room)
    await stage.lan.uploads("Báo cáo.docx", REPORT, stage.room, "/niem")
    assert not any(PASSWORD.search(each.text) for each in stage.server.received)
    the_password(stage.binh.hears("Mật khẩu Tệp #1 ("))
    stage.office.anything_goes()


async def test_no_log_names_an_address(stage: MailStage, caplog: pytest.LogCaptureFixture) -> None:
    """Not of mails that arrive, nor of those that the server refuses with the address in its answer."""
    caplog.set_level(logging.DEBUG)
    await stage.wants_mail()
    stage.server.fail_next(Step.RCPT, f"550 5.1.1 <{ADDRESSES['Lan']}> unknown", f"451 <{ADDRESSES['Bình']}> later")
    await stage.lan.uploads("Báo cáo.docx", REPORT, stage.room, "/niem")
    await stage.server.go_down()
    await stage.office.clock_to("+2d")
    told = [f"{record.getMessage()} {vars(record)}" for record in caplog.records]
    assert told
    assert not [each for each in told if "quangtri.gov.vn" in each]
    stage.office.anything_goes()
