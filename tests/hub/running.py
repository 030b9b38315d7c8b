"""A hub as people start it: `langnghe serve` in a process of its own, with its worker, its folder and its database."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE = 120.0
"""Seconds until it must answer: busy machines are slow."""


@dataclass(frozen=True)
class Running:
    """A hub that runs.

    Attributes
    ----------
    folder : its folder.
    log : the file of all that it says.
    url : its address.
    """

    folder: Path
    log: Path
    url: str

    @property
    def link(self) -> str:
        """The link that it printed to make the first account with."""
        found = re.search(r"http\S+/people/join/\S+", self.log.read_text(encoding="utf-8"))
        assert found
        return found[0]


@contextmanager
def running(folder: Path) -> Iterator[Running]:
    """Start a hub; it is stopped as the system stops a service."""
    port, log = free_port(), folder.with_suffix(".log")
    command: list[str | Path] = [sys.executable, "-m", "langnghe", "serve", "--folder", folder, "--port", str(port)]
    given = os.environ | {"DATABASE_URL": "", "PYTHONUNBUFFERED": "1"}
    with log.open("wb") as said:
        process = subprocess.Popen(command, env=given, stdout=said, stderr=said, start_new_session=True)
    hub = Running(folder, log, f"http://127.0.0.1:{port}")
    try:
        wait_for(hub.url, process, hub.log)
        yield hub
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE / 2)
        finally:
            if process.returncode is None:
                os.killpg(process.pid, signal.SIGKILL)


def wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until a hub answers, or show what it said."""
    until = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < until:
        try:
            with urlopen(f"{url}/health") as answer:  # noqa: S310 - our own address
                assert answer.status == 200
                return
        except URLError:
            time.sleep(0.1)
    raise AssertionError(log.read_text(encoding="utf-8"))


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])
