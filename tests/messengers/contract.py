"""What every messenger promises; a messenger's own test inherits the classes that apply and provides a `bench`."""

import asyncio
import logging
import traceback
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from bot.chat.events import Event, from_json, to_json
from bot.chat.messages import Button, Card, Part, Style, plain
from bot.chat.messenger import Address, DeliveryFailed, Messenger, Outcome

MARKUP = '<b>5 < 6 &amp; "7"</b> *sao* _gạch_ **đậm** `mã` [a](b) {red}đỏ{/red} # mục > trích ~x~ \\n 😀 @lan #12 $`'


@dataclass(frozen=True, slots=True)
class Arrived:
    """A message of the bot as it stands in a chat."""

    id: str
    text: str


class Bench(ABC):
    """A running messenger before its fake. `reachable`: a private chat that takes messages."""

    messenger: Messenger
    reachable: Address
    secret = "nothing is secret here"  # what must never be shown
    logs_from = logging.DEBUG
    """Below this the library beneath may log the secret: where logs are set up, such levels are to be off."""

    @abstractmethod
    def arrived(self) -> Sequence[Arrived]:
        """Oldest first."""

    def measure(self, text: str) -> int:
        """As the messenger counts its limit; most count in UTF-16."""
        return units(text)

    @abstractmethod
    def gone(self) -> Address:
        """A chat that takes nothing any more."""


class WireBench(Bench):
    """Of a messenger that is reached over a network; each fault is for the next message."""

    @abstractmethod
    def slow_down(self) -> float:
        """It is refused; the seconds to wait that the messenger names (or means)."""

    @abstractmethod
    def lose(self) -> None:
        """It arrives, and the connection is lost before the answer."""

    @abstractmethod
    def break_down(self) -> None:
        """The server has trouble and takes nothing."""

    @abstractmethod
    def unreachable(self) -> Messenger:
        """Another one, not started, whose server is not there."""

    @abstractmethod
    async def heard_twice(self) -> tuple[Event, Event]:
        """The same words, delivered two times."""


async def failed(step: Awaitable[object], bench: Bench) -> DeliveryFailed:
    with pytest.raises(DeliveryFailed) as caught:
        await step
    shown = f"{caught.value} {caught.value!r} {''.join(traceback.format_exception(caught.value))}"
    assert bench.secret not in shown
    return caught.value


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


class SendingContract:
    @pytest.fixture(autouse=True)
    def discreet(self, bench: Bench, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
        """No log holds the secret; none that an operator reads (INFO and above) the words that were sent."""
        caplog.set_level(logging.DEBUG)
        yield
        for record in [*caplog.get_records("setup"), *caplog.get_records("call")]:
            said = f"{record.getMessage()} {record.__dict__}"
            assert record.levelno < bench.logs_from or bench.secret not in said
            assert record.levelno < logging.INFO or "sao* _gạch_" not in said

    async def test_what_is_sent_arrives_and_has_an_id(self, bench: Bench) -> None:
        first = await bench.messenger.send(bench.reachable, plain("một"))
        second = await bench.messenger.send(bench.reachable, plain("hai"))
        assert [(each.id, each.text) for each in bench.arrived()] == [(first, "một"), (second, "hai")]
        assert first
        assert first != second

    async def test_characters_that_mean_something_elsewhere_arrive_as_they_are(self, bench: Bench) -> None:
        await bench.messenger.send(bench.reachable, plain(MARKUP))
        assert bench.arrived()[-1].text == MARKUP

    async def test_styles_change_no_word(self, bench: Bench) -> None:
        parts = (
            Part("Việc "),
            Part("<b>*đậm*</b>", Style.BOLD),
            Part(" giao "),
            Part("Bình", Style.MENTION, "1"),
            Part(" _nghiêng_ ", Style.ITALIC),
            Part("K7-`x`", Style.CODE),
        )
        card = Card(parts=parts)
        await bench.messenger.send(bench.reachable, card)
        assert bench.arrived()[-1].text == card.text

    async def test_a_link_can_be_followed_or_read(self, bench: Bench) -> None:
        part = Part("đây", Style.LINK, "https://tinh.gov.vn/van-ban?so=12")
        await bench.messenger.send(bench.reachable, Card(parts=(Part("Xem "), part)))
        assert bench.arrived()[-1].text.startswith("Xem đây")

    async def test_a_long_text_is_split_at_lines_and_nothing_is_lost(self, bench: Bench) -> None:
        limit = bench.messenger.capabilities.max_text
        lines = [f"{number}. 😀 việc cần làm trong tuần, hạn thứ {number % 5 + 2}" for number in range(limit // 15)]
        card = Card(parts=(Part("\n".join(lines), Style.BOLD),), buttons=((Button(label="Xong", action="done:1"),),))
        last = await bench.messenger.send(bench.reachable, card)
        pages = bench.arrived()
        assert len(pages) > 1
        assert pages[-1].id == last
        assert all(bench.measure(page.text) <= limit for page in pages)
        said = [line for page in pages for line in page.text.splitlines() if line in set(lines)]
        assert said == lines

    async def test_a_word_longer_than_a_message_is_not_lost(self, bench: Bench) -> None:
        word = "ă" * (bench.messenger.capabilities.max_text * 2)
        await bench.messenger.send(bench.reachable, plain(word))
        assert sum(page.text.count("ă") for page in bench.arrived()) == len(word)

    async def test_an_answer_can_be_chosen_whether_or_not_there_are_buttons(self, bench: Bench) -> None:
        buttons = ((Button(label="Nhận việc", action="take:1"), Button(label="Từ chối", action="decline:1")),)
        await bench.messenger.send(bench.reachable, Card(parts=(Part("Việc #1"),), buttons=buttons))
        text = bench.arrived()[-1].text
        numbered = ["1. Nhận việc", "2. Từ chối"]
        assert [line for line in text.splitlines() if line in numbered] == (
            [] if bench.messenger.capabilities.buttons else numbered
        )

    async def test_an_address_that_takes_nothing_any_more_is_gone(self, bench: Bench) -> None:
        failure = await failed(bench.messenger.send(bench.gone(), plain(MARKUP)), bench)
        assert failure.outcome is Outcome.GONE
        assert MARKUP not in str(failure)

    async def test_edits_and_deletes_are_what_the_capabilities_say(self, bench: Bench) -> None:
        able, to = bench.messenger.capabilities, bench.reachable
        message_id = await bench.messenger.send(to, plain("một"))
        if able.edits:
            await bench.messenger.edit(to, message_id, plain("hai"))
            assert [each.text for each in bench.arrived()] == ["hai"]
        else:
            refused = await failed(bench.messenger.edit(to, message_id, plain("hai")), bench)
            assert refused.outcome is Outcome.REJECTED
        if able.deletes:
            await bench.messenger.delete(to, message_id)
            assert list(bench.arrived()) == []
        else:
            assert (await failed(bench.messenger.delete(to, message_id), bench)).outcome is Outcome.REJECTED

    async def test_it_says_that_it_is_ready_and_what_it_is_called(self, bench: Bench) -> None:
        async with asyncio.timeout(60):
            while not bench.messenger.standing.ready:
                await asyncio.sleep(0)
        assert bench.messenger.standing.name


class WireContract:
    async def test_slow_down_carries_its_seconds(self, bench: WireBench) -> None:
        wanted = bench.slow_down()
        failure = await failed(bench.messenger.send(bench.reachable, plain(MARKUP)), bench)
        assert (failure.outcome, failure.after) == (Outcome.SLOW_DOWN, wanted)
        assert list(bench.arrived()) == []

    async def test_a_connection_lost_after_the_request_went_out_is_unclear(self, bench: WireBench) -> None:
        bench.lose()
        failure = await failed(bench.messenger.send(bench.reachable, plain(MARKUP)), bench)
        assert failure.outcome is Outcome.UNCLEAR
        assert len(bench.arrived()) == 1

    async def test_trouble_of_the_server_is_worth_another_try(self, bench: WireBench) -> None:
        bench.break_down()
        failure = await failed(bench.messenger.send(bench.reachable, plain(MARKUP)), bench)
        assert failure.outcome is Outcome.TRY_AGAIN
        assert list(bench.arrived()) == []
        await bench.messenger.send(bench.reachable, plain("một"))

    async def test_a_refused_connection_certainly_delivers_nothing_and_does_not_stop_the_start(
        self, bench: WireBench
    ) -> None:
        away = bench.unreachable()
        await away.start(_deaf)
        failure = await failed(away.send(bench.reachable, plain(MARKUP)), bench)
        assert failure.outcome is Outcome.TRY_AGAIN
        assert not away.standing.ready
        assert away.standing.problem
        assert bench.secret not in away.standing.problem
        await away.stop()

    async def test_what_is_delivered_again_keeps_its_key_and_survives_being_stored(self, bench: WireBench) -> None:
        first, second = await bench.heard_twice()
        assert first.key == second.key
        assert from_json(to_json(first)) == first

    async def test_a_long_text_that_fails_in_the_middle_is_not_said_twice(self, bench: WireBench) -> None:
        card = plain("\n".join(f"dòng {number}" for number in range(bench.messenger.capabilities.max_text // 6)))
        whole = units(card.text) // bench.messenger.capabilities.max_text
        assert whole >= 1
        bench.break_down()
        await failed(bench.messenger.send(bench.reachable, card), bench)
        await bench.messenger.send(bench.reachable, card)
        said = [line for page in bench.arrived() for line in page.text.splitlines() if line.startswith("dòng")]
        assert said == card.text.splitlines()


class MessengerContract(SendingContract, WireContract):
    """All of it."""


class Twice:
    """An intake that hears everything, and says of the first time that it could not keep it."""

    def __init__(self) -> None:
        self.heard: list[Event] = []
        self._failures = 1
        self._more = asyncio.Event()

    async def __call__(self, events: Sequence[Event]) -> None:
        self.heard.extend(events)
        self._more.set()
        if events and self._failures:
            self._failures -= 1
            raise OSError("the disk is full")

    async def both(self, kind: type[Any]) -> tuple[Any, Any]:
        """The first two events of this kind."""
        async with asyncio.timeout(60):
            while len(found := [each for each in self.heard if isinstance(each, kind)]) < 2:
                self._more.clear()
                await self._more.wait()
        return found[0], found[1]


async def _deaf(_events: Sequence[Event]) -> None:
    raise AssertionError("nothing can have been heard")
