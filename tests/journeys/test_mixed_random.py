"""Random acts on two messengers at once: both rooms come to show the same, and every act is audited once."""

import os
import random
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from sqlmodel import Session, col, func, select

from bot.app import App
from bot.chat.events import Chat, Said, Sender
from bot.clock import Clock
from config.settings import Settings
from handlers.tasks.cards import shortened
from storage import audit, codes, outbox
from storage.audit import AuditEntry
from storage.codes import CodeKind
from storage.outbox import OutboxRow
from storage.tasks import Task
from tests.journeys.test_text_only import Words
from tests.stage import FRIDAY, Message, PaperMessenger

ACTS = int(os.environ.get("GIAOBAN_TEST_ACTS", "1000"))
ROOM = {"paper": "-1", "words": "-2"}
PEOPLE = {"Trần Thị Lan": "1", "Nguyễn Văn Bình": "2", "Lê Chi": "3"}
TASKS = 12  # that acts are about: the latest ones


@dataclass
class Two:
    """An office of three, each of them on both messengers; one of those can change nothing that it has said."""

    app: App
    paper: PaperMessenger
    words: Words
    chance: random.Random
    said: list[Said] = field(default_factory=list)

    async def says(self, messenger: str, person: str, text: str, *, private: bool) -> Said:
        sender = Sender(id=f"{messenger}-{PEOPLE[person]}", name=person)
        chat = Chat(messenger=messenger, id=sender.id if private else ROOM[messenger], private=private, title="Phòng")
        key = f"k{len(self.said)}"
        self.said.append(Said(key=key, at=self.app.clock.now(), chat=chat, sender=sender, message_id=key, text=text))
        await self.again(self.said[-1])
        return self.said[-1]

    async def again(self, said: Said) -> None:
        intake = {"paper": self.paper, "words": self.words}[said.chat.messenger].intake
        assert intake is not None
        await intake([said])
        await self.app.inbox.settle()

    async def passes(self, seconds: float) -> None:
        await self.app.jump(self.app.clock.now() + timedelta(seconds=seconds))

    async def count(self) -> int:
        return await self.app.database.run(
            lambda s: int(s.execute(select(func.count(col(AuditEntry.id)))).scalar_one())
        )


@pytest.fixture
async def two(settings: Settings) -> AsyncIterator[Two]:
    paper, words = PaperMessenger(), Words(name="words")
    for each in (paper, words):
        each.started = {f"{each.name}-{number}" for number in PEOPLE.values()}
        each.admins = {ROOM[each.name]: {f"{each.name}-1"}}
    app = App(settings, [paper, words], clock=Clock(settings.zone, stopped_at=FRIDAY))
    await app.start()
    made = Two(app, paper, words, random.Random(20261121))
    for person in PEOPLE:
        code = ""
        for messenger in ("paper", "words"):
            await made.says(messenger, person, f"/lienket {code}".strip(), private=True)
            await app.settle()
            code = (
                re.findall(r"[A-Z0-9]{4}-[A-Z0-9]{4}", made.paper.chats[f"paper-{PEOPLE[person]}"][-1].text)[0]
                if not code
                else ""
            )
    await made.says("paper", "Trần Thị Lan", "/thietlap Tổ một", private=False)
    code = await app.database.run(
        lambda session: codes.make(session, CodeKind.ROOM, app.clock.now() + timedelta(hours=1), group_id=1)
    )
    await made.says("words", "Trần Thị Lan", f"/noinhom {code}", private=False)
    for person in PEOPLE:
        await made.says("paper", person, "/thamgia", private=False)
    await made.passes(60)
    yield made
    await app.stop()


def one_act(chance: random.Random, tasks: int) -> str:
    number = max(1, tasks - chance.randrange(TASKS))
    who = chance.choice(("@Nguyễn Văn Bình", "@Lê Chi", "@Trần Thị Lan", "@Nguyễn Văn Bình @Lê Chi"))
    day = chance.choice(("27/11", "30/11", "4/12"))
    return chance.choices(
        (
            f"/giao {who} Việc {chance.randrange(10**6)}, hạn 16h {day}",
            f"{chance.randrange(1, 6)} #{number}",
            f"/huy {number}",
            "/hoantac",
            f"/sua {number} hạn 16h {day}",
            str(chance.randrange(1, 6)),
        ),
        weights=(15, 60, 3, 8, 8, 6),
    )[0]


async def test_both_messengers_show_the_same_and_every_act_is_audited_once(two: Two) -> None:
    tasks, acts = 0, 0
    while acts < ACTS:
        acts += 1
        said = await two.says(
            two.chance.choice(("paper", "words")),
            two.chance.choices(list(PEOPLE), weights=(2, 1, 1))[0],
            one_act(two.chance, tasks),
            private=two.chance.random() < 0.5,
        )
        before = await two.count()
        if two.chance.random() < 0.2:
            await two.again(said)
            assert await two.count() == before, "a redelivery is no second act"
        if acts % 5 == 0:
            await two.passes(two.chance.choice((1, 3, 6)))
        if acts % 5 == 0:
            tasks = await two.app.database.run(
                lambda session: int(session.execute(select(func.count(col(Task.id)))).scalar_one())
            )
    await two.passes(60)
    await two.passes(60)
    await _rooms_agree(two)
    await _audited_once(two)


async def _rooms_agree(two: Two) -> None:
    """What can be read in the room without edits, latest line first, is what the edited cards say."""
    cards = [each for each in two.paper.chats[ROOM["paper"]] if each.sender is None and re.match(r"#\d+ ", each.text)]
    told = [each for each in two.words.chats[ROOM["words"]] if each.sender is None]
    assert len(cards) > ACTS / 20
    for card in cards:
        head, *lines = [line for line in card.text.splitlines() if line.strip()]
        assert _news_of(told, head)
        for line in lines:
            assert _latest_of_kind(told, head, line) == line, (head, line)
    dead = await two.app.database.run(
        lambda session: [
            (row.shows, row.state) for row in session.exec(select(OutboxRow).where(outbox.TABLE.c.state != "sent"))
        ]
    )
    assert not dead


def _news_of(told: list[Message], head: str) -> list[str]:
    """Every line told of the task with this head, in order."""
    found: list[str] = []
    number = head.split()[0] + " "
    for message in told:
        mine = False
        for line in message.text.splitlines():
            if re.match(r"#\d+ ", line):
                mine = line.startswith(number) and shortened(head, 60)[:50] == line[:50]
            elif mine and line.strip():
                found.append(line)
    return found


def _latest_of_kind(told: list[Message], head: str, line: str) -> str | None:
    """Lines say what they are about before their colon."""
    kind = line.partition(":")[0]
    return next((each for each in reversed(_news_of(told, head)) if each.partition(":")[0] == kind), None)


async def _audited_once(two: Two) -> None:
    def look(session: Session) -> tuple[int, int, int]:
        given = session.exec(select(AuditEntry).where(col(AuditEntry.action) == "task-given")).all()
        made = int(session.execute(select(func.count(col(Task.id)))).scalar_one())
        return len({each.subject for each in given}), len(given), made

    subjects, given, made = await two.app.database.run(look)
    assert subjects == given == made
    assert await two.count() > ACTS / 8
    assert not await two.app.database.run(lambda session: list(audit.breaks(session)))
