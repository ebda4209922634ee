"""Caddy with compose.yaml's own configuration, before replicas on this machine instead of containers."""

import asyncio
import json
import os
import shutil
import socket
import ssl
import subprocess
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.journeys.child import ROOT
from tests.ports import free_port

SECONDS = 90.0


@dataclass(frozen=True, slots=True)
class Proxy:
    url: str
    trusted: ssl.SSLContext
    """Its own authority's certificate."""


@asynccontextmanager
async def proxy(folder: Path, url_port: int, ports: Sequence[int]) -> AsyncIterator[Proxy]:
    """On https://localhost:`url_port`, leading to `ports`. Skips by name where Caddy is not installed."""
    if shutil.which("caddy") is None:
        pytest.skip("Caddy is missing: apt-get install caddy")
    told = folder / "caddy.json"
    told.write_text(json.dumps(_configuration(folder, url_port, ports)))
    with (folder / "caddy.log").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            *("caddy", "run", "--config", str(told)), env=os.environ | {"HOME": str(folder)}, stderr=log
        )
    root = folder / "pki" / "authorities" / "local" / "root.crt"
    try:
        async with asyncio.timeout(SECONDS):
            while not await _answers(url_port, root):
                await asyncio.sleep(0.05)
        yield Proxy(f"https://localhost:{url_port}", ssl.create_default_context(cafile=str(root)))
    finally:
        process.terminate()
        await process.wait()


def _configuration(folder: Path, url_port: int, ports: Sequence[int]) -> dict[str, Any]:
    """What the operator gets, adapted by Caddy itself; only the addresses are this machine's."""
    text = yaml.safe_load((ROOT / "compose.yaml").read_text())["configs"]["proxy"]["content"].replace("$$", "$")
    adapted = subprocess.run(
        ["caddy", "adapt", "--config", "/dev/stdin", "--adapter", "caddyfile"],
        input=text,
        env=os.environ | {"DOMAIN": f"localhost:{url_port}"},
        capture_output=True,
        check=True,
        text=True,
    )
    made: dict[str, Any] = json.loads(adapted.stdout)
    _lead_to(made, [{"dial": f"127.0.0.1:{port}"} for port in ports])
    made["apps"]["http"]["http_port"] = free_port()
    made["apps"]["pki"] = {"certificate_authorities": {"local": {"install_trust": False}}}
    return made | {"admin": {"disabled": True}, "storage": {"module": "file_system", "root": str(folder)}}


def _lead_to(part: Any, upstreams: Sequence[dict[str, str]]) -> None:
    for each in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        _lead_to(each, upstreams)
    if isinstance(part, dict) and "upstreams" in part:
        part["upstreams"] = upstreams


async def _answers(port: int, root: Path) -> bool:
    """With a certificate of its own already, which takes it a moment."""
    try:
        _, writer = await asyncio.open_connection(
            "localhost", port, ssl=ssl.create_default_context(cafile=str(root)), family=socket.AF_INET
        )
    except OSError:
        return False
    writer.close()
    return True
