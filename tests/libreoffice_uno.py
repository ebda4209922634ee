"""Opens FILE with PASSWORD in LibreOffice and prints its text; exit 3: refused. Run by Debian's own Python."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uno  # type: ignore[import-not-found]
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]

STARTS_WITHIN = 90  # seconds
REFUSED = 3


@contextmanager
def desktop() -> Iterator[Any]:
    profile, pipe = tempfile.mkdtemp(prefix="libreoffice-"), f"tests{uuid.uuid4().hex}"
    command = ["soffice", "--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck"]
    command += [f"-env:UserInstallation=file://{profile}", f"--accept=pipe,name={pipe};urp;"]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
    try:
        context = _connected(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        yield context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        shutil.rmtree(profile, ignore_errors=True)


def _connected(address: str) -> Any:
    here = uno.getComponentContext()
    resolver = here.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", here)
    for _ in range(STARTS_WITHIN * 5):
        try:
            return resolver.resolve(address)
        except uno.getClass("com.sun.star.connection.NoConnectException"):
            time.sleep(0.2)  # noqa: TID251 - a program of its own that waits for another one
    sys.exit("soffice does not answer")


def opened(office: Any, path: str, password: str | None) -> Any:
    """The document, or None: refused."""
    facts: dict[str, Any] = {"Hidden": True, "ReadOnly": True, "MacroExecutionMode": 0, "UpdateDocMode": 0}
    facts |= {} if password is None else {"Password": password}
    properties = tuple(PropertyValue(Name=name, Value=value) for name, value in facts.items())
    try:
        return office.loadComponentFromURL(uno.systemPathToFileUrl(str(Path(path).resolve())), "_blank", 0, properties)
    except uno.getClass("com.sun.star.uno.Exception"):
        return None


def text_of(document: Any) -> str:
    if document.supportsService("com.sun.star.text.TextDocument"):
        return str(document.Text.String)
    if document.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
        sheets = (document.Sheets.getByIndex(each) for each in range(document.Sheets.Count))
        return "\n".join(_cells(sheet) for sheet in sheets)
    pages = (document.DrawPages.getByIndex(each) for each in range(document.DrawPages.Count))
    return "\n".join(_shapes(page) for page in pages)


def _cells(sheet: Any) -> str:
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    end = cursor.RangeAddress
    rows = sheet.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow).DataArray
    return "\n".join("\t".join(str(each) for each in row) for row in rows)


def _shapes(page: Any) -> str:
    shapes = (page.getByIndex(each) for each in range(page.Count))
    return "\n".join(str(each.String) for each in shapes if hasattr(each, "String"))


def main() -> int:
    path, password = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None
    with desktop() as office:
        document = opened(office, path, password)
        if document is None:
            return REFUSED
        sys.stdout.write(text_of(document))
    return 0


if __name__ == "__main__":
    sys.exit(main())
