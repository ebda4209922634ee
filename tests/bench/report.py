"""The figures as a small table: what, how much, the goal, and whether it is reached."""

from collections.abc import Iterator, Mapping
from typing import Any

from tests.bench.report_assign import assign, replicas

Line = tuple[str, str, str, bool | None]


def table(found: Mapping[str, Any]) -> str:
    lines = [("what", "measured", "goal", None), *_lines(found)]
    widths = [max(len(line[place]) for line in lines) for place in range(3)]  # type: ignore[arg-type]
    return "\n".join(
        "  ".join(text.ljust(width) for text, width in zip(line[:3], widths, strict=True))
        + {True: "  reached", False: "  MISSED", None: ""}[line[3]]
        for line in lines
    )


HEAD = """# Benchmarks

Written by `python -m tests.bench --page`; every ratio is taken within one run of its part, so that another machine
gives another figure but much the same ratio. The raw figures are in [benchmarks.json](benchmarks.json).

{machine}

| what | measured | goal | |
| --- | --- | --- | --- |
{rows}
{picture}"""
PICTURE = """
## Where the time of an /assign goes

![flame picture of /assign](anh/assign.svg)

The coloured floor is the four steps of an `/assign` (event: webhook and inbox; transaction: read, decide, write;
delivery: its two messages claimed, sent and recorded; commit: of the database, shared by those that wait together) and
what is left for the event loop; above each function stands what it calls, as wide as its processor time. The picture is
of a round by itself, for being watched slows the program down: the microseconds in the table are its shares of the
processor time of the rounds that nobody watched.
"""


def page(found: Mapping[str, Any]) -> str:
    """docs/benchmarks.md, with what falls short of its goal said in bold."""
    told = {True: "reached", False: "**missed**", None: ""}
    rows = "\n".join(f"| {line[0]} | {line[1]} | {line[2]} | {told[line[3]]} |" for line in _lines(found))
    machine = found["machine"]
    said = (
        f"Machine: {machine['processor']}, {machine['cores']} cores, {machine['memory_gib']} GiB, "
        f"Python {machine['python']}; load average before the run {machine['load']}."
    )
    return HEAD.format(machine=said, rows=rows, picture=PICTURE if _is_drawn(found) else "")


def _is_drawn(found: Mapping[str, Any]) -> bool:
    return "event_us" in (found.get("assign") or {}).get("apart", {})


def missed(found: Mapping[str, Any]) -> list[str]:
    return [line[0] for line in _lines(found) if line[3] is False]


def _lines(found: Mapping[str, Any]) -> Iterator[Line]:
    yield from assign(found.get("assign") or {})
    if outgoing := found.get("outgoing"):
        rates = f"{outgoing['program']['per_second']}/s beside {outgoing['raw_aiohttp']['per_second']}/s"
        yield _at_least("messages beside raw aiohttp", outgoing["ratio"], outgoing["goal"], rates)
    if limit := found.get("limit"):
        rates = f"{limit['per_second']}/s of {limit['limit']}/s"
        yield _at_least(f"{limit['messages']:,} messages at an enforced limit", limit["ratio"], limit["goal"], rates)
        yield "… refused with 429", str(limit["refused"]), "0", limit["refused"] == 0
    if footprint := found.get("footprint"):
        yield _below("ready after the start", footprint["ready_seconds"], footprint["ready_goal"], "s")
        yield "… processor time until then", f"{footprint.get('ready_cpu', '?')} s", "", None
        yield _below("memory when ready", footprint["memory_mb"], footprint["memory_goal"], "MB")
    yield from _province(found)
    yield from _sealing(found.get("sealing") or {})
    for name in ("letters", "phrases"):
        for what, value in (found.get(name) or {}).items():
            yield f"{name}: {what.replace('_', ' ')}", str(value), "", None


def _province(found: Mapping[str, Any]) -> Iterator[Line]:
    yield from replicas(found.get("replicas") or {})
    yield from _zalo(found.get("zalo-webhook") or {})
    if morning := found.get("morning"):
        people = f"{morning['messages']} digests of {morning['groups']} groups"
        yield _below(f"{people} in the outbox", morning["seconds"], morning["seconds_goal"], "s")
        yield _below("… memory at its highest", morning["memory_mb"], morning["memory_goal"], "MB")
    if run := found.get("long-run"):
        told = f"{run['per_second']}/s of {run['limit']}/s, {run['minutes']} minutes of a turned clock"
        yield _at_least(f"{run['messages']:,} digests delivered at the limit", run["ratio"], run["goal"], told)
        yield "… refused with 429", str(run["refused"]), "0", run["refused"] == 0
    if flat := found.get("flat"):
        tasks = " and ".join(f"{count:,}" for count in flat["tasks"].values())
        for what, taken in flat["p95_ms"].items():
            ratio = round(taken["large"] / taken["small"], 2)
            times = f"{taken['small']} and {taken['large']} ms"
            reached = ratio <= flat["goal"]
            yield f"{what}: p95 with {tasks} tasks", f"{ratio}× ({times})", f"≤ {flat['goal']}×", reached
    if rest := found.get("rest"):
        yield _below("ready with a million tasks", rest["ready_seconds"], rest["ready_goal"], "s")
        yield "… processor time until then", f"{rest.get('ready_cpu', '?')} s", "", None
        yield _below("… processor time while idle", rest["idle_percent"], rest["idle_goal"], "%")
        yield "… size of its database", f"{rest['database_mb']} MB", "", None


def _zalo(found: Mapping[str, Any]) -> Iterator[Line]:
    for name, each in found.items():
        if name.startswith("at_"):
            told = f"p99 {each['p99_ms']} ms (p50 {each['p50_ms']}, slowest {each['max_ms']})"
            goal = found["goal_ms"]
            yield f"Zalo webhook at {name[3:]} events/s", told, f"< {goal:g} ms", each["p99_ms"] < goal
    if pressed := found.get("pressed"):
        told = f"{pressed['per_second']}/s, p99 {pressed['p99_ms']} ms, slowest {pressed['max_ms']}"
        yield f"… pressed over {found['connections']} connections", told, "", None


def _sealing(found: Mapping[str, Any]) -> Iterator[Line]:
    """What ours takes beside another's program or library that does the same."""
    for what, each in found.items():
        if "milliseconds" not in each:
            yield f"sealing: {what}", str(each), "", None
            continue
        goals, took = each.get("goals", {}), each["milliseconds"]
        ours = next(value for name, value in took.items() if name.startswith("our_"))
        for other, times in each["times faster than"].items():
            wanted = goals.get(other)
            told = f"{times}× as fast ({ours} and {took[other]} ms)"
            goal = f"≥ {wanted['wanted']}×" if wanted else ""
            yield f"sealing {what}, beside {other.replace('_', ' ')}", told, goal, wanted["met"] if wanted else None


def _at_least(what: str, ratio: float, goal: float, rates: str) -> Line:
    return what, f"{ratio}× ({rates})", f"≥ {goal}×", ratio >= goal


def _below(what: str, value: float, goal: float, unit: str) -> Line:
    return what, f"{value} {unit}", f"< {goal:g} {unit}", value < goal
