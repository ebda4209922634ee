"""The duty capability's table of contents, filled in by its modules."""

from bot.engine.features import Feature

feature = Feature("duty")
