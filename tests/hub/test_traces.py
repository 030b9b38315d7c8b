"""What respondents leave behind in the files of a hub that runs: nothing that marks them, and after closing nothing unmasked.

The hub is started as people start it. Respondents come from an address of their own, with marks in every header that a browser
or a proxy may send; then each file of the hub is read byte by byte: database, write-ahead log, what it printed, temporary files, and
what is in a backup.
"""

from __future__ import annotations

import datetime as dt
import http.client
import json
import os
import re
import subprocess
import sys
import time
import zipfile
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

import pytest

from .running import PATIENCE, Running, running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.slow

ADDRESS = "127.7.7.77"
MARKS = {
    "User-Agent": "canary-agent/7.7",
    "Cookie": "seen=canary-cookie; sessionid=canary-session; csrftoken=canary-token",
    "X-Forwarded-For": "203.0.113.77",
    "X-Real-IP": "203.0.113.77",
    "Forwarded": "for=203.0.113.77",
    "Accept-Language": "vi-canary",
    "Referer": "https://canary.example.org/",
    "Sec-CH-UA": '"canary-brand"',
}
CANARIES = (ADDRESS, "203.0.113.77", "canary")
NUMBER, NAME, CONTACT, TAKEN_BACK = "0912 000 777", "anh Tuấn tổ may", "0987 000 777", "trưởng chuyền giữ thẻ của tôi"
SET_UP = "from langnghe.hub.serve import prepare; prepare(); import bench.answers as b; b.set_up()"
CLOSE = (
    "from langnghe.hub.serve import prepare; prepare(); from langnghe.hub.surveys.models import Survey; "
    "from langnghe.hub.surveys.seal import seal; seal(Survey.objects.get())"
)


class Respondent:
    """Somebody with a telephone: forms are sent without a script, with marks in all headers."""

    def __init__(self, hub: Running, link: str) -> None:
        self.to, self.link = urlsplit(hub.url), link

    def ask(self, method: str, path: str, form: dict[str, str] | None = None, **headers: str) -> str:
        """The page that comes back."""
        host, port = str(self.to.hostname), int(self.to.port or 0)
        connection = http.client.HTTPConnection(host, port, timeout=60, source_address=(ADDRESS, 0))
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if form is not None else {}
        body = None if form is None else urlencode(form)
        try:
            connection.request(method, path, body, MARKS | kind | headers)
            answer = connection.getresponse()
            assert answer.getheader("Set-Cookie") is None or path not in {self.link, "/feedback/", "/feedback/read"}
            return answer.read().decode()
        finally:
            connection.close()

    def send(self, path: str, form: dict[str, str], **headers: str) -> str:
        """Open a page, fill it in and send it."""
        found = re.search(r'name="token" value="([^"]+)"', self.ask("GET", path))
        assert found
        return self.ask("POST", path, {"token": found[1]} | form, **headers)


def staff(code: str, folder: Path) -> str:
    """What people of the hub do, in another process; the last line that it prints."""
    given = os.environ | {"LANGNGHE_HUB": str(folder), "DATABASE_URL": ""}
    done = subprocess.run([sys.executable, "-c", code], env=given, capture_output=True, text=True, check=True)
    return (done.stdout.strip().splitlines() or [""])[-1]


def contents(path: Path) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of a file, and of those in it if it is a backup."""
    yield path.name, path.read_bytes()
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            yield from ((f"{path.name}: {name}", archive.read(name)) for name in archive.namelist())


@contextmanager
def backup(hub: Running) -> Iterator[None]:
    """A backup lies beside the hub, made while it runs."""
    path = hub.folder.parent / "hub.zip"
    command = [sys.executable, "-m", "langnghe", "hub", "backup", str(path), "--folder", str(hub.folder)]
    subprocess.run(command, env=os.environ | {"DATABASE_URL": ""}, capture_output=True, check=True)
    yield
    path.unlink()


def holders(hub: Running, *words: str) -> list[str]:
    """The files of a hub in which one of some words stands, as it is or as JSON writes it."""
    sought = {form.encode() for word in words for form in (word, json.dumps(word)[1:-1])}
    files = [path for path in hub.folder.parent.rglob("*") if path.is_file()]
    assert {"hub.sqlite3", "hub.log"} <= {path.name for path in files}
    held = [named for path in files for named in contents(path)]
    return [f"{name}: {word!r}" for name, data in held for word in sought if word in data]


def answered(somebody: Respondent) -> None:
    """All that can be done with a survey, rightly and wrongly."""
    answers = {"q-c0": "a", "q-c1": "b", "q-c2": "c", "q-number": "7", "page": "1", "go": "send"}
    good = answers | {"consent": "yes", "q-said": f"{NAME} bảo gọi {NUMBER} mà không ai nghe"}
    assert "Đã nhận câu trả lời" in somebody.send(somebody.link, good)
    for wrong in ({"token": "x"}, {"q-c0": "canary-answer"}, {"consent": ""}, {"q-said": "x" * 500_000}, {"page": "x"}):
        somebody.send(somebody.link, good | wrong)
    somebody.send(somebody.link, good, Origin="https://canary.example.org")
    somebody.ask("GET", "/s/nothing")
    somebody.ask("GET", f"{somebody.link}?canary=1&lang=en")


def wrote(somebody: Respondent, text: str) -> str:
    """Write a letter; gives back the receipt code."""
    reader = re.search(r'name="reader"[^>]*>\s*<option[^>]*value="(\d+)"', somebody.ask("GET", "/feedback/"))
    assert reader
    form = {"text": text, "contact": CONTACT, "consent": "yes", "go": "send", "reader": reader[1]}
    found = re.search(r'<code class="code">([^<]+)</code>', somebody.send("/feedback/", form))
    assert found
    for wrong in ({"token": "x"}, {"consent": ""}, {"reader": "canary"}, {"text": "x" * 200_000}):
        somebody.send("/feedback/", form | wrong)
    return found[1]


def came_back(somebody: Respondent, code: str) -> None:
    """Read, add, guess."""
    assert NUMBER in somebody.send("/feedback/read", {"code": code})
    assert "Vẫn chưa" in somebody.send("/feedback/read", {"code": code, "go": "add", "text": "Vẫn chưa trả đủ."})
    for wrong in ("canary", "ABCD-EFGH-JKLM-NPQR", ""):
        somebody.send("/feedback/read", {"code": wrong})
    for method, path in (
        ("GET", "/canary"),
        ("POST", "/language/en"),
        ("PUT", "/feedback/"),
        ("GET", "/feedback/inbox"),
    ):
        somebody.ask(method, path, {} if method == "POST" else None)


def seconds(begin: dt.datetime, end: dt.datetime) -> list[str]:
    """Every second of a span as it may be written: the time of day here and in UTC, and seconds since 1970."""
    span = [begin + dt.timedelta(seconds=number) for number in range(int((end - begin).total_seconds()) + 1)]
    zones = (dt.UTC, dt.timezone(dt.timedelta(hours=7)))
    return [f"{one.astimezone(zone):%H:%M:%S}" for one in span for zone in zones] + [
        str(int(one.timestamp())) for one in span
    ]


def test_respondents_leave_no_trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    slug = staff(SET_UP, tmp_path / "hub")
    with running(tmp_path / "hub") as hub:
        somebody = Respondent(hub, f"/s/{slug}")
        until = time.monotonic() + PATIENCE
        while "Starting worker" not in hub.log.read_text(encoding="utf-8") and time.monotonic() < until:
            time.sleep(0.2)
        time.sleep(2)  # the second in which the hub started is no respondent's
        begin = dt.datetime.now(dt.UTC)
        answered(somebody)
        code = wrote(somebody, f"Công ty nợ lương hai tháng. Gọi cho tôi số {NUMBER}.")
        came_back(somebody, code)
        other = wrote(somebody, f"Tổ trưởng {TAKEN_BACK}")
        assert TAKEN_BACK in somebody.send("/feedback/read", {"code": other})
        assert holders(hub, NUMBER, TAKEN_BACK) != [], "the look at the files finds what is there"
        somebody.send("/feedback/read", {"code": other, "go": "withdraw", "sure": "yes"})
        end = dt.datetime.now(dt.UTC)
        marks = (*CANARIES, code, code.replace("-", ""), other, *seconds(begin, end))
        assert holders(hub, *marks) == [], "while it runs"
        assert holders(hub, TAKEN_BACK) == [], "what was taken back"
        time.sleep(2)  # nor is the second of the backup, which is written into it
        with backup(hub):
            assert holders(hub, NUMBER) != [], "a letter that is not yet erased is in a backup"
            assert holders(hub, *marks, TAKEN_BACK) == [], "in a backup"
        staff(CLOSE, hub.folder)
        assert holders(hub, NAME) == [], "what was masked at closing"
        with backup(hub):
            assert holders(hub, *marks, TAKEN_BACK, NAME) == [], "after closing, and in a backup"
    assert holders(hub, *marks, TAKEN_BACK, NAME) == [], "after it was stopped"
