"""Servers on loopback that behave, and refuse, like the real ones; they have tests of their own."""
