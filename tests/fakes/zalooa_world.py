"""What stands behind the fake Official Account: people, groups, messages, uploads, and how Zalo refuses."""

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

Json = dict[str, Any]
WINDOW = timedelta(days=7)
FREE = timedelta(hours=48)
UPLOAD_LIFE = timedelta(days=7)
MAX_TEXT = 2000
ENTERPRISE, STATE_AGENCY = 2, 4


class Refused(Exception):
    """Zalo says no with status 200 and a number."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


@dataclass(eq=False)
class Person:
    id: str
    name: str
    follows: bool = False
    last: datetime | None = None
    blocked: bool = False
    """Has restricted what the account sends."""
    oa_admin: bool = False
    replies: int = 0
    """Messages got since the last sign of life, within 48 hours."""


@dataclass(eq=False)
class Message:
    id: str
    to: str
    text: str
    attachment: Json | None
    path: str
    at: datetime
    quote: str | None = None
    template: Json | None = None

    @property
    def buttons(self) -> list[Json]:
        found: list[Json] = ((self.attachment or {}).get("payload") or {}).get("buttons") or []
        return found


@dataclass(eq=False)
class Asset:
    id: str
    kind: str
    valid_until: date
    used_by: str | None = None
    renews: bool = True

    @property
    def holds(self) -> int:
        return int(self.kind.removeprefix("gmf"))


@dataclass(eq=False)
class Group:
    id: str
    name: str
    asset: Asset
    members: list[str] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)
    """Invited, or asking to be let in."""
    asking: set[str] = field(default_factory=set)
    admins: list[str] = field(default_factory=list)
    status: str = "enabled"
    settings: Json = field(default_factory=dict)
    oa_in: bool = True
    auto_delete: date | None = None

    @property
    def is_full(self) -> bool:
        return len(self.members) + 1 >= self.asset.holds

    @property
    def link(self) -> str:
        return f"https://zalo.me/g/{self.id}"


@dataclass(eq=False)
class Upload:
    token: str
    name: str
    content: bytes
    until: datetime


class World:
    """`kind`: 2 enterprise or 4 state agency; `groups_allowed`: the package knows GMF."""

    def __init__(self, now: Callable[[], datetime], *, kind: int = ENTERPRISE, groups_allowed: bool = True) -> None:
        self.now, self.kind, self.groups_allowed = now, kind, groups_allowed
        self.oa_id, self.oa_name = "4000000000000000001", "Giao Ban"
        self.verified = True
        self.people: dict[str, Person] = {}
        self.groups: dict[str, Group] = {}
        self.assets: dict[str, Asset] = {}
        self.uploads: dict[str, Upload] = {}
        self.files: dict[str, bytes] = {}
        """What people have sent, by path on this server."""
        self.messages: list[Message] = []
        self.quota_total, self.quota_left = 500, 500
        self.templates: dict[str, list[str]] = {}
        """Approved templates and their fields."""
        self.buttons_taken = True
        self.invite_limit = 50
        """People in one invitation."""
        self.owed: list[Json] = []
        """Events that follow what the account itself has done."""
        self._ids = itertools.count(1)

    def new_id(self, kind: str) -> str:
        return f"{kind}{next(self._ids):06d}"

    def person(self, name: str, *, follows: bool = False, alive: bool = False, oa_admin: bool = False) -> Person:
        """`alive`: has written to the account just now."""
        made = Person(f"77{next(self._ids):017d}", name, follows=follows, oa_admin=oa_admin)
        made.last = self.now() if alive else None
        self.people[made.id] = made
        return made

    def asset(self, kind: str = "gmf10") -> Asset:
        made = Asset(self.new_id("asset"), kind, (self.now() + timedelta(days=30)).date())
        self.assets[made.id] = made
        return made

    def group(self, name: str, people: list[Person], kind: str = "gmf50") -> Group:
        made = Group(self.new_id("g"), name, self.asset(kind), [each.id for each in people])
        made.asset.used_by = made.id
        self.groups[made.id] = made
        return made

    def dissolve(self, group: Group) -> None:
        group.asset.used_by = None
        del self.groups[group.id]
        self.owed.append({"event_name": "delete_group", "group_id": group.id})

    def lapse(self, group: Group) -> None:
        """Its place was not paid for again: nothing can be said there, and in 45 days it is dissolved."""
        group.asset.valid_until = (self.now() - timedelta(days=1)).date()
        group.status, group.auto_delete = "disabled", (self.now() + timedelta(days=45)).date()

    def renew(self, group: Group) -> None:
        """Its place was paid for after all, before it was dissolved."""
        group.asset.valid_until = (self.now() + timedelta(days=30)).date()
        group.status, group.auto_delete = "enabled", None

    # sending

    def known(self, person_id: object) -> Person:
        found = self.people.get(str(person_id))
        if found is None or not isinstance(person_id, str):
            raise Refused(-201, "Parameter is invalid")
        return found

    def consult(self, body: Mapping[str, Any], path: str) -> Json:
        """A consultation message, by the rules of window and quota."""
        person = self.known((body.get("recipient") or {}).get("user_id"))
        message = self.checked(body.get("message"), buttons=True)
        now = self.now()
        if person.blocked:
            raise Refused(-244, "User has restricted this kind of message")
        if person.last is None:
            raise Refused(-232, "User never interacted or interaction expired")
        if now - person.last >= WINDOW:
            raise Refused(-230, "User has not interacted with the OA in the past 7 days")
        quota = self._billed(person, now)
        posted = self._post(person.id, message, path)
        return {"message_id": posted.id, "user_id": person.id, "quota": quota}

    def _billed(self, person: Person, now: datetime) -> Json:
        if person.last is not None and now - person.last < FREE:
            person.replies += 1
            return {"quota_type": "reply", "remain": str(max(0, 8 - person.replies)), "total": "8"}
        if self.quota_left <= 0:
            raise Refused(-211, "Out of quota")
        self.quota_left -= 1
        until = (now + timedelta(days=30)).strftime("%d/%m/%Y")
        return {
            "quota_type": "sub_quota",
            "remain": str(self.quota_left),
            "total": str(self.quota_total),
            "expired_date": until,
        }

    def to_group(self, body: Mapping[str, Any], path: str) -> Json:
        group = self.group_named((body.get("recipient") or {}).get("group_id"))
        posted = self._post(group.id, self.checked(body.get("message"), buttons=False), path)
        return {"message_id": posted.id, "group_id": group.id}

    def by_template(self, body: Mapping[str, Any], path: str) -> Json:
        person = self.known(body.get("user_id"))
        fields = self.templates.get(str(body.get("template_id")))
        given = body.get("template_data") or {}
        if fields is None or sorted(fields) != sorted(given) or not all(given.values()):
            raise Refused(-201, "Template data is invalid")
        posted = self._post(person.id, {}, path, template=dict(given))
        return {"message_id": posted.id, "user_id": person.id, "sent_time": str(self.milliseconds())}

    def _post(self, to: str, message: Json, path: str, template: Json | None = None) -> Message:
        made = Message(
            self.new_id("m"),
            to,
            str(message.get("text") or ""),
            message.get("attachment"),
            path,
            self.now(),
            message.get("quote_message_id"),
            template,
        )
        self.messages.append(made)
        return made

    def milliseconds(self) -> int:
        return int(self.now().timestamp() * 1000)

    # what may be in a message

    def checked(self, message: Any, *, buttons: bool) -> Json:
        if not isinstance(message, dict) or not (message.get("text") or message.get("attachment")):
            raise Refused(-201, "Message is invalid")
        if len(str(message.get("text") or "").encode("utf-16-le")) // 2 > MAX_TEXT:
            raise Refused(-210, "Text is over the limit")
        attachment = message.get("attachment")
        if attachment is not None:
            self._check_attachment(attachment, buttons=buttons)
        return message

    def _check_attachment(self, attachment: Json, *, buttons: bool) -> None:
        kind, load = attachment.get("type"), attachment.get("payload") or {}
        if kind == "file":
            self._uploaded(load.get("token"))
        elif kind == "template" and load.get("template_type") == "media":
            self._uploaded(load["elements"][0].get("attachment_id"))
        elif kind == "template" and "buttons" in load and "template_type" not in load and buttons:
            self._check_buttons(load["buttons"])
        else:
            raise Refused(-201, "Attachment is invalid")

    def _check_buttons(self, buttons: list[Json]) -> None:
        if not self.buttons_taken or not 1 <= len(buttons) <= 5:
            raise Refused(-201, "Buttons are invalid")
        for button in buttons:
            load = button.get("payload")
            good = {
                "oa.query.show": isinstance(load, str) and 0 < len(load) <= 1000,
                "oa.query.hide": isinstance(load, str) and 0 < len(load) <= 1000,
                "oa.open.url": isinstance(load, dict) and str(load.get("url", "")).startswith(("http://", "https://")),
            }
            if not good.get(str(button.get("type")), False) or not 0 < len(str(button.get("title") or "")) <= 100:
                raise Refused(-201, "Buttons are invalid")

    def _uploaded(self, token: object) -> Upload:
        found = self.uploads.get(str(token))
        if found is None:
            raise Refused(-201, "Attachment is invalid")
        if found.until <= self.now():
            raise Refused(-100, "Attachment has expired")
        return found

    def upload(self, kind: str, name: str, content: bytes) -> Json:
        ending = name.lower().rpartition(".")[2] if "." in name else ""
        allowed = {"file": ("pdf", "doc", "docx"), "image": ("jpg", "jpeg", "png"), "gif": ("gif",)}[kind]
        if ending not in allowed or not name.isascii() or len(name) > 200:
            raise Refused(-201, "File type is not supported")
        if len(content) > (1 if kind == "image" else 5) * 1024 * 1024:
            raise Refused(-210, "File is over the limit")
        made = Upload(self.new_id("upload"), name, content, self.now() + UPLOAD_LIFE)
        self.uploads[made.token] = made
        return {"token" if kind == "file" else "attachment_id": made.token}

    # groups

    def group_named(self, group_id: object, *, lapsed: bool = False) -> Group:
        """`lapsed`: this may be asked of a disabled group, too."""
        if not self.groups_allowed:
            raise Refused(-224, "The OA needs to upgrade its package")
        found = self.groups.get(str(group_id))
        if found is None or not found.oa_in:
            raise Refused(-403, "OA is not in the group")
        if found.status == "disabled" and not lapsed:
            raise Refused(-237, "The group has expired")
        return found
