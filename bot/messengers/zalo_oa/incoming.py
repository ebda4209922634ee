"""From Zalo's webhook events to events of the port: what is not addressed to the bot loses its text here."""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.chat.events import (
    AdminChanged,
    BotPlaced,
    Chat,
    Event,
    FileRef,
    JoinAsked,
    Mention,
    Noticed,
    PersonLeft,
    Pressed,
    Quoted,
    Reached,
    Said,
    Sender,
    Unknown,
)
from bot.messengers.zalo_oa.outgoing import pressed

Json = Mapping[str, Any]
MESSENGER = "zalo_oa"
_SAID = re.compile(r"user_send_(group_)?(\w+)")
_QUIET = re.compile(r"oa_send_\w+|anonymous_send_\w+|user_(received|seen|reacted)_message|oa_reacted_message")
_COMMAND = re.compile(r"^\s*[/／]\s?\w+")
_ANSWER = re.compile(r"^\s*\d{1,2}[.)]?\s*(#\s*\d+)?\s*$")
_ENDINGS = {"image": ".jpg", "gif": ".gif", "audio": ".amr", "video": ".mp4"}
_JOINED = ("user_join_group", "accept_request_join_group", "react_request_join_group_accept")
_LEFT = ("user_out_group", "user_leave_group")
_GROUP_GONE = ("delete_group", "disperse_group")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the adapter knows beside the event: the account's name, its messages, who people are."""

    oa_name: str = ""
    name_of: Callable[[str], str] = field(default=lambda person: person)
    is_mine: Callable[[str], bool] = field(default=lambda message_id: False)
    """Whether this message is the account's own."""
    has_asked: Callable[[str], bool] = field(default=lambda chat: False)
    """Whether a bare number in this group can be an answer."""
    members: Callable[[str], Mapping[str, str]] = field(default=lambda group: {})
    """Names by id of a group's people, as far as known."""
    newly_open: Callable[[str, datetime], bool] = field(default=lambda person, at: False)
    """Whether this person could not be written to before."""


def person_of(raw: Json) -> str:
    """Who acted, for whom a name may have to be found first; empty when nobody did."""
    name = str(raw.get("event_name", ""))
    if _SAID.fullmatch(name):
        return _id(raw.get("sender"))
    if name in ("follow", "unfollow"):
        return _id(raw.get("follower"))
    return str(raw.get("user_id", "")) if name.startswith("user_") else ""


def group_of(raw: Json) -> str:
    """The group it happened in; empty in private."""
    if str(raw.get("event_name", "")).startswith("user_send_group_"):
        return _id(raw.get("recipient"))
    return str(raw.get("group_id") or "")


def read(raw: Json, body: bytes, known: Known, now: datetime) -> Sequence[Event]:
    """Never fails: what cannot be read is counted as Unknown, so that it does not come again for ever."""
    try:
        return _read(raw, body, known, now)
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, OSError):
        return [_unknown(raw, {"key": key_of(raw, body), "at": now}, "broken ")]


def key_of(raw: Json, body: bytes) -> str:
    """The same for every redelivery: the message's own id, else the bytes, which Zalo repeats exactly."""
    message = raw.get("message")
    message_id = message.get("msg_id") if isinstance(message, dict) else None
    return f"{raw.get('event_name')}:{message_id or hashlib.sha256(body).hexdigest()[:32]}"


def moment(raw: Json, now: datetime) -> datetime:
    """By Zalo's clock, in milliseconds."""
    try:
        return datetime.fromtimestamp(int(str(raw["timestamp"])) / 1000, UTC)
    except (LookupError, ValueError, OverflowError, OSError):
        return now


def _read(raw: Json, body: bytes, known: Known, now: datetime) -> Sequence[Event]:
    name = str(raw.get("event_name", ""))
    common: dict[str, Any] = {"key": key_of(raw, body), "at": moment(raw, now)}
    if _QUIET.fullmatch(name):
        return []
    said = _SAID.fullmatch(name)
    if said and said[1]:
        return _in_group(raw, common, known)
    if said:
        return _in_private(raw, common, known)
    if raw.get("group_id"):
        return _group_life(name, raw, common, known)
    if name in ("follow", "unfollow", "user_click_chatnow", "user_withdraw"):
        person = person_of(raw)
        common |= {"chat": _private(person), "sender": _sender(person, known)}
        return [Reached(**common, open=name in ("follow", "user_click_chatnow"))]
    return [_unknown(raw, common)]


def _unknown(raw: Json, common: dict[str, Any], how: str = "") -> Unknown:
    what = re.sub(r"\W", "", str(raw.get("event_name", "")))[:60]
    return Unknown(**{"chat": Chat(messenger=MESSENGER, id="")} | common, what=how + what)


# who and where


def _id(value: Any) -> str:
    return str(value["id"]) if isinstance(value, dict) and value.get("id") else ""


def _sender(person: str, known: Known) -> Sender:
    return Sender(id=person, name=known.name_of(person))


def _private(person: str) -> Chat:
    return Chat(messenger=MESSENGER, id=person, private=True)


# messages


def _in_private(raw: Json, common: dict[str, Any], known: Known) -> Sequence[Event]:
    person, message = _id(raw.get("sender")), raw["message"]
    newly = known.newly_open(person, common["at"])
    common |= {"chat": _private(person), "sender": _sender(person, known)}
    opened: list[Event] = [Reached(**common | {"key": f"{common['key']}.open"}, open=True)] if newly else []
    action = pressed(str(message.get("text") or ""))
    if action is not None:
        return [*opened, Pressed(**common, action=action, message_id=str(message.get("quote_msg_id") or ""))]
    said = _said(message, common, known, ())
    return [*opened, said if said.text or said.file else _unknown(raw, common)]


def _in_group(raw: Json, common: dict[str, Any], known: Known) -> Sequence[Event]:
    group, message = _id(raw.get("recipient")), raw["message"]
    person = _id(raw.get("sender"))
    common |= {"chat": Chat(messenger=MESSENGER, id=group), "sender": _sender(person, known)}
    if not _is_addressed(message, group, known):
        return [Noticed(**common)]
    mentions = _mentions(str(message.get("text") or ""), known.members(group), known.oa_name)
    said = _said(message, common, known, mentions)
    return [said if said.text or said.file or said.reply else Noticed(**common)]


def _is_addressed(message: Json, group: str, known: Known) -> bool:
    text, quoted = str(message.get("text") or ""), str(message.get("quote_msg_id") or "")
    if _COMMAND.match(text) or (quoted and known.is_mine(quoted)):
        return True
    if known.oa_name and f"@{known.oa_name}".casefold() in text.casefold():
        return True
    answer = _ANSWER.fullmatch(text)
    return answer is not None and (bool(answer[1]) or known.has_asked(group))


def _said(message: Json, common: dict[str, Any], known: Known, mentions: tuple[Mention, ...]) -> Said:
    quoted = str(message.get("quote_msg_id") or "")
    text = str(message.get("text") or "")
    if mentions or known.oa_name:
        text = _without_name(text, known.oa_name)
    return Said(
        **common,
        message_id=str(message.get("msg_id") or ""),
        text=text,
        mentions=mentions,
        reply=Quoted(message_id=quoted, mine=known.is_mine(quoted)) if quoted else None,
        file=_file(message),
    )


def _without_name(text: str, oa_name: str) -> str:
    """`@Giao Ban 1` is the answer 1: the call at the beginning is no part of what is said."""
    called = f"@{oa_name}"
    if oa_name and text.lstrip().casefold().startswith(called.casefold()):
        return text.lstrip()[len(called) :].strip()
    return text


def _mentions(text: str, members: Mapping[str, str], oa_name: str) -> tuple[Mention, ...]:
    """Zalo writes a mention as @ and the name it shows; the longest name that fits is meant."""
    found: list[Mention] = []
    people = sorted(((name, person) for person, name in members.items() if name), key=lambda each: -len(each[0]))
    for at in (index for index, letter in enumerate(text) if letter == "@"):
        rest = text[at + 1 :]
        for name, person in people:
            if name != oa_name and rest.casefold().startswith(name.casefold()):
                found.append(Mention(said=text[at : at + 1 + len(name)], id=person))
                break
    return tuple(found)


def _file(message: Json) -> FileRef | None:
    """Where the file lies, behind the MD5 Zalo gives for it."""
    attachments = message.get("attachments") or []
    first = attachments[0] if attachments else {}
    kind, load = str(first.get("type", "")), first.get("payload") or {}
    if kind not in ("file", *_ENDINGS) or not load.get("url"):
        return None
    name = str(load.get("name") or f"{kind}_{message.get('msg_id')}{_ENDINGS.get(kind, '')}")
    size = str(load.get("size") or "0")
    return FileRef(
        messenger=MESSENGER,
        id=f"{load.get('checksum') or ''}|{load['url']}",
        name=name,
        size=int(size) if size.isdigit() else 0,
        mime="image/jpeg" if kind == "image" else "",
    )


# groups


def _group_life(name: str, raw: Json, common: dict[str, Any], known: Known) -> Sequence[Event]:
    chat = Chat(messenger=MESSENGER, id=str(raw["group_id"]))
    people = [_sender(_id(each), known) for each in raw.get("users") or [] if _id(each)]
    if name == "create_group" or name in _GROUP_GONE:
        return [BotPlaced(**common, chat=chat, present=name == "create_group", admin=True)]
    found: list[Event] = []
    for number, person in enumerate(people):
        own = common | {"chat": chat, "key": f"{common['key']}.{number}" if number else common["key"]}
        if name in _JOINED:
            found.append(Noticed(**own, sender=person))
        elif name in _LEFT:
            found.append(PersonLeft(**own, person=person))
        elif name == "user_request_join_group":
            found.append(JoinAsked(**own, sender=person, private_chat=person.id))
        elif name in ("add_group_admin", "remove_group_admin"):
            found.append(AdminChanged(**own, person=person, admin=name == "add_group_admin"))
    return found or [_unknown(raw, common)]
