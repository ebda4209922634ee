"""Lines of the table about `/assign`: beside an echo bot, apart, and on two replicas."""

from collections.abc import Iterator, Mapping
from typing import Any

Line = tuple[str, str, str, bool | None]


def assign(found: Mapping[str, Any]) -> Iterator[Line]:
    if not found:
        return
    goal = found["goal"]
    yield _beside(f"/assign beside an echo bot, {found['groups']} groups at once", found, goal)
    yield "… processor time of an update beside the echo's", *_cpu(found)
    yield _beside(f"… {found['few']['groups']} groups at once", found["few"], None)
    yield "… processor time of an update beside the echo's", *_cpu(found["few"])
    low, high = found["ratio_in_turn_spread"]
    in_turn = f"{found['ratio_in_turn']}× ({low}–{high}; {found['echo_in_turn']['per_second']}/s)"
    yield "… beside one that may lose what waits", in_turn, "", None
    yield "… every one durable, both messages sent", str(found["all_durable"]), "True", found["all_durable"]
    yield "… processor time apart", _apart(found["apart"]), "", None


def _beside(what: str, found: Mapping[str, Any], goal: float | None) -> Line:
    low, high = found["ratio_spread"]
    rates = f"{found['program']['per_second']}/s beside {found['echo']['per_second']}/s"
    told = f"{found['ratio']}× ({low}–{high}; {rates})"
    return what, told, f"≥ {goal}×" if goal else "", found["ratio"] >= goal if goal else None


def _cpu(found: Mapping[str, Any]) -> tuple[str, str, None]:
    low, high = found["cpu_ratio_spread"]
    took = f"{found['program']['cpu_us']} and {found['echo']['cpu_us']} µs"
    return f"{found['cpu_ratio']}× ({low}–{high}; {took})", "", None


def _apart(found: Mapping[str, Any]) -> str:
    if "not_sampled" in found:
        return f"not sampled: {found['not_sampled']}"
    return ", ".join(f"{name[:-3]} {value} µs" for name, value in found.items() if name.endswith("_us"))


def replicas(found: Mapping[str, Any]) -> Iterator[Line]:
    if not found:
        return
    what = "two replicas beside one, PostgreSQL"
    if "skipped" in found:
        yield what, f"skipped: {found['skipped']}", "", None
        return
    yield _two(f"{what}: all on the same {found['cores']} cores", found, found["goal"])
    for count in ("one", "two"):
        told = ", ".join(f"{name} {value}" for name, value in found[f"{count}_cpu_us"].items())
        yield f"… µs of processor time an /assign, {count}", told, "", None
    held = found["held"]
    if "skipped" in held:
        yield "… each replica held to a share of a core", f"skipped: {held['skipped']}", "", None
    else:
        yield _two(f"… each replica held to {held['share']:.0%} of a core", held, found["goal"])


def _two(what: str, found: Mapping[str, Any], goal: float) -> Line:
    low, high = found["ratio_spread"]
    rates = f"{found['two_per_second']}/s beside {found['one_per_second']}/s"
    return what, f"{found['ratio']}× ({low}–{high}; {rates})", f"≥ {goal}×", found["ratio"] >= goal
