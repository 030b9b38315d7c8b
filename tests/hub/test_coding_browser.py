"""The hand-coding desk in a real browser: thirty texts with the keyboard alone, one of them taken back."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from langnghe.coded import FOLDER
from langnghe.hub.coding.models import Seat
from langnghe.hub.people.models import Person
from langnghe.hub.roles import Role
from langnghe.measure.coding.store import read_coding

from .studies import study_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from django.test import Client
    from pytest_django.live_server_helper import LiveServer

    from langnghe.hub.instance import Instance

playwright = pytest.importorskip("playwright.sync_api")


@pytest.fixture
def asynchronous() -> Iterator[None]:
    """Playwright runs a loop in this thread; Django's own calls beside it are made one after the other."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    yield
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.mark.needs("chromium")
def test_thirty_texts_are_coded_with_the_keyboard(
    live_server: LiveServer,
    browser: Callable[[Role], Client],
    instance: Instance,
    drawn_once: Path,
    asynchronous: None,
) -> None:
    client = browser(Role.CODER)
    person = Person.objects.get(role="coder")
    study = study_of(person, drawn_once)
    Seat.objects.create(study=study, person=person, number=1)
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        context = chromium.new_context(viewport={"width": 360, "height": 740})
        session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        context.add_cookies([session])
        page = context.new_page()
        page.goto(live_server.url + reverse("coding:desk", args=[study.pk]))
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        for place in range(30):
            for key in ("1", "2") if place % 2 else ("0", "1"):
                page.keyboard.press(key)
            page.keyboard.press("a")
            with page.expect_navigation():
                page.keyboard.press("Enter")
        with page.expect_navigation():
            page.keyboard.press("u")
        page.keyboard.press("x")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        chromium.close()
    filled = read_coding(study.path / FOLDER).filled
    assert filled.height == 30
    kinds = sorted({len(issues) for issues in filled["issues"]})
    assert kinds == [0, 1, 2]
    assert (filled["issues"].list.len() == 0).sum() == 1
    assert set(filled["coder"]) == {"1"}
