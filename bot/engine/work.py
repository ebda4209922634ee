"""One transaction of the office: who acts, in which group, when, and what is said, planned and recorded in it."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.chat import messages
from bot.chat.events import Event, Pressed, Said
from bot.chat.messages import Button, Card, Part
from bot.engine import kept
from bot.engine.abilities import Abilities, FileDoor
from bot.engine.scene import Refusal, Scene
from storage import audit, due, outbox, people, questions
from storage.columns import Secrets
from storage.outbox import Act, Priority
from storage.people import Account
from storage.questions import Question
from storage.vault import Vault

__all__ = ["ASKED", "QUESTION_LIVES", "Refusal", "Work", "line"]
QUESTION_LIVES = timedelta(days=2)
ASKED = "_asked"
"""Among a question's facts: what its card says."""


class Work(Scene):
    """Handed to every handler. Nothing of it outlives the transaction."""

    # what is said

    def say(self, text_id: str, /, *, reply: bool = False, **facts: Any) -> None:
        """A plain sentence in the chat in which this was asked."""
        card = messages.plain(self.words(text_id, **facts))
        self.show(_replying(card, self.event) if reply else card)

    def reply(self, card: Card) -> None:
        """A new message in answer to what was said."""
        self.show(_replying(card, self.event))

    def show(self, card: Card, *, priority: Priority = Priority.REPLY) -> None:
        """A new message in this chat; with a key, it is the one that later changes edit."""
        self.send(
            self.chat.messenger, self.chat.id, card, private=self.chat.private, thread=self._thread(), priority=priority
        )

    def redraw(self, card: Card) -> None:
        """Edits the message whose button was pressed; where nothing can be edited it is shown anew."""
        if not isinstance(self.event, Pressed) or not self.need(Abilities).of(self.chat.messenger).edits:
            self.show(card)
            return
        self.send(
            self.chat.messenger,
            self.chat.id,
            card,
            private=self.chat.private,
            act=Act.SHOW,
            thread=self._thread(),
            message_id=self.event.message_id,
        )

    def post(
        self,
        card: Card,
        *,
        key: str | None = None,
        priority: Priority = Priority.REPLY,
        report: str | None = None,
        without_file: Card | None = None,
    ) -> None:
        """A new message in every room of the group; `without_file` where its file cannot be carried."""
        for room in people.rooms(self.session, self.group_id):
            self.send(
                room.messenger,
                room.chat,
                without_file if without_file and not self._carries(room.messenger, card) else card,
                private=False,
                thread=room.thread,
                priority=priority,
                key=key and f"{key}@{room.id}",
                report=report,
            )

    def _carries(self, messenger: str, card: Card) -> bool:
        if card.file is None:
            return True
        size = self.need(Vault).size(card.file.record) if card.file.record is not None else 0
        return self.need(Abilities).carries(messenger, card.file.name, size)

    def fitted(self, messenger: str, chat: str, card: Card, *, private: bool) -> Card:
        """For a file that this messenger does not carry there is a page; where there can be none, it is named."""
        if card.file is None or self._carries(messenger, card):
            return card
        account = people.account(self.session, messenger, chat) if private else None
        return self.need(FileDoor).instead(self, card, account)

    def update(self, card: Card) -> None:
        """Edits the card with this key wherever it stands; several changes that wait together go out as one. Where
        messages cannot be edited a line says what has changed, a few seconds later, with whatever else has."""
        if card.key is None:
            raise ValueError("only a card with a key can be updated")
        self.session.flush()
        waiting = kept.to_row(card, self.need(Secrets))
        for messenger, chat in outbox.standing(self.session, card.key):
            if not outbox.replace_waiting(self.session, messenger, chat, card.key, waiting):
                room = people.room_of_chat(self.session, messenger, chat)
                self.send(
                    messenger,
                    chat,
                    card,
                    private=room is None,
                    thread=room.thread if room else None,
                    act=Act.SHOW,
                    gathers=self._may_wait(messenger, chat, private=room is None),
                )

    def _may_wait(self, messenger: str, chat: str, *, private: bool) -> bool:
        """Who has acted in private is answered at once."""
        here = self.event is not None and (self.chat.messenger, self.chat.id) == (messenger, chat)
        return not self.need(Abilities).of(messenger).edits and not (private and here)

    def tell(
        self,
        person_id: int,
        card: Card,
        *,
        key: str | None = None,
        priority: Priority = Priority.REPLY,
        report: str | None = None,
    ) -> bool:
        """A private message to a person; False (and nothing is sent) when no account of theirs may be written to."""
        account = self.address_of(person_id)
        if account is None:
            return False
        self.send(account.messenger, account.ref, card, private=True, key=key, priority=priority, report=report)
        return True

    def whisper(self, card: Card) -> None:
        """To who asked, in private where that is possible; a line in the room says so. Else here."""
        if self.chat.private or self.person_id is None or not self.tell(self.person_id, card):
            self.show(card)
        elif isinstance(self.event, Pressed):
            self.toast("sent-to-you-privately")
        else:
            self.say("sent-to-you-privately", reply=True)

    def toast(self, text_id: str, /, **facts: Any) -> None:
        """A short sign beside the pressed button (nothing where the messenger has none)."""
        self.toasted = self.words(text_id, **facts)

    def say_what_nobody_saw(self) -> None:
        """A toast where there is none, for who has answered in words: said, unless something else was."""
        shows_toasts = isinstance(self.event, Pressed) and self.event.token is not None
        if self.toasted and not shows_toasts and not self.answered:
            self.show(messages.plain(self.toasted))
            self.toasted = ""

    def delete_message(self, messenger: str, chat: str, message_id: str, *, report: str | None = None) -> None:
        """Asks for a message to be removed from a chat, ours or (where the bot may) another's."""
        self._put(messenger=messenger, chat=chat, private=False, act=Act.DELETE, message_id=message_id, report=report)

    def admit(self, messenger: str, chat: str, account: str, *, welcome: bool, report: str | None = None) -> None:
        act = Act.ADMIT if welcome else Act.DECLINE
        self._put(messenger=messenger, chat=chat, private=False, act=act, subject=account, report=report)

    def send(
        self,
        messenger: str,
        chat: str,
        card: Card,
        *,
        private: bool,
        thread: str | None = None,
        act: Act = Act.SEND,
        message_id: str | None = None,
        key: str | None = None,
        priority: Priority = Priority.REPLY,
        report: str | None = None,
        gathers: bool = False,
    ) -> bool:
        """The row under all of the above; False when a row with this key went out before."""
        if self.event is not None and act is Act.SEND and (messenger, chat) == (self.chat.messenger, self.chat.id):
            self.answered = True
        return self._put(
            messenger=messenger,
            chat=chat,
            private=private,
            thread=thread,
            act=act,
            message_id=message_id,
            card=kept.to_row(self.fitted(messenger, chat, card, private=private), self.need(Secrets)),
            shows=card.key,
            key=key,
            priority=Priority.REMINDER if gathers else priority,
            report=report,
            ready_at=self.now + self._gathering(messenger) if gathers else self.now,
        )

    def _gathering(self, messenger: str) -> timedelta:
        return timedelta(seconds=self.need(Abilities).of(messenger).gathers)

    def _put(self, **row: Any) -> bool:
        row.setdefault("priority", Priority.REPLY)
        row.setdefault("ready_at", self.now)
        return outbox.put(self.session, {**row, "attempts": 0, "created_at": self.now, "trace": self.trace})

    def _thread(self) -> str | None:
        if self.chat.private or self.room is None:
            return self.chat.thread
        return self.room.thread

    # what is asked

    def ask(
        self,
        kind: str,
        card: Card,
        *,
        options: Sequence[tuple[str, str]] = (),
        per_row: int = 1,
        of: Account | None = None,
        **facts: Any,
    ) -> None:
        """Asks a question: of the person who acts, in this chat; or of the account `of`, in private.

        `options` are (label, value) shown as buttons; a free answer is possible as well. `facts` (JSON) come back.
        """
        asked = of or self.account
        if asked is None:
            raise LookupError("nobody to ask")
        private = of is not None or self.chat.private
        chat = asked.ref if of is not None else self.chat.id
        if options and not card.secret:
            facts = {**facts, ASKED: {"text": card.text, "labels": [label for label, _ in options]}}
        question = self._question(kind, asked, chat, [value for _, value in options], facts)
        labels = [Button(label=label, action=f"q:{question.id}:{n}") for n, (label, _) in enumerate(options)]
        rows = tuple(tuple(labels[i : i + per_row]) for i in range(0, len(labels), per_row))
        shown = replace(card, key=f"question:{question.id}", buttons=rows + card.buttons, wants_reply=not options)
        self.send(
            asked.messenger,
            chat,
            shown if private else _replying(shown, self.event),
            private=private,
            thread=None if private else self._thread(),
        )

    def _question(self, kind: str, asked: Account, chat: str, values: Sequence[str], facts: dict[str, Any]) -> Question:
        question = Question(
            kind=kind,
            messenger=asked.messenger,
            chat=chat,
            account=asked.ref,
            group_id=self.group.id if self.group else None,
            facts=json.dumps(facts, ensure_ascii=False),
            options=json.dumps(values, ensure_ascii=False),
            asked_at=self.now,
            expires_at=self.now + QUESTION_LIVES,
        )
        return questions.add(self.session, question)

    # what is planned and recorded

    def later(self, kind: str, key: str, at: datetime, **facts: Any) -> None:
        """Plans (or moves) the due row `key`; its handler is `@feature.due(kind)` or `@feature.job(kind)`."""
        if self.group is not None:
            facts.setdefault("group", self.group.id)
        due.plan(self.session, kind, key, at, facts)

    def soon(self, kind: str, key: str, **facts: Any) -> None:
        """Asks for slow work to be done as soon as somebody is free."""
        self.later(kind, key, self.now, **{"trace": self.trace, **facts})

    def cancel(self, key: str) -> None:
        due.cancel(self.session, key)

    def record(self, action: str, subject: str, **facts: Any) -> None:
        """An audit entry. Facts are told in /task and kept for ever: no secrets, no file contents."""
        audit.append(
            self.session,
            at=self.now,
            group_id=self.group.id if self.group else None,
            actor=self.person_id,
            action=action,
            subject=subject,
            facts=facts,
        )


def _replying(card: Card, event: Event | None) -> Card:
    return replace(card, reply_to=event.message_id) if isinstance(event, Said) else card


def line(*parts: Part | str) -> tuple[Part, ...]:
    """Parts from strings and parts, for cards."""
    return tuple(part if isinstance(part, Part) else Part(part) for part in parts)
