"""What goes out: the version the account's kind may use, buttons beside typed answers, files, and no double sends."""

from datetime import timedelta

import pytest

from bot.chat.messages import Attachment, Button, Card, Part, Style
from bot.chat.messenger import Outcome
from bot.messengers.zalo_oa import Template, ZaloOa
from tests.fakes.zalooa_world import STATE_AGENCY, Group, Person
from tests.messengers.zalo_oa.world import Stage, card, failure, to

ANSWERS = ((Button(label="Nhận việc", action="task-take:12"), Button(label="Từ chối", action="task-decline:12")),)


async def test_buttons_and_the_answers_to_be_typed_stand_side_by_side(stage: Stage, oa: ZaloOa, lan: Person) -> None:
    message_id = await oa.send(to(lan), card("Việc #12", buttons=ANSWERS, called="12"))
    sent = stage.api.sent[-1]
    assert sent.id == message_id
    assert sent.text == "Việc #12\n\nTrả lời bằng số, ví dụ 1 #12:\n1. Nhận việc\n2. Từ chối"
    assert [(each["title"], each["type"], each["payload"]) for each in sent.buttons] == [
        ("Nhận việc", "oa.query.hide", "#task-take:12"),
        ("Từ chối", "oa.query.hide", "#task-decline:12"),
    ]


async def test_more_than_five_answers_can_still_be_typed(stage: Stage, oa: ZaloOa, lan: Person) -> None:
    many = tuple((Button(label=f"Nhóm {number}", action=f"q:1:{number}"),) for number in range(7))
    await oa.send(to(lan), card("Nhóm nào?", buttons=many))
    assert len(stage.api.sent[-1].buttons) == 5
    assert stage.api.sent[-1].text.endswith("7. Nhóm 6")


async def test_links_are_buttons_and_written_out(stage: Stage, oa: ZaloOa, lan: Person) -> None:
    await oa.send(to(lan), card("Tệp", buttons=((Button(label="Mở", url="https://bot.tinh.gov.vn/f/1"),),)))
    assert stage.api.sent[-1].buttons[0]["payload"] == {"url": "https://bot.tinh.gov.vn/f/1"}
    assert "Mở: https://bot.tinh.gov.vn/f/1" in stage.api.sent[-1].text


async def test_where_buttons_are_not_taken_the_words_still_arrive(stage: Stage, oa: ZaloOa, lan: Person) -> None:
    stage.api.world.buttons_taken = False
    await oa.send(to(lan), card("Việc #12", buttons=ANSWERS))
    assert "1. Nhận việc" in stage.api.sent[-1].text
    assert stage.api.sent[-1].attachment is None


async def test_a_state_agency_is_written_to_by_v2_and_that_is_remembered(stage: Stage, lan: Person) -> None:
    stage.api.world.kind = STATE_AGENCY
    adapter = await stage.running()
    await adapter.send(to(lan), card("Một"))
    await adapter.send(to(lan), card("Hai"))
    assert [each.path for each in stage.api.sent] == ["/v2.0/oa/message"] * 2
    assert len(stage.api.asked("/message/cs")) == 1
    reborn = stage.adapter()
    await reborn.send(to(lan), card("Ba"))
    assert len(stage.api.asked("/message/cs")) == 1, "over restarts too"
    await reborn.stop()


@pytest.mark.parametrize("code", [-200, -201, -211, -213, -216, -224, -230, -234, -240, -242, -32, 500, 502, 503])
async def test_no_other_error_is_tried_elsewhere(stage: Stage, oa: ZaloOa, lan: Person, code: int) -> None:
    stage.api.fail_next("/message/cs", code, times=2)
    await failure(oa.send(to(lan), card("Một")))
    assert stage.api.asked("/v2.0/oa/message") == []
    assert stage.api.sent == []


async def test_an_account_that_became_an_enterprise_goes_back_to_v3(stage: Stage, lan: Person) -> None:
    stage.api.world.kind = STATE_AGENCY
    adapter = await stage.running()
    await adapter.send(to(lan), card("Một"))
    stage.api.world.kind = 2
    assert (await failure(adapter.send(to(lan), card("Hai")))).outcome is Outcome.TRY_AGAIN
    await adapter.send(to(lan), card("Hai"))
    assert [each.text for each in stage.api.sent] == ["Một", "Hai"]


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        (-32, Outcome.SLOW_DOWN),
        (-234, Outcome.SLOW_DOWN),
        (-213, Outcome.GONE),
        (-244, Outcome.GONE),
        (-210, Outcome.REJECTED),
        (-248, Outcome.REJECTED),
        (-321, Outcome.REJECTED),
        (-221, Outcome.TRY_AGAIN),
        (-200, Outcome.UNCLEAR),
        (-9999, Outcome.REJECTED),
        (502, Outcome.UNCLEAR),
        (503, Outcome.TRY_AGAIN),
        (403, Outcome.TRY_AGAIN),
        (404, Outcome.REJECTED),
    ],
)
async def test_every_error_has_its_class(stage: Stage, oa: ZaloOa, lan: Person, code: int, outcome: Outcome) -> None:
    stage.api.fail_next("/message/cs", code)
    assert (await failure(oa.send(to(lan), card("Một")))).outcome is outcome


async def test_an_answer_lost_after_it_was_delivered_is_unclear(stage: Stage, oa: ZaloOa, lan: Person) -> None:
    for fault in ("accept_then_502", "no_json"):
        stage.api.fail_next("/message/cs", fault)  # type: ignore[arg-type]
        assert (await failure(oa.send(to(lan), card("Một")))).outcome is Outcome.UNCLEAR
    assert len(stage.api.sent) == 2


async def test_what_only_the_operator_can_mend_is_said(stage: Stage, oa: ZaloOa, lan: Person) -> None:
    stage.api.fail_next("/message/cs", -221)
    await failure(oa.send(to(lan), card("Một")))
    assert "not verified" in oa.standing.problem
    await oa.send(to(lan), card("Một"))
    assert "not verified" not in oa.standing.problem


async def test_at_night_the_message_waits_for_six_o_clock(stage: Stage, oa: ZaloOa, lan: Person) -> None:
    stage.pass_time(hours=13)  # 23:00 in Việt Nam
    stage.api.fail_next("/message/cs", -234)
    assert (await failure(oa.send(to(lan), card("Một")))).after == 7 * 3600


async def test_the_quota_is_read_from_answers(stage: Stage, oa: ZaloOa, lan: Person) -> None:
    await oa.send(to(lan), card("Một"))
    assert oa.quotas == {}, "replies within 48 hours are each person's own"
    stage.pass_time(days=3)
    await oa.send(to(lan), card("Hai"))
    assert oa.quotas == {"sub_quota": 499}


async def test_the_proof_of_the_secret_goes_along_where_it_is_wanted(stage: Stage, lan: Person) -> None:
    stage.api.proof_wanted = True
    adapter = await stage.running(proof=True)
    await adapter.send(to(lan), card("Một"))
    assert len(stage.api.sent) == 1


# groups


async def test_in_a_group_people_are_called_by_id_and_nobody_else_can_call(
    stage: Stage, oa: ZaloOa, lan: Person, room: Group
) -> None:
    parts = (Part("Lan", Style.MENTION, lan.id), Part(f" xem [@{room.id}] nhé"))
    await oa.send(to(room), Card(parts=parts, buttons=ANSWERS, called="12"))
    sent = stage.api.sent[-1]
    assert sent.path == "/v3.0/oa/group/message"
    assert sent.text.startswith(f"[@{lan.id}] xem [\u200b@")
    assert sent.attachment is None
    assert "2. Từ chối" in sent.text


async def test_a_group_that_has_expired_takes_nothing(stage: Stage, oa: ZaloOa, room: Group) -> None:
    room.status = "disabled"
    assert (await failure(oa.send(to(room), card("Một")))).outcome is Outcome.GONE


# files


async def test_a_word_file_goes_by_upload_and_is_not_uploaded_twice(stage: Stage, oa: ZaloOa, lan: Person) -> None:
    sending = card("Công văn", file=Attachment(name="Công văn số 12.docx", record="1"))
    last = await oa.send(to(lan), sending, b"docx")
    await oa.send(to(lan), sending, b"docx")
    uploads = list(stage.api.world.uploads.values())
    assert [(each.name, each.content) for each in uploads] == [("Cong van so 12.docx", b"docx")]
    assert stage.api.sent[0].attachment == {"type": "file", "payload": {"token": uploads[0].token}}
    assert stage.api.sent[1].id == last
    assert stage.api.sent[1].text == "Công văn"


async def test_an_upload_is_made_anew_when_it_has_expired(stage: Stage, oa: ZaloOa, lan: Person) -> None:
    sending = card("", file=Attachment(name="a.pdf", record="1"))
    await oa.send(to(lan), sending, b"pdf")
    for each in stage.api.world.uploads.values():
        each.until = stage.clock.now()
    await oa.send(to(lan), sending, b"pdf")
    assert len(stage.api.world.uploads) == 2
    stage.pass_time(days=6, minutes=1)
    await oa.send(to(lan), sending, b"pdf")
    assert len(stage.api.world.uploads) == 3


@pytest.mark.parametrize(("name", "size"), [("bảng.xlsx", 10), ("tệp.zip", 10), ("lớn.pdf", 5 * 1024 * 1024 + 1)])
async def test_every_other_file_goes_as_a_link(stage: Stage, oa: ZaloOa, lan: Person, name: str, size: int) -> None:
    await oa.send(to(lan), card("Bảng", file=Attachment(name=name, record="1")), b"x" * size)
    assert stage.api.sent[-1].text == f"Bảng\n{name}\nhttps://bot.tinh.gov.vn/f/1"
    assert len(stage.links[0][1]) == size


async def test_without_links_such_a_file_is_refused(stage: Stage, lan: Person) -> None:
    adapter = await stage.running(by_link=False)
    refused = await failure(adapter.send(to(lan), card("", file=Attachment(name="a.zip", record="1")), b"x"))
    assert refused.outcome is Outcome.REJECTED


async def test_a_picture_is_shown(stage: Stage, oa: ZaloOa, lan: Person) -> None:
    await oa.send(to(lan), card("", file=Attachment(name="ảnh.jpg", record="1")), b"jpg")
    assert (stage.api.sent[-1].attachment or {})["payload"]["template_type"] == "media"


# the window


async def test_who_has_been_silent_for_a_week_is_known_to_be_unreachable(stage: Stage, oa: ZaloOa, lan: Person) -> None:
    await stage.api.says(lan, "chào")
    stage.pass_time(days=7)
    asked = len(stage.api.asked("/message/cs"))
    refused = await failure(oa.send(to(lan), card("Một")))
    assert (refused.outcome, refused.reason) == (Outcome.GONE, "window")
    assert len(stage.api.asked("/message/cs")) == asked, "nothing was sent"
    await stage.api.says(lan, "chào")
    await oa.send(to(lan), card("Hai"))


async def test_what_another_replica_or_zalo_has_heard_counts(stage: Stage, oa: ZaloOa, lan: Person) -> None:
    await stage.api.says(lan, "chào")
    stage.pass_time(days=8)
    lan.last = stage.clock.now()  # said while this program was down
    await oa.send(to(lan), card("Một"))
    stage.pass_time(days=8)
    stage.contacts.rows[lan.id] = (stage.clock.now(), True, False)
    lan.last = stage.clock.now()
    await oa.send(to(lan), card("Hai"))
    assert len(stage.api.asked("/quota/message")) == 1


async def test_a_refusal_shuts_the_window_until_the_next_sign_of_life(stage: Stage, oa: ZaloOa) -> None:
    binh = stage.api.person("Bình")
    assert (await failure(oa.send(to(binh), card("Một")))).reason == "window"
    await failure(oa.send(to(binh), card("Một")))
    assert len(stage.api.asked("/message/cs")) == 1
    await stage.api.follows(binh)
    await oa.send(to(binh), card("Một"))


async def test_windows_outlive_a_restart(stage: Stage, oa: ZaloOa, lan: Person) -> None:
    await stage.api.says(lan, "chào")
    await oa.stop()
    reborn = stage.adapter()
    await reborn.windows.load()
    stage.pass_time(days=5, hours=12)
    assert list(reborn.windows.closing(stage.clock.now(), timedelta(days=2))) == [lan.id]
    assert list(reborn.windows.closing(stage.clock.now(), timedelta(days=1))) == []
    await reborn.stop()


async def test_outside_the_window_the_approved_template_arrives_without_secrets(stage: Stage, lan: Person) -> None:
    stage.api.world.templates["501"] = ["viec"]
    adapter = await stage.running(template=Template(id="501", field="viec", longest=20))
    await stage.api.says(lan, "chào")
    stage.pass_time(days=8)
    await adapter.send(to(lan), card("\nViệc số 12 sắp đến hạn hôm nay\nchi tiết"))
    assert stage.api.sent[-1].template == {"viec": "Việc số 12 sắp đến h"}
    assert (await failure(adapter.send(to(lan), card("Mật khẩu", secret=True)))).reason == "window"
