"""The meeting a letter calls: who goes, a file for their calendars, reminders the day and the hour before."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from bot.chat.messages import Button, Card
from bot.engine.features import Answer, Desk, Due, Finish, Press
from bot.engine.work import Refusal, Work
from handlers.calendar import say_moment
from handlers.letters import book, cards, handing, invitations
from handlers.letters.feature import COMMANDERS, feature, group_of_letter
from handlers.people.naming import leading_people
from storage import letter_files, letters, outbox, people
from storage.letters import Letter
from storage.people import Role
from storage.vault import Vault

DAY_BEFORE_AT, HOUR = time(15), timedelta(hours=1)
OFFERED = 8  # people shown as buttons


def plan(work: Work, letter: Letter) -> None:
    """The reminders, and the card on which people say that they go. Nothing for a meeting that is over."""
    start = start_of(letter)
    if start is None or start <= work.now:
        return
    local = start.astimezone(work.zone)
    eve = datetime.combine(local.date() - timedelta(days=1), DAY_BEFORE_AT, work.zone)
    known = bool(outbox.standing(work.session, f"letter-meeting:{letter.id}"))
    for mark, at in (("day", eve), ("hour", start - HOUR)):
        if at > work.now:
            work.later("letters-meeting", f"letters-meeting:{letter.id}:{mark}", at, letter=letter.id, start=str(start))
    if not known:
        work.post(card(work, letter))


def again(work: Work, letter: Letter) -> None:
    """Its facts were corrected: what was planned is planned anew."""
    for mark in ("day", "hour"):
        work.cancel(f"letters-meeting:{letter.id}:{mark}")
    if letter.called is not None:
        work.update(card(work, letter))
    plan(work, letter)


def start_of(letter: Letter) -> datetime | None:
    return datetime.fromisoformat(letter.called["start"]) if letter.called else None


def card(work: Work, letter: Letter) -> Card:
    names = [work.person(each).name for each in letter_files.guests(work.session, letter.id or 0)]
    buttons = (
        Button(label=work.words("letter-button-go"), action=f"letter-go:{letter.id}"),
        Button(label=work.words("letter-button-send"), action=f"letter-send:{letter.id}"),
        Button(label=work.words("letter-button-calendar"), action=f"letter-ics:{letter.id}"),
    )
    who = work.words("letter-meeting-who", names=", ".join(names)) if names else work.words("letter-meeting-nobody")
    text = "\n".join([*_lines(work, letter), who])
    said = cards.text(text)
    return replace(said, key=f"letter-meeting:{letter.id}", buttons=(buttons,))


def _lines(work: Work, letter: Letter) -> list[str]:
    meeting, start = letter.called or {}, start_of(letter)
    when = say_moment(start.astimezone(work.zone), work.words.language) if start else ""
    lines = [work.words("letter-meeting-head", when=when)]
    lines.append(work.words("letter-meeting-about", title=letter.title, subject=cards.cut(letter.subject, 150) or ""))
    if meeting.get("place"):
        lines.append(work.words("letter-meeting-place", place=cards.cut(meeting["place"], 150)))
    if meeting.get("link"):
        lines.append(work.words("letter-meeting-link", link=meeting["link"][:200]))
    return lines


# who goes


@feature.press("letter-go", group_of=group_of_letter)
def go(press: Press, work: Work) -> None:
    """The button Tôi dự; pressed again it takes that back."""
    entry = book.letter_of(work, press.argument)
    _toggle(work, entry, work.actor.person_id)


@feature.press("letter-send", who=COMMANDERS, group_of=group_of_letter)
def send(press: Press, work: Work) -> None:
    """The button Cử người: a leader says who goes."""
    entry = book.letter_of(work, press.argument)
    members = people.members(work.session, work.group_id)[:OFFERED]
    asked = cards.said(work.words, "letter-ask-guest", title=entry.title)
    options = [(person.name, str(person.id)) for _, person in members]
    work.ask("letters-guest", asked, options=options, per_row=2, letter=str(entry.id))


@feature.answer("letters-guest", who=COMMANDERS)
def guest_said(answer: Answer, work: Work) -> None:
    entry = book.letter_of(work, answer.facts["letter"])
    if answer.chosen is not None:
        chosen = [int(answer.chosen)]
    else:
        chosen = [each.id or 0 for each in leading_people(work, answer.text, answer.mentions)[0]]
    if not chosen:
        raise Refusal("person-unknown", name=answer.text[:60])
    going = letter_files.guests(work.session, entry.id or 0)
    for person_id in chosen:
        if person_id not in going:
            _toggle(work, entry, person_id)


def _toggle(work: Work, letter: Letter, person_id: int) -> None:
    goes = letter_files.toggle_guest(work.session, letter.id or 0, person_id)
    work.record("letter-guest", f"letter:{letter.id}", person=person_id, goes=goes)
    work.update(card(work, letter))
    if goes and person_id != work.person_id:
        work.tell(person_id, cards.text("\n".join([work.words("letter-meeting-yours"), *_lines(work, letter)])))
        _send_file(work, letter, [person_id], "letter-calendar-here")


# the file, and the reminders that bring it


@feature.press("letter-ics", group_of=group_of_letter)
def calendar_pressed(press: Press, work: Work) -> None:
    """The button Lịch: the meeting for one's own calendar, in private."""
    entry = book.letter_of(work, press.argument)
    _send_file(work, entry, [work.actor.person_id], "letter-calendar-here")
    work.toast("sent-to-you-privately")


@feature.due("letters-meeting")
def remind(due: Due, work: Work) -> None:
    """Those who go; the leader and the deputies while nobody does."""
    letter = letters.get(work.session, due.facts["letter"])
    start = start_of(letter) if letter else None
    if letter is None or start is None or start <= work.now or str(start) != due.facts["start"]:
        return
    going = letter_files.guests(work.session, letter.id or 0)
    leading = [each.person_id for each in people.with_role(work.session, work.group_id, Role.LEADER, Role.DEPUTY)]
    _send_file(work, letter, list(going) or leading, "letter-meeting-soon")


def _send_file(work: Work, letter: Letter, person_ids: Sequence[int], text_id: str) -> None:
    start = start_of(letter)
    if start is None:
        raise Refusal("letter-no-meeting")
    meeting: dict[str, Any] = letter.called or {}
    summary = f"{letter.title}: {letter.subject}" if letter.subject else letter.title
    facts = {"start": start.isoformat(), "summary": summary, "place": meeting["place"], "link": meeting["link"]}
    people_named = ",".join(map(str, person_ids))
    work.soon(
        "letters-ics",
        f"letters-ics:{letter.id}:{text_id}:{people_named}",
        letter=letter.id,
        meeting=facts,
        people=list(person_ids),
        text="\n".join([work.words(text_id), *_lines(work, letter)]),
        made_at=work.now.isoformat(),
    )


@feature.job("letters-ics")
def write_calendar(due: Due, desk: Desk) -> Finish:
    meeting, vault = due.facts["meeting"], desk.need(Vault)
    content = invitations.calendar_file(
        uid=f"letter-{due.facts['letter']}@giaoban",
        start=datetime.fromisoformat(meeting["start"]),
        summary=meeting["summary"],
        place=meeting["place"],
        link=meeting["link"],
        made_at=datetime.fromisoformat(due.facts["made_at"]),
    )
    made = handing.Made("lich-hop.ics", "text/calendar", vault.put(content))
    return lambda work: _hand_out(work, due, made)


def _hand_out(work: Work, due: Due, made: handing.Made) -> None:
    handing.let_go(work, [made])
    for person_id in due.facts["people"]:
        if not handing.hand(work, person_id, cards.text(due.facts["text"]), [made]):
            name = work.person(person_id).name
            work.post(cards.text(f"{name}: {due.facts['text']}"))
