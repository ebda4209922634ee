"""What is told as done is on the disk: of the program itself, not of the tests' database that flushes nothing."""

import subprocess
import sys
from pathlib import Path

ASKED = """
import sys
from storage.database import open_engine
with open_engine(sys.argv[1]).connect() as connection:
    print(*(connection.exec_driver_sql(f"PRAGMA {each}").scalar() for each in ("journal_mode", "synchronous")))
"""
FULL = "2"


def test_every_commit_of_the_program_is_flushed(tmp_path: Path) -> None:
    said = subprocess.check_output(
        [sys.executable, "-c", ASKED, f"sqlite:///{tmp_path / 'own.sqlite'}"], cwd=Path(__file__).parents[2], text=True
    )
    assert said.split() == ["wal", FULL]
