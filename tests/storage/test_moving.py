"""An office moves to another database: nothing lost, nothing twice, broken off and gone on with."""

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Connection, Table

from bot import cli
from bot.app import App
from bot.clock import Clock
from bot.serving import NotReady, opened
from config.settings import Settings
from storage import moving
from storage.database import open_engine
from storage.moving import CannotMove, move, moved_to, stay
from tests import postgres
from tests.conftest import KEY
from tests.stage import FRIDAY, Office, PaperMessenger, Room


@dataclass
class Offices:
    """The same people on two databases, one after the other."""

    settings: Settings
    paper: PaperMessenger

    async def on(self, url: str) -> tuple[App, Office]:
        app = App(
            self.settings.model_copy(update={"database_url": url}),
            [self.paper],
            clock=Clock(self.settings.zone, stopped_at=FRIDAY),
        )
        await app.start()
        return app, Office(app, self.paper)


@pytest.fixture
def offices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Offices:
    monkeypatch.chdir(tmp_path)
    settings = Settings(data_dir=tmp_path / "data", secret_key=KEY, web={"listen": "127.0.0.1:0"})
    return Offices(settings, PaperMessenger())


def beside(old: str) -> str:
    return old.replace("old.sqlite", "new.sqlite")


@pytest.fixture
def old(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/old.sqlite"


@pytest.fixture(params=["sqlite", "postgresql"])
def new(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/new.sqlite"
        return
    server: postgres.Server = request.getfixturevalue("postgres_server")
    url = server.url()
    yield url
    server.drop(url)


async def a_morning(office: Office) -> Room:
    """A group, a task that is accepted, one to come, and a letter."""
    room, lan, binh = await office.pair()
    await lan.says("/assign @binh Báo cáo số liệu, hạn 27/11 16h", room)
    await binh.presses("Nhận việc")
    await lan.says("/assign @binh Dọn kho, hạn 30/11", room)
    office.anything_goes()
    return room


async def test_work_goes_on_in_the_new_database_where_it_stood_in_the_old(offices: Offices, old: str, new: str) -> None:
    app, office = await offices.on(old)
    room = await a_morning(office)
    await app.stop()
    told: list[tuple[str, int, int]] = []
    done = move(old, new, lambda *step: told.append(step))
    assert done.rows == sum(in_all for _, copied, in_all in told if copied == in_all)
    assert done.entries > 3
    assert ("task", 2, 2) in told

    app, _ = await offices.on(new)
    lan, binh = office.people["Trần Thị Lan"], office.people["Nguyễn Văn Bình"]
    office.app = app
    await lan.says("/assign @binh Việc mới, hạn 1/12", room)
    room.sees("#3 Việc mới")
    await binh.says("/done 1", room)
    room.sees("#1 Báo cáo số liệu")
    await office.clock_to("2026-11-30 16:00")
    binh.hears("#2 Dọn kho")
    await app.stop()


@pytest.mark.parametrize("at", [0, 3, 7])
async def test_killed_on_the_way_it_is_run_again_and_ends_the_same(offices: Offices, old: str, at: int) -> None:
    app, office = await offices.on(old)
    await a_morning(office)
    await app.stop()
    new = beside(old)
    script = """
        import os, signal, sys
        from storage import moving
        moving.BATCH = 2
        steps = []
        def told(*step):
            steps.append(step)
            if len(steps) > int(sys.argv[3]):
                os.kill(os.getpid(), signal.SIGKILL)
        moving.move(sys.argv[1], sys.argv[2], told)
        """
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    child = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script), old, new, str(at)], env=environment, timeout=110, check=False
    )
    assert child.returncode == -signal.SIGKILL
    half = open_engine(new)
    assert "is not complete" in (moved_to(half) or "")
    half.dispose()
    with pytest.raises(NotReady, match="is not complete"):
        opened(offices.settings.model_copy(update={"database_url": new}))
    assert move(old, new).rows > 10
    opened(offices.settings.model_copy(update={"database_url": new})).close()


async def test_the_old_database_serves_nobody_until_the_move_is_given_up(offices: Offices, old: str) -> None:
    app, office = await offices.on(old)
    await a_morning(office)
    await app.stop()
    move(old, beside(old))
    there = offices.settings.model_copy(update={"database_url": old})
    with pytest.raises(NotReady, match=r"was moved to .*new\.sqlite"):
        opened(there)
    stay(old)
    opened(there).close()
    with pytest.raises(CannotMove, match="was not moved"):
        stay(old)


async def test_a_program_that_still_runs_on_it_is_noticed(offices: Offices, old: str) -> None:
    app, office = await offices.on(old)
    await a_morning(office)
    with pytest.raises(CannotMove, match="stop the program first"):
        move(old, beside(old))
    await app.stop()


async def test_a_database_that_holds_something_else_is_not_written_into(offices: Offices, old: str) -> None:
    new = beside(old)
    for url in (old, new):
        app, office = await offices.on(url)
        office.anything_goes()
        await app.stop()
    with pytest.raises(CannotMove, match="is not empty"):
        move(old, new)
    with pytest.raises(CannotMove, match="the same database"):
        move(old, old)
    with pytest.raises(CannotMove, match="there is no Giao Ban database"):
        move(f"{old}.none", new)


async def test_what_was_changed_on_the_way_is_found_by_the_comparison(
    offices: Offices, old: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, office = await offices.on(old)
    await a_morning(office)
    await app.stop()
    honest = moving._fingerprint

    def damaged(connection: Connection, table: Table) -> tuple[int, str]:
        if table.name == "task" and "new" in str(connection.engine.url):
            connection.execute(table.update().values(title="khác"))
        return honest(connection, table)

    monkeypatch.setattr(moving, "_fingerprint", damaged)
    with pytest.raises(CannotMove, match="task differs"):
        move(old, beside(old))


async def test_the_operator_moves_with_one_command(
    offices: Offices, old: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    app, office = await offices.on(old)
    await a_morning(office)
    await app.stop()
    monkeypatch.setenv("GIAOBAN_DATA_DIR", str(offices.settings.data_dir))
    assert cli.run(["move", "--from", old]) == 1
    assert "say where to" in capsys.readouterr().err
    new = beside(old)
    assert cli.run(["move", "--from", old, "--to", new]) == 0
    out = capsys.readouterr().out
    assert "task: 2 of 2" in out
    assert "the audit's" in out
    assert "GIAOBAN_DATABASE_URL" in out
    assert cli.run(["move", "--from", old, "--stay"]) == 0
