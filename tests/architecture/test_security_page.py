"""The page on security names tests that exist, and what it says of dependencies and the image is so."""

import json
import re
from pathlib import Path

import pytest

from tests import audit

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "an-toan.md").read_text(encoding="utf-8")
PINNED = re.findall(
    r"^[a-z0-9._-]+(?:\[.*\])?==", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE
)
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py(?:::\w+)?)`", PAGE)))


def test_the_page_names_tests() -> None:
    assert len(NAMED) > 15


@pytest.mark.parametrize("named", NAMED)
def test_a_named_test_exists(named: str) -> None:
    path, _, test = named.partition("::")
    assert (ROOT / path).is_file()
    written = (ROOT / path).read_text(encoding="utf-8")
    assert re.search(rf"^(?:async )?def {test or 'test_'}", written, re.MULTILINE), f"{path} has no {test}"


def test_every_threat_has_a_test() -> None:
    table = PAGE.partition("## Mối nguy")[2].partition("\n## ")[0]
    rows = [line for line in table.splitlines() if line.startswith("|")][2:]
    assert rows
    assert [row for row in rows if "`tests/" not in row] == []


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_dependency_is_pinned_with_hashes(lock: str) -> None:
    entries = re.split(r"\n(?=[a-z0-9])", (ROOT / lock).read_text(encoding="utf-8"))
    pinned = [entry for entry in entries if "==" in entry.partition("\n")[0]]
    assert len(pinned) > 30
    assert [entry.partition(" ")[0] for entry in pinned if "--hash=sha256:" not in entry] == []


def test_only_hashed_packages_are_ever_installed() -> None:
    for place in ("Makefile", "Dockerfile"):
        written = (ROOT / place).read_text(encoding="utf-8")
        for line in written.splitlines():
            if "pip install" in line and "-r " in line:
                assert "--require-hashes" in line, f"{place}: {line}"


def test_the_bill_of_materials_names_every_locked_package(tmp_path: Path) -> None:
    assert audit.write_sbom(tmp_path / "sbom.json") == len(PINNED)
    told = json.loads((tmp_path / "sbom.json").read_text(encoding="utf-8"))
    assert told["bomFormat"] == "CycloneDX"
    assert all(each["hashes"] and each["purl"].startswith("pkg:pypi/") for each in told["components"])


HOLE = {"name": "a", "version": "1", "vulns": [{"id": "PYSEC-1"}]}
CLEAN = {"name": "b", "version": "1", "vulns": []}
UNSEEN = {"name": "c", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("packages", "code", "said"),
    [
        ([HOLE, CLEAN], 1, "a 1: PYSEC-1"),
        ([CLEAN, UNSEEN], 0, "no known hole in 1 packages, 1 not looked at"),
        ([UNSEEN], 0, "skipped"),
        (None, 0, "skipped"),
    ],
)
def test_a_hole_ends_make_lint_and_an_index_out_of_reach_is_said(packages: object, code: int, said: str) -> None:
    found, told = audit.judge(json.dumps({"dependencies": packages}) if packages else "", "no route to host")
    assert found == code
    assert said in told
