"""Every page of the hub in a real browser: hinders nobody by WCAG 2.2 A and AA, and works with the keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from langnghe.hub.roles import PAGES, Role

from .browser import DESK, MARKS, TELEPHONE, faults, served, window

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from .browser import Driven
    from .filled import Filled

pytestmark = MARKS
ROLES = (Role.ADMIN, Role.OFFICER, Role.RESEARCHER, Role.CODER, Role.VIEWER, Role.PUBLIC)
"""A page is looked at as the first of these sees it who may open it; what a role may not do is left out of the same page."""

STOPS = """() => { const all = [...document.querySelectorAll('*')];
  const own = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
    .filter(e => !e.disabled && e.type !== 'hidden' && e.tabIndex >= 0 && e.checkVisibility());
  const group = e => own.filter(o => o.type === 'radio' && o.name === e.name && o.form === e.form);
  const first = e => group(e).find(o => o.checked) || group(e)[0];
  return own.filter(e => e.type !== 'radio' || first(e) === e).map(e => all.indexOf(e)); }"""
"""Where the tab key should stop, by places in the document: of a group of radio buttons once."""

STOP = """() => { const e = document.activeElement, all = [...document.querySelectorAll('*')], style = getComputedStyle(e);
  const box = e.getBoundingClientRect();
  return [all.indexOf(e), e.className, style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    box.bottom > 0 && box.top < innerHeight, e === document.body || e === document.documentElement]; }"""
"""Where the focus is: its place in the document, its class, whether it shows and is on the screen, whether it has left the page."""


def tabbed(page: Page) -> list[str]:
    """The tab key goes through all there is, in the order of reading; one sees where one is; the first stop leads to the content."""
    left, before, wrong = set(page.evaluate(STOPS)), -1, []
    for number in range(300):
        page.keyboard.press("Tab")
        place, kind, shows, is_on_screen, has_left = page.evaluate(STOP)
        if has_left or place < before:
            break
        if place == before:
            continue  # a part of a control of the browser's own: the month of a date, its calendar
        leads = number > 0 or kind == "skip" or not page.locator("nav").count()
        if not (shows and is_on_screen and leads):
            wrong.append(f"stop {number}: {shows=}, {is_on_screen=}, {leads=}")
        before = place
        left.discard(place)
    return [*wrong, f"the tab key did not reach {sorted(left)}"] if left else wrong


def seen(browser: Browser, url: str, session: str, pages: list[tuple[str, str]]) -> list[str]:
    """What is wrong with (name, address) for who has a session: in Vietnamese on a telephone, in English at a desk."""
    wrong = []
    for size, asked, end in ((TELEPHONE, "", "phone"), (DESK, "?lang=en", "desk")):
        page = window(browser, url, session, size).new_page()
        for name, address in pages:
            page.goto(f"{url}{address}{asked}")
            found = [*faults(page, f"{name}-{end}"), *(tabbed(page) if size is TELEPHONE else ())]
            wrong += [f"{name}, {end}: {fault}" for fault in found]
    return wrong


def test_every_page_is_for_everybody(filled: Filled, chromium: Driven) -> None:
    looked: set[str] = set()
    wrong = []
    with served(chromium) as url:
        for role in ROLES:
            pages = [(name, one) for name, one in filled.pages(role) if name == "home" or one not in looked]
            client = filled.client(role)
            session = client.cookies["sessionid"].value if role is not Role.PUBLIC else ""
            named = [(f"{role}-{name.replace(':', '-')}-{n}", one) for n, (name, one) in enumerate(pages)]
            wrong += chromium(seen, url, session, named)
            looked |= {one for _, one in pages}
    assert len(looked) > len(PAGES) / 2
    assert not wrong, "\n".join(wrong)
