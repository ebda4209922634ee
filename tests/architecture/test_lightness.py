"""A start loads what a start needs: libraries that open files come with the first file."""

import subprocess
import sys

HEAVY = ("pikepdf", "PIL", "openpyxl", "docx", "msoffcrypto", "pyzipper", "pypdfium2", "alembic", "opentelemetry")
START = """
import sys
import bot.serving
heavy = [name for name in sys.argv[1].split() if name in sys.modules]
countries = [name for name in sys.modules if name.startswith("holidays.countries.")]
print(*heavy, *countries)
"""


def test_no_library_for_files_and_no_other_countrys_holidays_are_loaded_at_the_start() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", START, " ".join(HEAVY)], capture_output=True, text=True, timeout=110, check=True
    )
    assert ran.stdout.split() in ([], ["holidays.countries.vietnam"])
