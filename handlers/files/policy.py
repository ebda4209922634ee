"""How a group wants its files to be treated: how long they are kept, files with macros, own copies, by chat or mail."""

import re
from collections.abc import Callable, Mapping

from bot.engine.commands import fold
from bot.engine.features import Command
from bot.engine.work import Refusal, Work
from handlers.files import cards
from handlers.people import official
from storage import files
from storage.files import FilePolicy, PlainFiles, Way
from storage.people import Who

MOST_DAYS = 3650
_DAYS = re.compile(r"(\d{1,4})\s*(?:d|ngay|days?)?")
_YES_NO = {"yes": True, "co": True, "on": True, "bat": True, "no": False, "khong": False, "off": False, "tat": False}

_PLAIN = {
    **dict.fromkeys(("off", "tat"), PlainFiles.OFF),
    **dict.fromkeys(("warn", "nhac"), PlainFiles.WARN),
    **dict.fromkeys(("replace", "thay"), PlainFiles.REPLACE),
}
_WAYS = {
    **dict.fromkeys(("chat", "nhom"), Way.CHAT),
    **dict.fromkeys(("mail", "email", "thu"), Way.MAIL),
    **dict.fromkeys(("ask", "hoi"), Way.ASK),
}


def is_about_policy(order: Command) -> bool:
    """`/seal keep 7d`, and not a file's caption."""
    return order.file is None and fold(order.text.partition(" ")[0]) in _SUBJECTS


def change(order: Command, work: Work) -> None:
    """/niem giu 30, /niem chinhsach thu; without a value what stands now is shown."""
    if work.group is None:
        raise Refusal("refuse-no-group-here")
    subject, _, said = order.text.partition(" ")
    value = fold(said.strip())
    subject = _SUBJECTS[fold(subject)]
    policy = files.policy(work.session, work.group_id)
    if value:
        _refuse_members(work)
        _refuse_mail(subject, value, work)
        _CHANGES[subject](policy, value)
        work.session.add(policy)
        work.session.flush()
        work.record("file-policy", f"group:{work.group_id}", setting=subject, value=value)
    work.show(cards.policy(work.words, work.here, policy))


def _refuse_members(work: Work) -> None:
    if not work.actor.who & (Who.LEADER | Who.DEPUTY):
        raise Refusal("policy-leaders-only")


def _refuse_mail(subject: str, value: str, work: Work) -> None:
    """A group does not choose what cannot be done."""
    if subject == "policy" and _WAYS.get(value, Way.CHAT) is not Way.CHAT and not official.domains(work):
        raise Refusal("policy-no-mail")


def _way(policy: FilePolicy, value: str) -> None:
    if value not in _WAYS:
        raise Refusal("policy-way-unclear")
    policy.way = _WAYS[value]


def _keep(policy: FilePolicy, value: str) -> None:
    days = _DAYS.fullmatch(value)
    if days is None or not 1 <= int(days[1]) <= MOST_DAYS:
        raise Refusal("policy-keep-unclear")
    policy.keep_days = int(days[1])


def _macros(policy: FilePolicy, value: str) -> None:
    policy.macros = _yes_or_no(value)


def _copies(policy: FilePolicy, value: str) -> None:
    policy.own_copies = _yes_or_no(value)


def _plain(policy: FilePolicy, value: str) -> None:
    if value not in _PLAIN:
        raise Refusal("policy-plain-unclear")
    policy.plain = _PLAIN[value]


def _yes_or_no(value: str) -> bool:
    if value not in _YES_NO:
        raise Refusal("policy-yes-or-no")
    return _YES_NO[value]


_CHANGES: Mapping[str, Callable[[FilePolicy, str], None]] = {
    "keep": _keep,
    "macros": _macros,
    "copies": _copies,
    "plain": _plain,
    "policy": _way,
}
_SUBJECTS = {name: name for name in _CHANGES} | {
    "chinhsach": "policy",
    "giu": "keep",
    "macro": "macros",
    "banrieng": "copies",
    "tepthuong": "plain",
}
