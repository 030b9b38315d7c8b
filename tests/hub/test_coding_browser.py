"""The hand-coding desk in a real browser, on a telephone's screen: thirty texts with keys alone, one of them taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from langnghe.coded import FOLDER
from langnghe.hub.coding.models import Seat
from langnghe.hub.people.models import Person
from langnghe.hub.roles import Role
from langnghe.measure.coding.store import read_coding

from .browser import MARKS, TELEPHONE, look, served, window
from .studies import study_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from django.test import Client
    from playwright.sync_api import Browser, Page

    from langnghe.hub.instance import Instance

    from .browser import Driven

pytestmark = MARKS


def test_thirty_texts_are_coded_with_keys(
    browser: Callable[[Role], Client], chromium: Driven, instance: Instance, drawn_once: Path
) -> None:
    session = browser(Role.CODER).cookies["sessionid"].value
    person = Person.objects.get(role="coder")
    study = study_of(person, drawn_once)
    Seat.objects.create(study=study, person=person, number=1)
    with served(chromium) as url:
        chromium(coded_with_keys, url, reverse("coding:desk", args=[study.pk]), session)
    filled = read_coding(study.path / FOLDER).filled
    assert filled.height == 30
    assert sorted(filled["issues"].list.len().unique()) == [0, 1, 2]
    assert (filled["issues"].list.len() == 0).sum() == 1
    assert set(filled["coder"]) == {"1"}


def coded_with_keys(browser: Browser, url: str, address: str, session: str) -> None:
    page = window(browser, url, session, TELEPHONE).new_page()
    page.goto(url + address)
    look(page, "coding-desk-first")
    for place in range(30):
        press(page, *("12" if place % 2 else "01"), "a", "Enter")
    look(page, "coding-desk-done")
    press(page, "u")
    press(page, "x", "a", "Enter")


def press(page: Page, *keys: str) -> None:
    """Press keys; the last one leads to another page."""
    for key in keys[:-1]:
        page.keyboard.press(key)
    with page.expect_navigation():
        page.keyboard.press(keys[-1])
