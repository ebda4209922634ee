"""Official mail promises what every messenger promises, as far as a mail can."""

from collections.abc import AsyncIterator, Sequence

import pytest

from bot.chat.events import Event
from bot.chat.messages import Button, Card, Part, plain
from bot.chat.messenger import Address, Messenger
from tests.fakes.smtp import KEEP_AND_DROP, FakeSmtp
from tests.messengers.contract import Arrived, MessengerContract, WireBench
from tests.messengers.mail.conftest import mail_to

BINH = "binh@quangtri.gov.vn"


class MailBench(WireBench):
    def __init__(self, server: FakeSmtp) -> None:
        self.server, self.secret = server, server.password
        self.reachable = Address(chat=BINH, private=True)
        self.messenger = mail_to(server)

    def arrived(self) -> Sequence[Arrived]:
        return [Arrived(each.id, each.text) for each in self.server.received]

    def gone(self) -> Address:
        self.server.nobody.add("cu@quangtri.gov.vn")
        return Address(chat="cu@quangtri.gov.vn", private=True)

    def slow_down(self) -> float:
        self.server.fail_next("rcpt", "421 4.7.0 Too many messages, slow down")
        return 60.0

    def lose(self) -> None:
        self.server.fail_next("content", KEEP_AND_DROP)

    def break_down(self) -> None:
        self.server.fail_next("mail", "451 4.3.0 Temporary lookup failure")

    def unreachable(self) -> Messenger:
        return mail_to(self.server, port=9)

    async def heard_twice(self) -> tuple[Event, Event]:
        raise NotImplementedError


async def _nothing_is_heard(_events: Sequence[Event]) -> None:
    raise AssertionError("a mail server says nothing by itself")


@pytest.fixture
async def bench(server: FakeSmtp) -> AsyncIterator[MailBench]:
    made = MailBench(server)
    await made.messenger.start(_nothing_is_heard)
    yield made
    await made.messenger.stop()


class TestMailContract(MessengerContract):
    async def test_what_is_delivered_again_keeps_its_key_and_survives_being_stored(self, bench: WireBench) -> None:
        """Nothing comes in by mail."""
        assert bench.messenger.capabilities.max_download == 0

    async def test_a_long_text_is_split_at_lines_and_nothing_is_lost(self, bench: WireBench) -> None:
        """A mail is one mail, however long."""
        text = "\n".join(f"{number}. 😀 việc cần làm" for number in range(10_000))
        await bench.messenger.send(bench.reachable, plain(text))
        assert [each.text for each in bench.arrived()] == [text]

    async def test_an_answer_can_be_chosen_whether_or_not_there_are_buttons(self, bench: WireBench) -> None:
        """Nobody hears an answer to a mail, so that none is offered; a link is."""
        buttons = (
            (Button(label="Nhận việc", action="take:1"), Button(label="Mở trang", url="https://bot.tinh.gov.vn/")),
        )
        await bench.messenger.send(bench.reachable, Card(parts=(Part("Việc #1"),), buttons=buttons))
        assert bench.arrived()[-1].text == "Việc #1\n\nMở trang: https://bot.tinh.gov.vn/"
