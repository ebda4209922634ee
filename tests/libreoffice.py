"""Real LibreOffice, to open what people are given: headless, on a pipe, with a profile of its own."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

PYTHON = Path("/usr/bin/python3")
"""Debian's, for which python3-uno is made."""
BRIDGE = Path("/usr/lib/python3/dist-packages/uno.py")
SCRIPT = Path(__file__).with_name("libreoffice_uno.py")
SECONDS = 110
REFUSED = 3

_MISSING = not (shutil.which("soffice") and BRIDGE.exists())
if _MISSING and os.environ.get("CI") == "true":
    raise FileNotFoundError("LibreOffice is missing: apt-get install libreoffice-writer python3-uno")
needs_libreoffice = pytest.mark.skipif(_MISSING, reason="missing: libreoffice-writer, python3-uno")


def text_in(file: Path, password: str | None) -> str | None:
    """What a person reads who opens the file with this password; None: LibreOffice refuses."""
    command = [str(PYTHON), str(SCRIPT), str(file), *([password] if password is not None else [])]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    opened = subprocess.run(command, capture_output=True, text=True, check=False, timeout=SECONDS, env=kept)
    if opened.returncode == REFUSED:
        return None
    assert opened.returncode == 0, opened.stdout + opened.stderr
    return opened.stdout
