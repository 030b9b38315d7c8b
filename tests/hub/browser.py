"""A real browser for tests of the hub: Debian's chromium, driven by Playwright."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

import pytest
from django.db import connection
from playwright.sync_api import sync_playwright
from pytest_django.live_server_helper import LiveServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, ViewportSize

Result = TypeVar("Result")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
TELEPHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1280, "height": 900}


@contextmanager
def served() -> Iterator[str]:
    """Serve the hub from the database of a test; gives its address.

    The server shares the connection of the test, whose transaction is rolled back: the audit log can't be emptied otherwise.
    """
    if connection.vendor != "sqlite":
        pytest.skip("the server shares the connection of the test, which SQLite in memory allows")
    server = LiveServer("localhost")
    try:
        yield server.url
    finally:
        server.stop()


class Driven:
    """A browser in a thread of its own: Playwright runs a loop there, beside which Django would not share its connection."""

    def __init__(self, pool: ThreadPoolExecutor, browser: Browser) -> None:
        self.pool, self.browser = pool, browser

    def __call__(self, work: Callable[..., Result], *given: object) -> Result:
        """Do something with the browser: work(browser, *given)."""
        return self.pool.submit(work, self.browser, *given).result()


@contextmanager
def chromium() -> Iterator[Driven]:
    """Start a browser."""
    with ThreadPoolExecutor(1) as pool:
        driver = pool.submit(sync_playwright().start).result()
        path = shutil.which("chromium")
        try:
            yield Driven(pool, pool.submit(driver.chromium.launch, executable_path=path, args=ARGUMENTS).result())
        finally:
            pool.submit(driver.stop).result()
