"""From an event to the one handler that takes it; a Refusal becomes words."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from bot.chat import events
from bot.chat.events import Event, Pressed, Said
from bot.chat.messages import plain
from bot.chat.messenger import ChatFacts
from bot.engine import answered, commands, context, meaning
from bot.engine.features import Answer, CardReply, Feature, Press, Spec
from bot.engine.refusing import group_meant, refuse, whole
from bot.engine.work import Refusal, Work
from storage import posts, questions
from storage.people import Who
from storage.questions import Question

Handler = Callable[[Work], None]
_NUMBER = re.compile(r"^\s*(\d{1,2})[.)]?\s*(?:#\s*(\d+))?\s*$")


class Router:
    """Knows every feature's entries by name."""

    def __init__(self, features: Iterable[Feature]) -> None:
        features = tuple(features)
        self.features = features
        self.commands: Mapping[str, Spec] = commands.by_name(spec for each in features for spec in each.commands)
        self._presses = {spec.name: spec for each in features for spec in each.presses}
        self._answers = {spec.name: spec for each in features for spec in each.answers}
        self._replies = {spec.name: spec for each in features for spec in each.replies}
        self._files = [spec for each in features for spec in each.files]
        self._sentences = [spec for each in features for spec in each.sentences]
        self._listeners = [entry for each in features for entry in each.events]
        self.dues = {spec.name: spec for each in features for spec in each.dues}
        self.dailies = [daily for each in features for daily in each.dailies]
        self.jobs = {spec.name: spec for each in features for spec in each.jobs}

    def wants_facts(self, event: Event) -> bool:
        """Whether the messenger is to be asked about the group before the handler runs."""
        if not isinstance(event, Said) or event.chat.private:
            return False
        found = commands.find(event.text, self.commands)
        return found is not None and found[0] is not None and found[0].facts

    def handle(self, event: Event, work: Work, facts: ChatFacts | None = None) -> None:
        """Runs the event's handler. A Refusal undoes what it wrote and is said instead."""
        context.meet(work, event)
        for kind, run in self._listeners:
            if isinstance(event, kind):
                run(event, work)
        if isinstance(event, Said):
            self._run(lambda: self._said(event, work, facts), work)
        elif isinstance(event, Pressed):
            self._run(lambda: self._pressed(event.action, event.message_id, work), work)

    def _run(self, step: Callable[[], None], work: Work) -> None:
        try:
            with work.session.begin_nested():
                step()
        except Refusal as refusal:
            for deed in work.kept_when_refused:
                deed(work.session)
            refuse(work, refusal)

    # text

    def _said(self, said: Said, work: Work, facts: ChatFacts | None) -> None:
        found = commands.find(said.text, self.commands)
        if found is not None:
            self._command(found, said, work, facts)
        elif not (
            self._answered(said, work)
            or self._numbered(said, work)
            or self._replied(said, work)
            or self._meant_the_latest(said, work)
            or (said.file is not None and said.chat.private and self._taken(self._files, said, work))
            or self._said_plainly(said, work)
            or (said.file is None and self._taken(self._sentences, said, work))
        ):
            self._unclear(said, work)

    def _command(self, found: tuple[Spec | None, str, str], said: Said, work: Work, facts: ChatFacts | None) -> None:
        spec, name, text = found
        if spec is None:
            guess = commands.nearest(name, self.commands, work.words.language)
            raise Refusal("refuse-unknown-command-near" if guess else "refuse-unknown-command", guess=guess or "")
        if work.chat.private and not spec.groupless and work.group is None:
            context.choose_group(work)
            if work.group is None and context.own_groups(work):
                self._which_group(said, work)
                return
        context.admit(work, spec)
        spec.run(commands.order(spec, text, said, facts, meaning.shown(said, work)), work)

    def _which_group(self, said: Said, work: Work) -> None:
        options = [(group.name, str(group.id)) for _, group in context.own_groups(work)]
        work.ask("which-group", plain(work.words("which-group")), options=options, said=events.to_json(said))

    def _answered(self, said: Said, work: Work) -> bool:
        """An open question takes what its person says: in private the next text, in a group a reply to it."""
        question = self._question_of(said, work)
        choice = _NUMBER.match(said.text)
        if question is None or (choice is not None and choice[2]):
            return False  # `1 #12` means the card of task 12, whatever else is open
        number = int(choice[1]) - 1 if choice and question.choices else -1
        chosen = question.choices[number] if 0 <= number < len(question.choices) else None
        if chosen is not None and said.reply is None and meaning.is_passed(question, said, work):
            return False
        if chosen is None and meaning.leaves(said.text, self._answers.get(question.kind)):
            answered.close(work, question, None)
            work.say("question-left")
            return True
        self._answer_in_words(question, said, work, chosen)
        return True

    def _answer_in_words(self, question: Question, said: Said, work: Work, chosen: str | None) -> None:
        """What is none of the options may be something else altogether, in private; a question never locks the door."""
        try:
            with work.session.begin_nested():
                self._answer(question, said, work, chosen)
        except Refusal as refusal:
            free = chosen is None and said.chat.private and question.kind != "plainly-said"
            other = free and refusal.text_id == "refuse-not-an-option" and said.reply is None
            if other and (self._meant_the_latest(said, work) or self._said_plainly(said, work)):
                return
            refusal.hint = "question-may-be-left" if free else refusal.hint
            raise

    def _question_of(self, said: Said, work: Work) -> Question | None:
        if work.account is None:
            return None
        chat = said.chat
        found = questions.pending(work.session, chat.messenger, chat.id, work.account.ref, work.now)
        if found is None:
            return None
        shown = meaning.shown(said, work)
        if chat.private and shown is None:
            return found
        return found if shown == f"question:{found.id}" else None

    def _answer(self, question: Question, said: Said | None, work: Work, chosen: str | None) -> None:
        if question.group_id is not None:
            context.enter(work, question.group_id)
        facts = answered.close(work, question, chosen)
        if question.kind == "which-group":
            self._group_chosen(facts["said"], work, chosen)
            return
        if question.kind == "plainly-said":
            self._plainly_confirmed(facts["said"], said, work, chosen)
            return
        spec = self._answers[question.kind]
        if question.group_id is not None:
            context.allow(work, spec.who)
        given = Answer(
            text=said.text if said else "",
            facts=facts,
            chosen=chosen,
            file=said.file if said else None,
            message_id=said.message_id if said else "",
            mentions=said.mentions if said else (),
        )
        spec.run(given, work)

    def _group_chosen(self, kept: str, work: Work, chosen: str | None) -> None:
        """Goes on with the command that needed a group, remembered for the next ones."""
        mine = {str(group.id) for _, group in context.own_groups(work)}
        if chosen not in mine or work.account is None:
            raise Refusal("refuse-not-an-option")
        work.account.chosen_group = int(chosen)
        context.enter(work, int(chosen))
        said = events.from_json(kept)
        if isinstance(said, Said) and (found := commands.find(said.text, self.commands)) is not None:
            self._command(found, said, work, None)

    def _said_plainly(self, said: Said, work: Work) -> bool:
        """In private a command's name without its slash: what only looks is done, else one press confirms it."""
        found = commands.unslashed(said.text, self.commands) if said.chat.private and said.file is None else None
        if found is None:
            return False
        spec, line = found
        with_slash = replace(said, text=line)
        if spec.looks or (spec.looks_alone and " " not in line):
            self._said(with_slash, work, None)
            return True
        meaning.ask_whether(work, line, events.to_json(with_slash))
        return True

    def _plainly_confirmed(self, kept: str, said: Said | None, work: Work, chosen: str | None) -> None:
        meant = events.from_json(kept)
        if chosen == "yes" and isinstance(meant, Said):
            self._said(meant, work, None)
        elif chosen is None and said is not None:
            self._said(said, work, None)
        else:
            work.say("question-left")

    def _numbered(self, said: Said, work: Work) -> bool:
        """`2` or `2 #12`: the second answer of the latest card here, of the card replied to, or of task 12's."""
        choice = _NUMBER.match(said.text)
        if choice is None:
            return False
        card = meaning.card_meant(said, work, choice[2])
        actions = posts.actions(card) if card is not None else []
        number = int(choice[1]) - 1
        if card is None or not 0 <= number < len(actions):
            return False
        self._pressed(actions[number], card.message_id, work)
        return True

    def _replied(self, said: Said, work: Work) -> bool:
        prefix, _, argument = (meaning.shown(said, work) or "").partition(":")
        if prefix not in self._replies:
            return False
        self._reply(prefix, argument, said, work)
        return True

    def _reply(self, prefix: str, argument: str, said: Said, work: Work) -> None:
        spec = self._replies[prefix]
        self._enter_group_of(spec, argument, work)
        reply = CardReply(
            argument=argument,
            text=said.text,
            message_id=said.message_id,
            file=said.file,
            mentions=said.mentions,
            implied=said.reply is None,
        )
        spec.run(reply, work)

    def _meant_the_latest(self, said: Said, work: Work) -> bool:
        """In private `xong` without a reply means the latest card that can be answered, if that makes sense there."""
        if not said.chat.private or said.reply is not None or said.file is not None:
            return False
        card = posts.latest_of_kinds(work.session, said.chat.messenger, said.chat.id, self._replies)
        if card is None:
            return False
        prefix, _, argument = (card.shows or "").partition(":")
        try:
            with work.session.begin_nested():
                self._reply(prefix, argument, said, work)
        except Refusal as refusal:
            if refusal.text_id.endswith("-unclear"):
                return False
            raise
        return True

    def _taken(self, shelf: Iterable[Spec], said: Said, work: Work) -> bool:
        """A file or words with no command: the first capability that wants it from this person takes it."""
        if work.group is None and said.chat.private:
            context.choose_group(work)
        role = work.member.who if work.member else Who.OUTSIDER
        return any(
            spec.run(commands.order(spec, said.text, said, None, None), work) for spec in shelf if role & spec.who
        )

    @staticmethod
    def _unclear(said: Said, work: Work) -> None:
        raise Refusal("refuse-file-unclear" if said.file else "refuse-unclear")

    # buttons

    def _pressed(self, action: str, message_id: str, work: Work) -> None:
        name, _, argument = action.partition(":")
        if name == "q":
            self._option_pressed(argument, work)
            return
        spec = self._presses.get(name)
        if spec is None:
            raise Refusal("refuse-old-button")
        self._enter_group_of(spec, argument, work)
        spec.run(Press(name=name, argument=argument, message_id=message_id), work)
        work.say_what_nobody_saw()

    def _option_pressed(self, argument: str, work: Work) -> None:
        number, _, place = argument.partition(":")
        question = questions.get(work.session, whole(number))
        if question is None or work.account is None or question.expires_at <= work.now:
            raise Refusal("refuse-old-button")
        if question.account != work.account.ref or question.messenger != work.account.messenger:
            raise Refusal("refuse-not-your-question")
        if whole(place) >= len(question.choices):
            raise Refusal("refuse-old-button")
        self._answer(question, None, work, question.choices[whole(place)])

    @staticmethod
    def _enter_group_of(spec: Spec, argument: str, work: Work) -> None:
        """A button's own group decides, not the chat it stands in; what is not the presser's does not exist."""
        if spec.groupless:
            return
        if spec.group_of is not None:
            group_id = group_meant(spec.group_of, argument, work)
            context.enter(work, group_id)
        elif work.group is None:
            context.choose_group(work)
        if work.group is None:
            raise Refusal("refuse-no-group")
        context.allow(work, spec.who)
