"""The office: one folder a capability; FEATURES is its table of contents, in the order in which people meet them."""

from bot.engine.features import Feature

from handlers import people

FEATURES: tuple[Feature, ...] = (people.feature,)
