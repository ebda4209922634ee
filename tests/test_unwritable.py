"""As in its container: the program's own directory, the home and the root cannot be written; only the data and /tmp."""

import asyncio
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fakes.botapi import FakeBotApi
from tests.journeys.front import KEY
from tests.ports import free_port

ROOT = Path(__file__).parents[1]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
NOBODY = 65534
pytestmark = pytest.mark.skipif(
    os.geteuid() != 0 or shutil.which("unshare") is None, reason="needs root and util-linux to shut the directories"
)
SHUT = """
set -e
mount --make-rprivate /
mount --bind "$1" "$1" && mount -o remount,bind,ro "$1"
mount --bind "$4" "$4"
mount -o remount,bind,ro /
exec setpriv --reuid 65534 --regid 65534 --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all \
    "$2" -m bot "$3"
"""


def environment(tmp_path: Path, api: FakeBotApi) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "HOME": "/nonexistent",
        "PYTHONUNBUFFERED": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": str(ROOT),
        "GIAOBAN_DATA_DIR": str(tmp_path / "data"),
        "GIAOBAN_SECRET_KEY": KEY,
        "GIAOBAN_WEB__LISTEN": f"127.0.0.1:{free_port()}",
        "GIAOBAN_TELEGRAM__TOKEN": api.token,
        "GIAOBAN_TELEGRAM__API_URL": api.url,
    }


def can_shut() -> bool:
    tried = subprocess.run(["unshare", "-m", "true"], check=False, capture_output=True)
    return tried.returncode == 0


async def test_it_serves_where_only_its_data_can_be_written(tmp_path: Path) -> None:
    if not can_shut():
        pytest.skip("this machine allows no mount namespaces")
    data = tmp_path / "data"
    data.mkdir()
    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_mode & 0o055 != 0o055:
            folder.chmod(0o755)
    os.chown(data, NOBODY, NOBODY)
    async with FakeBotApi() as api:
        lan = api.person("Lan", "lan")
        api.starts(lan)
        api.says(lan, "/trogiup")
        program = await asyncio.create_subprocess_exec(
            *("unshare", "-m", "sh", "-c", SHUT, "sh", str(ROOT), sys.executable, "run", str(data)),
            cwd=data,
            env=environment(tmp_path, api),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            assert program.stdout is not None
            line = await asyncio.wait_for(program.stdout.readline(), 90)
            assert b"is running" in line, (await program.stderr.read()).decode() if program.stderr else ""
            await api.until(lambda: bool(api.sent))
        finally:
            if program.returncode is None:
                program.terminate()
            _, complaints = await program.communicate()
    assert program.returncode == 0
    assert b"Read-only" not in complaints
    assert b"Permission denied" not in complaints
    known = {"giaoban.sqlite", "giaoban.sqlite.lock", "vault", "texts", "last-backup.json"}
    assert {path.name for path in data.iterdir()} <= known
    assert all(path.stat().st_uid == NOBODY for path in data.iterdir())


def test_the_image_runs_as_nobody_in_particular_and_writes_only_its_data() -> None:
    last = DOCKERFILE.rpartition("\nFROM ")[2]
    assert "\nUSER giaoban" in last
    assert last.index("\nUSER giaoban") > last.rindex("\nRUN ")
    assert "VOLUME /data" in last
    assert "PYTHONDONTWRITEBYTECODE=1" in last
