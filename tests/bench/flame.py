"""A flame picture of sampled stacks as SVG: outermost below, as wide as it took, coloured by part of the work."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape

Stack = tuple[str, ...]
WIDE, HIGH, LETTER, MARGIN = 1200, 17, 6.6, 10
LEAST = 0.004  # of the whole: what is narrower is left out
HEAD = 58
COLOURS = ("#e8833a", "#4f8fd0", "#57a773", "#b07cc6", "#a0a0a0", "#d0b03f")


@dataclass
class Frame:
    """One function as called from those below it; `seconds` with all that it calls."""

    name: str
    seconds: float = 0.0
    above: dict[str, "Frame"] = field(default_factory=dict)

    def take(self, stack: Stack, seconds: float) -> None:
        self.seconds += seconds
        if stack:
            self.above.setdefault(stack[0], Frame(stack[0])).take(stack[1:], seconds)


def picture(stacks: Mapping[Stack, float], part_of: Callable[[Stack], str]) -> str:
    parts: dict[str, Frame] = {}
    for stack, seconds in stacks.items():
        part = part_of(stack)
        parts.setdefault(part, Frame(part)).take(_told(stack), seconds)
    whole = sum(each.seconds for each in parts.values())
    ordered = sorted(parts.values(), key=lambda each: -each.seconds)
    drawn, left = [], 0.0
    for colour, part_frame in zip(COLOURS, ordered, strict=False):
        drawn += [(colour, box) for box in _boxes(part_frame, left, 0, whole)]
        left += part_frame.seconds
    deep = 1 + max((box.level for _, box in drawn), default=0)
    high = HEAD + deep * HIGH + MARGIN
    shapes = "\n".join(box.svg(colour, high - MARGIN) for colour, box in drawn)
    return _SVG.format(wide=WIDE + 2 * MARGIN, high=high, shapes=shapes, legend=_legend(ordered, whole))


def _told(stack: Stack) -> Stack:
    """From our own code or a library's entry on; lines of one function together."""
    names = [_name(frame) for frame in stack]
    start = next((place for place, name in enumerate(names) if not _is_machinery(name)), len(names))
    told = names[start:]
    return tuple(name for place, name in enumerate(told) if place == 0 or name != told[place - 1])


def _is_machinery(name: str) -> bool:
    """What every stack begins with: the thread or the event loop."""
    inside = name.rpartition("(")[2]
    return inside.startswith(("threading.py", "<frozen", "bot/__main__", "bot/cli", "asyncio/"))


def _name(frame: str) -> str:
    """`_command (bot/engine/router.py:92)` without its line."""
    before, colon, _ = frame.rpartition(":")
    return f"{before})" if colon else frame


@dataclass(frozen=True)
class Box:
    name: str
    left: float
    level: int
    share: float

    def svg(self, colour: str, floor: float) -> str:
        x, width = MARGIN + self.left * WIDE, self.share * WIDE
        y = floor - (self.level + 1) * HIGH
        title = escape(f"{self.name}: {self.share:.1%}")
        lighter = 1 - 0.35 * (self.level % 2) if self.level else 1
        shape = (
            f'<rect x="{x:.1f}" y="{y:.0f}" width="{max(width - 0.5, 0.5):.1f}" height="{HIGH - 1}" '
            f'fill="{colour}" fill-opacity="{lighter:.2f}"/>'
        )
        text = self._text(x, y, int((width - 6) / LETTER))
        return f"<g><title>{title}</title>{shape}{text}</g>"

    def _text(self, x: float, y: float, letters: int) -> str:
        name = self.name if self.level else f"{self.name} {self.share:.0%}"
        said = name if len(name) <= letters else name.partition(" (")[0]
        if letters < 4:
            return ""
        cut = said if len(said) <= letters else said[: letters - 1] + "…"
        return f'<text x="{x + 3:.1f}" y="{y + 12:.0f}">{escape(cut)}</text>'


def _boxes(frame: Frame, left: float, level: int, whole: float) -> Iterator[Box]:
    share = frame.seconds / whole
    if share < LEAST:
        return
    yield Box(frame.name, left / whole, level, share)
    for each in sorted(frame.above.values(), key=lambda above: -above.seconds):
        yield from _boxes(each, left, level + 1, whole)
        left += each.seconds


def _legend(parts: list[Frame], whole: float) -> str:
    told = "   ".join(f"{each.name} {each.seconds / whole:.0%}" for each in parts)
    return escape(f"Processor time of one /assign: {told}")


_SVG = """<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" viewBox="0 0 {wide} {high}">
<style>text {{ font: 11px monospace; fill: #111 }} .head {{ font: bold 15px sans-serif }}
rect {{ stroke: #fff; stroke-width: 0.4 }}</style>
<rect width="100%" height="100%" fill="#fff"/>
<text class="head" x="10" y="22">{legend}</text>
<text x="10" y="42">A box is a function, above it what it calls, as wide as its processor time (py-spy).</text>
{shapes}
</svg>
"""
