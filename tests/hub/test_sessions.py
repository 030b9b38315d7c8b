"""Sessions: they end by themselves, their owner sees and ends them, an administrator ends everybody's."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from langnghe.hub.people import sessions
from langnghe.hub.people.models import Person, Session
from langnghe.hub.people.sessions import device_of
from langnghe.hub.roles import LONGEST, MINUTES, Role

from .conftest import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Callable

ACCOUNT = reverse("mfa_index")
PHONE = "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile Safari/537.36"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Let minutes pass."""
    now = [time.time()]
    monkeypatch.setattr("langnghe.hub.people.sessions.time.time", lambda: now[0])

    def passes(minutes: int) -> None:
        now[0] += 60 * minutes

    return passes


def is_in(client: Client, **headers: str) -> bool:
    return client.get(reverse("units:list"), headers=headers).status_code == 200


@pytest.mark.parametrize("role", sorted(MINUTES))
def test_who_does_nothing_is_logged_out(
    role: Role, browser: Callable[[Role], Client], clock: Callable[[int], None]
) -> None:
    client = browser(role)
    clock(MINUTES[role] - 1)
    assert is_in(client)
    clock(MINUTES[role] - 1)
    assert is_in(client), "what is used stays open"
    clock(MINUTES[role] + 1)
    answer = client.get(reverse("units:list"), follow=True)
    assert "tự đăng xuất" in answer.content.decode()
    assert not is_in(client)


def test_a_page_that_renews_itself_is_not_somebody_at_work(
    browser: Callable[[Role], Client], clock: Callable[[int], None]
) -> None:
    client = browser(Role.CODER)
    for _ in range(5):
        clock(MINUTES[Role.CODER] // 4)
        last = is_in(client, **{"HX-Request": "true"})
    assert not last


def test_after_a_working_day_everybody_logs_in_again(
    browser: Callable[[Role], Client], clock: Callable[[int], None]
) -> None:
    client = browser(Role.CODER)
    for _ in range(LONGEST // 60):
        assert is_in(client)
        clock(61)
    assert not is_in(client)


def test_people_see_where_they_are_logged_in_and_end_it(person_of: Callable[[Role], Person]) -> None:
    person = person_of(Role.VIEWER)
    here, phone, third = Client(), Client(headers={"User-Agent": PHONE}), Client()
    for client in (here, phone, third):
        client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    page = here.get(ACCOUNT).content.decode()
    assert "Chrome, Android" in page
    assert not any(one.session_key in page for one in Session.objects.all()), "a key would let in who sees it"
    name = re.findall(r'name="name" value="(\w+)"', page)
    assert len(name) == 2
    here.post(reverse("people:end"), {"name": next(one.name for one in Session.objects.all() if one.device)})
    assert [is_in(client) for client in (here, phone, third)] == [True, False, True]
    here.post(reverse("people:end"))
    assert [is_in(client) for client in (here, third)] == [True, False]


def test_others_sessions_cannot_be_ended(browser: Callable[[Role], Client]) -> None:
    coder, viewer = browser(Role.CODER), browser(Role.VIEWER)
    name = Session.objects.get(person__role="coder").name
    viewer.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    viewer.post(reverse("people:end"), {"name": name})
    viewer.post(reverse("people:end"))
    assert is_in(coder)


def test_an_administrator_ends_all_sessions(browser: Callable[[Role], Client]) -> None:
    admin, coder = browser(Role.ADMIN), browser(Role.CODER)
    assert admin.post(reverse("people:end_all")).status_code == 302
    assert is_in(coder), "the password is asked for first"
    admin.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    admin.post(reverse("people:end_all"))
    assert is_in(admin)
    assert not is_in(coder)


def test_the_first_page_tells_what_happened_to_the_account(person_of: Callable[[Role], Person]) -> None:
    person, login = person_of(Role.VIEWER), reverse("account_login")
    for password in (PASSWORD, "sai mật khẩu rồi", PASSWORD):
        client = Client()
        client.post(login, {"login": person.email, "password": password})
    assert "sai mật khẩu" in client.get(reverse("home")).content.decode()
    assert "sai mật khẩu" in client.get(ACCOUNT).content.decode()


def test_sessions_that_are_over_are_erased(browser: Callable[[Role], Client]) -> None:
    browser(Role.CODER)
    Session.objects.update(expire_date="2020-01-01T00:00Z")
    assert sessions.erase_old() == 1


def test_only_a_few_words_are_kept_of_what_a_browser_says() -> None:
    assert device_of(PHONE) == "Chrome, Android"
    assert device_of("Mozilla/5.0 (Windows NT 10.0) coc_coc_browser/120 Chrome/120 Safari/537") == "Cốc Cốc, Windows"
    assert device_of("curl/8.0 someone@example.org") == ""
