"""The program as a later version may be: one more revision, which its own rows make use of."""

from storage.migrations import HEAD

BEFORE = HEAD
LATER = "9999"
