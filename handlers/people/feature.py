"""What this capability declares is collected here."""

from bot.engine.features import Feature

feature = Feature("people")
