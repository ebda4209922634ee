"""Babel without its names of all countries, currencies, units and time zones: five megabytes that nobody here asks for.

Our texts say whole numbers and decline them; days and moments are said by the calendar.
"""

from collections.abc import Iterable
from typing import Any, cast

from babel import localedata
from babel.core import get_global

NEEDED = frozenset(
    {
        "plural_form",
        "decimal_formats",
        "percent_formats",
        "currency_formats",
        "number_symbols",
        "numbering_systems",
        "default_numbering_system",
        "minimum_grouping_digits",
    }
)
WORLD = (
    "likely_subtags",
    "meta_zones",
    "territory_currencies",
    "territory_languages",
    "territory_zones",
    "zone_territories",
)


def forget_the_world(languages: Iterable[str]) -> None:
    """Loads what Babel keeps of these languages, and keeps what their numbers need. To be called before the rest of
    the program is loaded: that takes the room which becomes free here."""
    for name in (*languages, "root"):
        known = localedata.load(name)
        for each in known.keys() - NEEDED:
            del known[each]
    for name in WORLD:
        cast(dict[str, Any], get_global(name)).clear()  # type: ignore[arg-type]
