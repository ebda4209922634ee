"""The texts of both languages say and decline numbers as before when Babel has forgotten what it knows of the world."""

import subprocess
import sys

SAID = """
import sys, tempfile
from pathlib import Path
from bot.engine.lean import forget_the_world
from bot.engine.texts import LANGUAGES, Texts

if sys.argv[1] == "forgetting":
    forget_the_world(LANGUAGES)
text = "n = { $n ->\\n  [one] { $n } task\\n *[other] { NUMBER($n, minimumFractionDigits: 2) } tasks\\n }\\n"
with tempfile.TemporaryDirectory() as folder:
    for language in LANGUAGES:
        (Path(folder) / language).mkdir()
        (Path(folder) / language / "own.ftl").write_text(text)
    texts = Texts(Path(folder))
    print([texts.words(language)("n", n=number) for language in LANGUAGES for number in (0, 1, 2, -3, 1234567)])
"""


def said(how: str) -> str:
    return subprocess.run([sys.executable, "-c", SAID, how], capture_output=True, text=True, check=True).stdout


def test_numbers_are_said_and_declined_as_before() -> None:
    assert said("forgetting") == said("as it is")
    assert "1 task'" in said("forgetting")
