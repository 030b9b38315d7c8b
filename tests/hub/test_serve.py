"""The web process begins anew: what the process that starts it has done before does not hold it up."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest

from .running import free_port, wait_for

if TYPE_CHECKING:
    from pathlib import Path

COUNTED_BEFORE = """
import sys
import polars as pl
assert pl.DataFrame({"a": range(100_000)}).lazy().group_by(pl.col("a") % 7).len().collect().height == 7
from langnghe.hub.serve import prepare, serve_pages
prepare()
from langnghe.hub.units.models import Unit
Unit.objects.create(name="Đơn vị thử", kind="province")
serve_pages("127.0.0.1", int(sys.argv[1]))
"""


def opened(url: str, form: dict[str, str] | None = None) -> str:
    """A page; what hangs is given up."""
    body = None if form is None else urlencode(form).encode()
    with urlopen(Request(url, body), timeout=30) as page:  # noqa: S310 - our own address
        return str(page.read().decode())


@pytest.mark.slow
def test_a_letter_is_masked_though_threads_have_counted_in_the_process_that_started_the_hub(tmp_path: Path) -> None:
    """Masking counts with Polars, whose threads a forked process does not have: it would wait for them for ever."""
    port = free_port()
    given = os.environ | {"LANGNGHE_HUB": str(tmp_path / "hub"), "DATABASE_URL": ""}
    with (tmp_path / "hub.log").open("wb") as said:
        command = [sys.executable, "-c", COUNTED_BEFORE, str(port)]
        process = subprocess.Popen(command, env=given, stdout=said, stderr=said, start_new_session=True)
    url = f"http://127.0.0.1:{port}"
    try:
        wait_for(url, process, tmp_path / "hub.log")
        page = opened(f"{url}/feedback/")
        token, reader = re.search(r'name="token" value="([^"]+)"', page), re.search(r'<option[^>]*value="(\d+)"', page)
        assert token
        assert reader
        form = {"token": token[1], "reader": reader[1], "text": "Gọi tôi 0912 000 777", "consent": "yes", "go": "send"}
        assert 'class="code"' in opened(f"{url}/feedback/", form), "a receipt"
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
