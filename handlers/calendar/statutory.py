"""Vietnam's statutory days off, out of PyPI `holidays` without its 250 other countries (13 MB, a quarter second)."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import holidays


def days_off() -> Any:
    """By Labour Code art. 112, swapped days included; a mapping of dates to names that also knows working days.

    The library's own way to one country leads through the package of all; its module needs none of the others.
    """
    place = Path(holidays.__file__).parent / "countries" / "vietnam.py"
    found = spec_from_file_location("holidays.countries.vietnam", place)
    if found is None or found.loader is None:
        raise ImportError(f"{place} is not there")
    module = module_from_spec(found)
    found.loader.exec_module(module)
    return module.Vietnam(language="vi")
