"""What messengers show in their menus, from the commands' own metadata."""

from collections.abc import Iterable

from bot.chat.messenger import MenuEntry
from bot.engine.features import Spec, Where
from bot.engine.router import Router
from bot.engine.texts import LANGUAGES, Texts, Words
from handlers.guide.listing import described, name_in


def menu(router: Router, texts: Texts) -> list[MenuEntry]:
    """Every shown command in every language, Vietnamese first: the first language is also everybody else's."""
    return [entry for language in LANGUAGES for entry in _entries(router, texts.words(language))]


def _entries(router: Router, words: Words) -> Iterable[MenuEntry]:
    return [_entry(words, spec) for feature in router.features for spec in feature.commands if spec.shown]


def _entry(words: Words, spec: Spec) -> MenuEntry:
    return MenuEntry(
        name=name_in(words.language, spec),
        description=described(words, spec),
        language=words.language,
        groups=spec.where is not Where.PRIVATE,
        private=spec.where not in (Where.ROOM, Where.FOUNDING),
    )
