"""Anonymous answers under load, with the server killed again and again: how many a second, how long each takes, and is any lost.

    python -m bench.answers --seconds 60 --rate 150
    python -m bench.answers --kills 100 --every 2

Starts the hub on SQLite in a folder of its own, as `langnghe serve` does; clients in other processes post answers at a fixed
rate (open loop: a slow answer does not hold up the next one). An answer counts as acknowledged when its page says that it was
received; one that was not is sent again with the same token, as a person would do. In the end the rows are compared with
what was acknowledged: none may be missing, none there twice.
"""

from __future__ import annotations

import argparse
import http.client
import json
import multiprocessing
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlencode

RECEIVED = "Đã nhận câu trả lời".encode()
GIVE_UP = 60.0
SERVER = "import bench.answers as b; b.serve({port})"
SETUP = "from langnghe.hub.serve import prepare; prepare(); import bench.answers as b; b.set_up()"


@dataclass(frozen=True)
class Sent:
    """One answer: its number, seconds until it was acknowledged (none: never), and how often it was sent."""

    number: int
    seconds: float | None
    tries: int


def serve(port: int) -> None:
    """The web server alone, without the worker for jobs."""
    from langnghe.hub.serve import serve_pages  # noqa: PLC0415 - in the process of the server alone

    serve_pages("127.0.0.1", port)


def set_up() -> None:
    """Make an open survey of five questions and print its link and tokens' purpose."""
    from langnghe.errors import Say  # noqa: PLC0415 - after Django is set up
    from langnghe.hub.surveys.form import Choice, Form, Question  # noqa: PLC0415 - likewise
    from langnghe.hub.surveys.models import Survey  # noqa: PLC0415 - likewise
    from langnghe.hub.units.models import Unit  # noqa: PLC0415 - likewise

    choices = tuple(Choice(name, Say(name, name)) for name in ("a", "b", "c"))
    asked = [Question(f"c{n}", "select_one", Say("Chọn?", "Choose?"), choices=choices) for n in range(3)]
    asked += [Question("said", "text", Say("Gì nữa?", "What else?")), Question("number", "integer", Say("Số", "No."))]
    unit = Unit.objects.create(name="Đơn vị thử", kind="province")
    days = {"opens": "2020-01-01", "closes": "2099-12-31"}
    form = Form(Say("", ""), tuple(asked)).to_json()
    told = {"title_vi": "Thử", "purpose_vi": "Đo", "contact": "–", "is_released": True}
    print(Survey.objects.create(unit=unit, form_json=form, **days, **told).slug)


def post(port: int, slug: str, number: int, start: float) -> Sent:
    """Open the page of a survey, answer it, and send again until it is acknowledged."""
    token, tries = "", 0
    while time.perf_counter() - start < GIVE_UP:
        tries += 1
        try:
            token = token or _token(_asked(port, "GET", f"/s/{slug}", None))
            began = time.perf_counter() if tries == 1 else start
            if RECEIVED in _asked(port, "POST", f"/s/{slug}", _fields(token, number)):
                return Sent(number, time.perf_counter() - began, tries)
        except (OSError, http.client.HTTPException):
            pass
        time.sleep(0.2)
    return Sent(number, None, tries)


def _fields(token: str, number: int) -> bytes:
    said = "cơm ca hay nguội, mong đổi giờ ăn sớm hơn một chút"
    sent = {"q-c0": "a", "q-c1": "b", "q-c2": "c", "q-said": said, "q-number": number}
    return urlencode(sent | {"token": token, "page": 1, "consent": "yes", "go": "send"}).encode()


def _token(page: bytes) -> str:
    found = re.search(rb'name="token" value="([^"]+)"', page)
    return found[1].decode() if found else ""


def _asked(port: int, method: str, path: str, body: bytes | None) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request(method, path, body, {"Content-Type": "application/x-www-form-urlencoded"})
        return connection.getresponse().read()
    finally:
        connection.close()


def client(port: int, slug: str, numbers: range, rate: float) -> list[Sent]:
    """Post answers at a rate, whatever becomes of those before."""
    begin = time.perf_counter()
    with ThreadPoolExecutor(64) as pool:
        waiting = []
        for place, number in enumerate(numbers):
            time.sleep(max(0.0, begin + place / rate - time.perf_counter()))
            waiting.append(pool.submit(post, port, slug, number, time.perf_counter()))
        return [one.result() for one in waiting]


def run(folder: Path, rate: float, seconds: float, kills: int, every: float, clients: int) -> dict[str, object]:
    """One run; gives back its figures."""
    given = {"LANGNGHE_HUB": str(folder), "DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "langnghe.hub.settings"}
    environment = os.environ | given
    slug = subprocess.run([sys.executable, "-c", SETUP], env=environment, check=True, capture_output=True, text=True)
    link, port = slug.stdout.strip().splitlines()[-1], _free_port()
    server = _started(environment, port)
    share = int(rate * seconds / clients)
    with multiprocessing.get_context("spawn").Pool(clients) as pool:
        parts = [(port, link, range(n * share, (n + 1) * share), rate / clients) for n in range(clients)]
        waiting = pool.starmap_async(client, parts)
        killed = 0
        spent = 0.0
        while not waiting.ready():
            waiting.wait(every)
            if killed < kills and not waiting.ready():
                spent += _killed(server)
                killed += 1
                server = _started(environment, port)
        sent = [one for part in waiting.get() for one in part]
    spent += _killed(server)
    return {"kills": killed, **_compared(folder, sent, seconds), "CPU-s of the server": round(spent, 1)}


def _killed(server: subprocess.Popen[bytes]) -> float:
    """Kill a server and all that it started; gives back the CPU seconds that these had taken."""
    ticks = 0
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = place.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == server.pid:
            ticks += int(fields[11]) + int(fields[12])
    os.killpg(server.pid, signal.SIGKILL)
    server.wait()
    return ticks / os.sysconf("SC_CLK_TCK")


def _compared(folder: Path, sent: list[Sent], seconds: float) -> dict[str, object]:
    """What the clients know beside what the database holds."""
    acknowledged = {one.number for one in sent if one.seconds is not None}
    with sqlite3.connect(folder / "hub.sqlite3") as database:
        rows = [int(json.loads(row[0])["number"]) for row in database.execute("SELECT answers FROM surveys_answer")]
    took = sorted(one.seconds for one in sent if one.seconds is not None)
    return {
        "sent": len(sent),
        "acknowledged": len(acknowledged),
        "a second": round(len(acknowledged) / seconds, 1),
        "lost": len(acknowledged - set(rows)),
        "twice": len(rows) - len(set(rows)),
        "sent again": sum(one.tries > 1 for one in sent),
        "p50 ms": round(1000 * took[len(took) // 2]),
        "p99 ms": round(1000 * quantiles(took, n=100)[98]),
        "most ms": round(1000 * took[-1]),
    }


def _started(environment: dict[str, str], port: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", SERVER.format(port=port)]
    server = subprocess.Popen(
        command, env=environment, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    until = time.perf_counter() + GIVE_UP
    while time.perf_counter() < until:
        try:
            if b"works" in _asked(port, "GET", "/health", None):
                return server
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)
    return server


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=float, default=150)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--every", type=float, default=5)
    parser.add_argument("--clients", type=int, default=2)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="langnghe-bench-") as folder:
        print(json.dumps(run(Path(folder), asked.rate, asked.seconds, asked.kills, asked.every, asked.clients)))


if __name__ == "__main__":
    main()
