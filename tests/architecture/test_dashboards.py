"""The dashboard and the alerts in docs/ ask only for numbers that /metrics tells."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from bot.chat.messenger import DeliveryFailed, Outcome
from tests.stage import Office

DOCS = Path(__file__).parents[2] / "docs"
DASHBOARD: dict[str, Any] = json.loads((DOCS / "grafana.json").read_text(encoding="utf-8"))
ALERTS: dict[str, Any] = yaml.safe_load((DOCS / "alerts.yaml").read_text(encoding="utf-8"))
RULES = [rule for group in ALERTS["groups"] for rule in group["rules"]]
ASKED = [target["expr"] for panel in DASHBOARD["panels"] for target in panel["targets"]]
SUFFIXES = {"gauge": ("",), "counter": ("_total",), "histogram": ("_bucket", "_count", "_sum"), "unknown": ("",)}
_NUMBER = re.compile(r"\b(?:giaoban|process)_\w+")
_LABELS = re.compile(r"\b(giaoban_\w+)\{([^}]*)\}")


@pytest.fixture
async def told(office: Office) -> dict[str, set[str]]:
    """The labels of every number on /metrics, by its name."""
    office.anything_goes()
    office.app._lookout._limits = {"paper": 30}
    office.paper.failures = [DeliveryFailed(Outcome.TRY_AGAIN, "503")]
    lan = office.person("Lan", "lan", started=True)
    await lan.says("/khongco")
    written = (await office.app._measures()).decode()
    families = list(text_string_to_metric_families(written))
    names: dict[str, set[str]] = {}
    for family in families:
        for suffix in SUFFIXES[family.type]:
            names.setdefault(family.name + suffix, set())
        for sample in family.samples:
            names.setdefault(sample.name, set()).update(sample.labels)
    return names


async def test_every_number_of_the_dashboard_and_the_alerts_is_there(told: dict[str, set[str]]) -> None:
    wanted = {name for expr in [*ASKED, *(rule["expr"] for rule in RULES)] for name in _NUMBER.findall(expr)}
    assert len(wanted) > 20
    assert wanted - set(told) == set()


async def test_the_labels_they_choose_by_are_there(told: dict[str, set[str]]) -> None:
    chosen = [found for rule in [*ASKED, *(each["expr"] for each in RULES)] for found in _LABELS.findall(rule)]
    assert chosen
    for name, labels in chosen:
        for label in re.findall(r"(\w+)\s*=", labels):
            assert not told[name] or label in told[name], f"{name} has no {label}"


async def test_the_operators_page_explains_every_number(told: dict[str, set[str]]) -> None:
    page = (DOCS / "van-hanh.md").read_text(encoding="utf-8")
    families = {re.sub(r"_(bucket|count|sum)$", "", name) for name in told if name.startswith("giaoban_")}
    assert {name for name in families if f"`{name}`" not in page} == set()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_an_alert_says_what_it_is_and_what_to_do(rule: dict[str, Any]) -> None:
    assert rule["labels"]["severity"] in {"critical", "warning", "info"}
    assert len(rule["annotations"]["description"]) > 20
    assert rule["expr"].count("(") == rule["expr"].count(")")


def test_the_panels_lie_beside_each_other() -> None:
    taken: set[tuple[int, int]] = set()
    for panel in DASHBOARD["panels"]:
        at = panel["gridPos"]
        cells = {(x, y) for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])}
        assert not cells & taken, panel["title"]
        assert at["x"] + at["w"] <= 24
        taken |= cells
