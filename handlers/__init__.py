"""The office: one folder a capability; FEATURES is its table of contents, in the order in which people meet them."""

from bot.engine.features import Feature
from handlers import digest, duty, files, guide, letters, people, reminders, tasks

FEATURES: tuple[Feature, ...] = (
    people.feature,
    tasks.feature,
    reminders.feature,
    letters.feature,
    files.feature,
    duty.feature,
    digest.feature,
    guide.feature,
)
