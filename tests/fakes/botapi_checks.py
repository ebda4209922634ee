"""What a text, a thread and a keyboard must be before the fake Bot API takes them."""

import re
from typing import Any

from tests.fakes.botapi_world import Group, Json, Place, bad, units

MAX_TEXT, MAX_CAPTION = 4096, 1024


def checked_text(text: str, entities: list[Json], limit: int, *, caption: bool = False) -> Json:
    if not caption and not text.strip():
        raise bad("message text is empty")
    if units(text) > limit:
        raise bad("message caption is too long" if caption else "message is too long")
    for each in entities:  # stricter than the real one, which drops such entities
        if each["length"] <= 0 or each["offset"] + each["length"] > units(text):
            raise bad("entity lies outside of the text")
    return {"text": text, "entities": entities}


def checked_thread(place: Place, thread: Any) -> int | None:
    if thread is None:
        return None
    state = place.topics.get(int(thread)) if isinstance(place, Group) else None
    if state is None:
        raise bad("message thread not found")
    if state == "closed":
        raise bad("TOPIC_CLOSED")
    return int(thread)


def checked_markup(place: Place, markup: Json | None) -> Json | None:
    for button in (each for row in (markup or {}).get("inline_keyboard", []) for each in row):
        data, url = button.get("callback_data"), button.get("url")
        if (data is None) == (url is None):
            raise bad("BUTTON_TYPE_INVALID")
        if data is not None and not 1 <= len(data.encode()) <= 64:
            raise bad("BUTTON_DATA_INVALID")
        if url is not None and not re.match(r"(?:https?://[^/]+\.|tg://)", url):
            raise bad(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    for button in (each for row in (markup or {}).get("keyboard", []) for each in row):
        wish = button.get("request_chat")
        if wish and isinstance(place, Group):
            raise bad("BUTTON_TYPE_INVALID")
        if wish and not _granted(wish, "bot") <= _granted(wish, "user"):
            raise bad("bot administrator rights must be a subset of user administrator rights")
    return markup


def _granted(wish: Json, who: str) -> set[str]:
    rights = wish.get(f"{who}_administrator_rights") or {}
    return {name for name, value in rights.items() if value}
