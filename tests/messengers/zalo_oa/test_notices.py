"""Notices by phone number: last of all ways, for what matters, and each refusal understood."""

import pytest

from bot.chat.messages import Card, Part
from bot.chat.messenger import DeliveryFailed, Outcome
from bot.messengers.zalo_oa import ByPhone, Template, ZaloOa, notices
from tests.fakes.zalooa_world import Person
from tests.messengers.zalo_oa.world import Stage, to

PHONE = "84901234567"
TASK = Card(parts=(Part("Việc #12 Báo cáo số liệu quý IV\nmật mã ở dòng hai"),), key="task:12")


async def adapter_of(stage: Stage, lan: Person, phone: str | None = PHONE) -> ZaloOa:
    """Lan wrote eight days ago; the template does not arrive by user id (-249)."""

    async def phone_of(person: str) -> str | None:
        return phone if person == lan.id else None

    by_phone = ByPhone(phone_of=phone_of, matters=lambda card: card.key is not None, url=stage.api.url)
    adapter = await stage.running(template=Template(id="501", field="viec"), by_phone=by_phone)
    stage.api.world.templates["501"] = ["viec"]
    stage.api.notices.phones.add(PHONE)
    await stage.api.says(lan, "chào")
    stage.pass_time(days=8)
    stage.api.fail_next("/oa/message/template", -249, times=9)
    return adapter


async def refused(adapter: ZaloOa, lan: Person, card: Card = TASK) -> DeliveryFailed:
    with pytest.raises(DeliveryFailed) as failure:
        await adapter.send(to(lan), card)
    return failure.value


async def test_the_template_arrives_by_number_with_its_one_line_only(stage: Stage, lan: Person) -> None:
    adapter = await adapter_of(stage, lan)
    assert await adapter.send(to(lan), TASK)
    sent = stage.api.notices.sent[-1]
    assert (sent.phone, dict(sent.data)) == (PHONE, {"viec": "Việc #12 Báo cáo số liệu quý I"})
    assert adapter.notices is not None
    assert (adapter.notices.sent, adapter.notices.left) == (1, 499)


async def test_by_user_id_comes_first_and_costs_no_notice(stage: Stage, lan: Person) -> None:
    adapter = await adapter_of(stage, lan)
    stage.api.faults_end()
    await adapter.send(to(lan), TASK)
    assert not stage.api.notices.sent
    assert stage.api.sent[-1].template is not None


async def test_neither_secrets_nor_trifles_are_sent_and_the_address_stays(stage: Stage, lan: Person) -> None:
    adapter = await adapter_of(stage, lan)
    secret = await refused(adapter, lan, Card(parts=(Part("Mật khẩu abc"),), key="task:1", secret=True))
    trifle = await refused(adapter, lan, Card(parts=(Part("Bản tin sáng"),)))
    assert (secret.outcome, secret.stays, trifle.outcome, trifle.stays) == (Outcome.GONE, True, Outcome.GONE, True)
    assert not stage.api.notices.sent


async def test_who_has_given_no_number_is_unreachable(stage: Stage, lan: Person) -> None:
    failure = await refused(await adapter_of(stage, lan, phone=None), lan)
    assert (failure.outcome, failure.stays) == (Outcome.GONE, False)


async def test_a_number_without_zalo_takes_nothing(stage: Stage, lan: Person) -> None:
    adapter = await adapter_of(stage, lan)
    stage.api.notices.phones.clear()
    failure = await refused(adapter, lan)
    assert (failure.outcome, failure.stays) == (Outcome.GONE, False)
    assert adapter.notices is not None
    assert adapter.notices.refused == {"this number takes no notices": 1}


async def test_when_the_day_s_notices_are_used_up_it_waits_for_the_next_morning(stage: Stage, lan: Person) -> None:
    adapter = await adapter_of(stage, lan)
    stage.api.notices.left = 0
    failure = await refused(adapter, lan)
    assert failure.outcome is Outcome.SLOW_DOWN
    stage.pass_time(seconds=int(failure.after) + 1)
    stage.api.notices.left = 500
    await adapter.send(to(lan), TASK)
    assert len(stage.api.notices.sent) == 1


async def test_at_night_it_waits_for_six(stage: Stage, lan: Person) -> None:
    adapter = await adapter_of(stage, lan)
    while stage.clock.now().hour != 16:  # 23:00 in Vietnam
        stage.pass_time(hours=1)
    failure = await refused(adapter, lan)
    assert (failure.outcome, failure.after) == (Outcome.SLOW_DOWN, pytest.approx(7 * 3600, abs=3600))


async def test_a_template_that_is_not_approved_leaves_the_address(stage: Stage, lan: Person) -> None:
    adapter = await adapter_of(stage, lan)
    stage.api.world.templates.clear()
    failure = await refused(adapter, lan)
    assert (failure.outcome, failure.reason, failure.stays) == (Outcome.GONE, notices.TEMPLATE, True)
    assert PHONE not in str(failure)


async def test_without_money_the_address_stays(stage: Stage, lan: Person) -> None:
    adapter = await adapter_of(stage, lan)
    stage.api.notices.linked = False
    failure = await refused(adapter, lan)
    assert (failure.outcome, failure.reason, failure.stays) == (Outcome.GONE, notices.MONEY, True)


async def test_a_token_that_has_died_is_replaced_and_the_notice_sent_once(stage: Stage, lan: Person) -> None:
    adapter = await adapter_of(stage, lan)
    stage.api.fail_next("/message/template", -124)
    await adapter.send(to(lan), TASK)
    assert len(stage.api.notices.sent) == 1


@pytest.mark.parametrize(
    ("code", "outcome", "stays"),
    [
        (-108, Outcome.GONE, False),
        (-147, Outcome.SLOW_DOWN, False),
        (-115, Outcome.GONE, True),
        (-135, Outcome.GONE, True),
        (-1379, Outcome.GONE, True),
        (-124, Outcome.TRY_AGAIN, False),
    ],
)
def test_numbers_are_classified(stage: Stage, code: int, outcome: Outcome, stays: bool) -> None:
    found = notices.refusal(code, stage.clock.now())
    assert (found.outcome, found.stays) == (outcome, stays)
