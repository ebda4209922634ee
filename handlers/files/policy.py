"""How a group wants its files treated: how long kept, macros, own copies, pictures, by chat or mail, whose password by
which way."""

import re
from collections.abc import Callable, Mapping, Sequence, Set

from bot.engine.commands import fold
from bot.engine.features import Command
from bot.engine.work import Refusal, Work
from handlers.files import policy_cards, tokens
from handlers.people import official
from storage import files
from storage.files import CHANNELS, Channel, FilePolicy, PlainFiles, Way
from storage.people import Who

MOST_DAYS = 3650
_DAYS = re.compile(r"(\d{1,4})\s*(?:d|ngay|days?)?")
_YES_NO = {"yes": True, "co": True, "on": True, "bat": True, "no": False, "khong": False, "off": False, "tat": False}

_PLAIN = {
    **dict.fromkeys(("off", "tat"), PlainFiles.OFF),
    **dict.fromkeys(("warn", "nhac"), PlainFiles.WARN),
    **dict.fromkeys(("replace", "thay"), PlainFiles.REPLACE),
}
_PICTURES = {
    **dict.fromkeys(("pictures", "picture", "anh", "ca anh", "co anh"), True),
    **dict.fromkeys(("no pictures", "nopictures", "khong anh", "tru anh"), False),
}
_CHANNEL_NAMES: tuple[tuple[Channel, frozenset[str]], ...] = (
    (Channel.OTHER, frozenset({"other", "another", "khac"})),
    (Channel.MAIL, frozenset({"mail", "email", "gmail", "thu", "thucongvu", "thudientu"})),
    (Channel.PAGE, frozenset({"page", "link", "web", "trang", "lienket", "motlan", "onetime"})),
    (Channel.CHAT, frozenset({"chat", "private", "rieng", "chatrieng", "nhanrieng"})),
)
_FILLERS = frozenset(
    ("cong", "vu", "dien", "tu", "xem", "mot", "lan", "o", "ung", "dung", "nhan", "tin", "app", "official", "messenger",
     "one", "time", "on", "the")
)  # fmt: skip
_BETWEEN = re.compile(r"\s*(?:[,;>/|+→]|->|\bthen\b|\broi\b)\s*")
_DEFAULT = ("default", "mac dinh", "macdinh", "nhu cu")
_WAYS = {
    **dict.fromkeys(("chat", "nhom"), Way.CHAT),
    **dict.fromkeys(("mail", "email", "thu"), Way.MAIL),
    **dict.fromkeys(("ask", "hoi"), Way.ASK),
}


def is_about_policy(order: Command) -> bool:
    """`/seal keep 7d`, and not a file's caption."""
    return order.file is None and _parts(order.text)[0] in _SUBJECTS


def _parts(text: str) -> tuple[str, str]:
    """`kenh: thu, rieng` or `kenh thu, rieng`: what about, and what is wanted."""
    subject, _, said = text.strip().partition(" ")
    return fold(subject.rstrip(":")), " ".join(fold(said).strip(" .:").split())


def change(order: Command, work: Work) -> None:
    """/niem giu 30, /niem chinhsach thu; without a value what stands now is shown."""
    if work.group is None:
        raise Refusal("refuse-no-group-here")
    about, value = _parts(order.text)
    subject = _SUBJECTS[about]
    policy = files.policy(work.session, work.group_id)
    if value:
        _refuse_members(work)
        _refuse_mail(subject, value, work)
        _CHANGES[subject](policy, value)
        work.session.add(policy)
        work.session.flush()
        work.record("file-policy", f"group:{work.group_id}", setting=subject, value=value)
        shown = "pictures" if value in _PICTURES else subject
        work.show(policy_cards.changed(work.words, policy, shown, _off(work)))
        return
    work.show(policy_cards.everything(work.words, work.here, policy, _off(work)))


def _off(work: Work) -> Set[Channel]:
    mail = set() if official.domains(work) else {Channel.MAIL}
    return mail | (set() if tokens.has_address(work) else {Channel.PAGE})


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
    if value in _PICTURES:
        policy.pictures = _PICTURES[value]
        return
    if value not in _PLAIN:
        raise Refusal("policy-plain-unclear")
    policy.plain = _PLAIN[value]


def _pictures(policy: FilePolicy, value: str) -> None:
    policy.pictures = _yes_or_no(value)


def _channels(policy: FilePolicy, value: str) -> None:
    policy.channels = " ".join(read_channels(value))


def read_channels(value: str) -> Sequence[Channel]:
    """`rieng, khac, thu, trang`, `email > chat`, `default`: the named ones first, the others after them as ever."""
    if value in _DEFAULT:
        return CHANNELS
    pieces = [piece.split() for piece in _BETWEEN.split(value) if piece.strip()]
    pieces = pieces if len(pieces) > 1 else [[word] for piece in pieces for word in piece if word not in _FILLERS]
    found = [_channel(words) for words in pieces]
    if not found:
        raise Refusal("policy-channels-unclear")
    return [*dict.fromkeys(found), *(each for each in CHANNELS if each not in found)]


def _channel(words: Sequence[str]) -> Channel:
    """`chat rieng o ung dung khac` is another messenger's, and no word stands for two ways."""
    for channel, names in _CHANNEL_NAMES:
        if names & set(words):
            return channel
    raise Refusal("policy-channels-unclear")


def _yes_or_no(value: str) -> bool:
    if value not in _YES_NO:
        raise Refusal("policy-yes-or-no")
    return _YES_NO[value]


_CHANGES: Mapping[str, Callable[[FilePolicy, str], None]] = {
    "keep": _keep,
    "macros": _macros,
    "copies": _copies,
    "plain": _plain,
    "pictures": _pictures,
    "channels": _channels,
    "policy": _way,
}
_SUBJECTS = {name: name for name in _CHANGES} | {
    "chinhsach": "policy",
    "giu": "keep",
    "macro": "macros",
    "banrieng": "copies",
    "tepthuong": "plain",
    "anh": "pictures",
    "picture": "pictures",
    "kenh": "channels",
    "channel": "channels",
}
