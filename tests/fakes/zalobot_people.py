"""What people do in the fake Zalo, and the updates the bots get of it."""

import itertools
from collections.abc import Sequence

from tests.fakes.zalobot_world import Bot, Group, Json, Message, Person, World


class People:
    """Mixed into the fake server, which delivers what is put into a bot's `updates`."""

    world: World
    bots: list[Bot]

    @property
    def url(self) -> str:
        raise NotImplementedError

    def changed(self) -> None:
        raise NotImplementedError

    def person(self, name: str, *, wrote: bool = False) -> Person:
        """`wrote`: has written to every bot before."""
        person = Person(name)
        for each in self.bots:
            each.id_of(person)
            if wrote:
                each.knows.add(person)
        return person

    def group(self, title: str, people: Sequence[Person] = ()) -> Group:
        group = Group(title, list(people))
        for each in self.bots:
            each.id_of(group)
        return group

    def says(
        self, person: Person, text: str, in_: Group | None = None, *, reply_to: Message | None = None, bot: int = 0
    ) -> Message:
        """In a group the bot hears what mentions it by name and what replies to it, nothing else."""
        message = self.world.post(in_ or person, person, text=text)
        listening = self.bots[bot]
        replies = reply_to is not None and reply_to.sender is listening
        if in_ is None or replies or f"@{listening.name}" in text:
            self._tell(listening, message, "message.text.received", {"text": text})
        return message

    def shows(
        self, person: Person, content: bytes, in_: Group | None = None, *, caption: str = "", bot: int = 0
    ) -> Message:
        """A photo; in a group with a mention in its caption."""
        name = f"{next(_FILES)}.jpg"
        self.world.media[name] = content
        message = self.world.post(in_ or person, person, text=caption, photo=f"{self.url}/media/{name}")
        if in_ is None or f"@{self.bots[bot].name}" in caption:
            content_ = {"photo_url": message.photo} | ({"caption": caption} if caption else {})
            self._tell(self.bots[bot], message, "message.image.received", content_)
        return message

    def sends(self, person: Person, kind: str, *, bot: int = 0, **content: str) -> Message:
        """A `sticker`, a `voice`, or something `unsupported` (a document, a video)."""
        message = self.world.post(person, person)
        self._tell(self.bots[bot], message, f"message.{kind}.received", content)
        return message

    def tell(self, update: Json, bot: int = 0) -> None:
        """An update as it is."""
        self.bots[bot].updates.append(update)
        self.changed()

    def _tell(self, bot: Bot, message: Message, kind: str, content: Json) -> None:
        update = self.world.update(bot, message, kind, content)
        if update is not None:
            bot.updates.append(update)
            self.changed()


_FILES = itertools.count(1)
