"""The database was lost while it said that a file was taken: it may have been, so nothing of it is thrown away."""

import io
from typing import Any

import pytest
from aiohttp import FormData
from sqlalchemy.exc import OperationalError

from storage.database import Command
from storage.files import FileState
from tests.handlers.files.scene import REPORT, Stage
from tests.web.scene import Browser, upload_path


async def test_an_upload_whose_commit_was_not_confirmed_is_sealed_all_the_same(
    stage: Stage, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stage.binh.says("/guitep")
    path, run, asked = upload_path(stage.binh), stage.office.app.database.run, 0

    async def confirmed_in_vain(command: Command[Any]) -> Any:
        nonlocal asked
        found = await run(command)
        ours = "_visited" in getattr(command, "__qualname__", "")
        asked += ours
        if ours and asked == 2:  # the first asks whether the link is good
            raise OperationalError("COMMIT", None, Exception("server closed the connection unexpectedly"))
        return found

    with monkeypatch.context() as patched:
        patched.setattr(stage.office.app.database, "run", confirmed_in_vain)
        page = f"http://127.0.0.1:{stage.office.app.web.port}{path}"
        form = FormData(quote_fields=False)
        form.add_field("file", io.BytesIO(REPORT), filename="Báo cáo.docx")
        async with browser.session.post(page, data=form) as answer:
            assert answer.status >= 500
    await stage.office.app.settle()
    file = await stage.file()
    assert file.state is FileState.SEALED
