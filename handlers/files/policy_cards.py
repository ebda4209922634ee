"""What people see of how a group wants its files treated: all of it, or the one thing that was changed."""

from collections.abc import Mapping, Set

from bot.chat.messages import Card, Part, Style
from bot.engine.texts import Words
from bot.engine.work import line
from storage.files import Channel, FilePolicy, channels
from storage.people import WorkGroup


def everything(words: Words, group: WorkGroup, policy: FilePolicy, off: Set[Channel]) -> Card:
    """`off`: channels that are not set up in this program."""
    lines = [*_lines(words, policy, off).values(), words("policy-foot")]
    return Card(parts=line(Part(words("policy-head", group=group.name), Style.BOLD), "\n" + "\n".join(lines)))


def changed(words: Words, policy: FilePolicy, subject: str, off: Set[Channel]) -> Card:
    head = Part(words("policy-changed"), Style.BOLD)
    return Card(parts=line(head, f"\n{_lines(words, policy, off)[subject]}\n{words('policy-see-all')}"))


def _lines(words: Words, policy: FilePolicy, off: Set[Channel]) -> Mapping[str, str]:
    return {
        "policy": words(f"policy-way-{policy.way}"),
        "keep": words("policy-keep", days=policy.keep_days),
        "plain": words(f"policy-plain-{policy.plain}"),
        "pictures": words("policy-pictures-yes" if policy.pictures else "policy-pictures-no"),
        "channels": words("policy-channels", ways=_ways(words, policy, off)),
        "macros": words("policy-macros-yes" if policy.macros else "policy-macros-no"),
        "copies": words("policy-copies-yes" if policy.own_copies else "policy-copies-no"),
    }


def _ways(words: Words, policy: FilePolicy, off: Set[Channel]) -> str:
    named = [(each, words(f"channel-{each}")) for each in channels(policy)]
    return " → ".join(words("channel-off", way=name) if each in off else name for each, name in named)
