"""A real browser for tests of the hub: Debian's chromium, driven by Playwright, and axe-core to look at its pages."""

from __future__ import annotations

import gc
import os
import shutil
import threading
import warnings
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connection
from playwright.sync_api import sync_playwright
from pytest_django.live_server_helper import LiveServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

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
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SHOTS = os.environ.get("LANGNGHE_SHOTS", "")
"""A folder for pictures of the pages, where somebody wants to look at them."""

MARKS = [pytest.mark.slow, pytest.mark.needs("chromium")]
"""Of every module that opens a browser."""


class Driven:
    """A browser in a thread of its own: Playwright runs a loop there, beside which Django would not share its connection."""

    def __init__(self, pool: ThreadPoolExecutor, browser: Browser) -> None:
        self.pool, self.browser = pool, browser

    def __call__(self, work: Callable[..., Result], *given: object) -> Result:
        """Do something with the browser: work(browser, *given)."""
        return self.pool.submit(work, self.browser, *given).result()

    def close_windows(self) -> None:
        """Close all windows."""
        self(lambda browser: [context.close() for context in browser.contexts])


@contextmanager
def served(driven: Driven) -> Iterator[str]:
    """Serve the hub from the database of a test; gives its address.

    The server shares the connection of the test, whose transaction is rolled back: the audit log can't be emptied otherwise.
    """
    if connection.vendor != "sqlite":
        pytest.skip("the server shares the connection of the test, which SQLite in memory allows")
    server = LiveServer("localhost")
    try:
        yield server.url
    finally:
        driven.close_windows()
        for thread in threading.enumerate():
            if "process_request_thread" in thread.name:
                thread.join(10)  # what was asked for last is still being answered, by the connection of the test
        server.stop()
        _collect()


@contextmanager
def started() -> Iterator[Driven]:
    """Start a browser."""
    with ThreadPoolExecutor(1) as pool:
        driver = pool.submit(sync_playwright().start).result()
        path = shutil.which("chromium")
        try:
            yield Driven(pool, pool.submit(driver.chromium.launch, executable_path=path, args=ARGUMENTS).result())
        finally:
            pool.submit(driver.stop).result()
            _collect()


def _collect() -> None:
    """Throw away what the driver and the server left open, without a warning: they don't close all that they opened."""
    with warnings.catch_warnings(action="ignore", category=ResourceWarning):
        gc.collect()


def window(browser: Browser, url: str, session: str, size: ViewportSize = DESK) -> BrowserContext:
    """A window of somebody who is logged in, by the cookie of the session; '' for nobody."""
    context = browser.new_context(
        viewport=size, bypass_csp=True
    )  # axe-core is put into a report, too, which runs no script
    if session:
        context.add_cookies([{"name": "sessionid", "value": session, "url": url}])
    return context


def look(page: Page, name: str) -> None:
    """There is nothing wrong with a page."""
    assert faults(page, name) == [], name


def faults(page: Page, name: str) -> list[str]:
    """Where a page is wider than the screen or hinders people by WCAG 2.2 A or AA; a picture of it where it is asked for."""
    page.wait_for_load_state()  # a click may have begun the next page, which has no body yet
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png", full_page=True)
    is_narrow = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(page, options={"runOnly": TAGS, "resultTypes": ["violations"]}).response["violations"]
    wrong = [f"{one['id']}: {node['html']}" for one in found for node in one["nodes"]]
    return wrong if is_narrow else ["wider than the screen", *wrong]
