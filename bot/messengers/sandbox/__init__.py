"""The office on one page: a chat app in the browser in which one person is six of the staff, for trying things out."""

from bot.messengers.sandbox.messenger import Sandbox
from bot.messengers.sandbox.page import Page
from bot.messengers.sandbox.world import Attempt, Persona, TourStep

__all__ = ["Attempt", "Page", "Persona", "Sandbox", "TourStep"]
