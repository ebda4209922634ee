"""Ports for servers that are told theirs before they start: below those that the machine gives to whoever wants any."""

import itertools
import os
import socket

LOWEST, HIGHEST = 10_000, 32_000
_TURNS = itertools.count(os.getpid() * 1009)  # test runs beside each other begin at different places


def free_port() -> int:
    """Free now; neither a connection nor another server of this run is given it until it has been listened on."""
    for turn in _TURNS:
        port = LOWEST + turn % (HIGHEST - LOWEST)
        with socket.socket() as tried:
            try:
                tried.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("the turns have no end")
