"""Which office this is, as letters may name it: by the names its leader has told, else by the group's own."""

import re

from bot.engine.work import Work
from handlers.calendar import fold
from handlers.letters.reading.offices import OfficeNames

# A group is mostly named for a room of an office or for a task; then its name tells nothing of the office.
_OFFICE = re.compile(
    r"(?:so|ubnd|uy ban|bo|cuc|chi cuc|truong|trung tam|benh vien|dang uy|ban quan ly|van phong ubnd|thanh tra|vien)\b"
)


def own_names(work: Work) -> OfficeNames | None:
    """None while nobody has said: then every deadline is shown as this office's."""
    told = work.here.office.split("\n") if work.here.office else []
    if not told and _OFFICE.match(fold(work.here.name)):
        told = [work.here.name]
    return OfficeNames(*told) if told else None
