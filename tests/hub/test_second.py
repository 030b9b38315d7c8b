"""The second factor: who must set one up, how it is done, what happens when it is lost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from allauth.mfa.models import Authenticator
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse

from langnghe.cli import main
from langnghe.hub.audit.models import Entry
from langnghe.hub.people.models import Invitation, Person
from langnghe.hub.people.passwords import readmitted
from langnghe.hub.roles import SECOND_FACTOR, STAFF, Role

from .conftest import PASSWORD
from .second import SEED, code_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from langnghe.hub.instance import Instance

SET_UP, LOGIN = reverse("mfa_activate_totp"), reverse("account_login")
CODE, RECOVER = reverse("mfa_authenticate"), reverse("mfa_view_recovery_codes")
NEW = {"name": "Người mới", "email": "moi@example.org", "password": PASSWORD}


def typed(person: Person, client: Client | None = None) -> Client:
    """Somebody who has typed the password."""
    client = client or Client()
    client.post(LOGIN, {"login": person.email, "password": PASSWORD})
    return client


def is_in(client: Client) -> bool:
    return client.get(reverse("units:list")).status_code == 200


@pytest.mark.parametrize("role", sorted(STAFF))
def test_who_sees_what_single_people_wrote_sets_up_a_second_factor_first(role: Role, province: None) -> None:
    client = Client()
    client.post(reverse("people:accept", args=[Invitation.make(role)[1]]), NEW)
    answer = client.get(reverse("home"))
    if role not in SECOND_FACTOR:
        assert answer.status_code == 200
        return
    assert answer.headers["Location"] == SET_UP
    page = client.get(SET_UP)
    assert page.status_code == 200, "the password was typed a moment ago and is not asked for again"
    assert client.get(reverse("surveys:list")).headers["Location"] == SET_UP
    client.post(SET_UP, {"code": "000000"})
    assert not Authenticator.objects.exists()
    seed = re.findall(r'code key">(\w+)<', page.content.decode())[0]
    answer = client.post(SET_UP, {"code": code_of(seed)})
    assert answer.headers["Location"] == RECOVER
    assert client.get(reverse("surveys:list")).status_code == 200


def test_in_a_demo_nobody_has_to(instance: Instance, province: None) -> None:
    instance.mark_demo("x")
    client = Client()
    client.post(reverse("people:accept", args=[Invitation.make("admin")[1]]), NEW)
    assert client.get(reverse("people:list")).status_code == 200
    assert "bắt buộc" in client.get(reverse("mfa_index")).content.decode()


def test_recovery_codes_are_shown_once_and_work_once(person_of: Callable[[Role], Person]) -> None:
    person = person_of(Role.ADMIN)
    client = typed(person)
    assert not is_in(client)
    client.post(CODE, {"code": code_of(SEED)})
    assert is_in(client)
    client.post(reverse("mfa_generate_recovery_codes"))
    codes = re.findall(r"<code>(\d{8})</code>", client.get(RECOVER).content.decode())
    assert len(codes) == 10
    again = client.get(RECOVER).content.decode()
    assert not any(code in again for code in codes)
    for code, lets_in in ((codes[0], True), (codes[0], False), (codes[1], True)):
        other = typed(person)
        other.post(CODE, {"code": code})
        assert is_in(other) is lets_in


def test_who_lost_telephone_and_codes_is_let_in_again_by_another_administrator(
    browser: Callable[[Role], Client], person_of: Callable[[Role], Person]
) -> None:
    officer, client = person_of(Role.OFFICER), browser(Role.ADMIN)
    logged_in = Client()
    logged_in.force_login(officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.post(reverse("people:reset", args=[officer.pk]), {"lost": "1"}).content.decode()
    assert not is_in(logged_in)
    Client().post(re.findall(r"http://testserver(/people/password/[^<]+)", page)[0], {"password": PASSWORD + "!"})
    other = Client()
    other.post(LOGIN, {"login": officer.email, "password": PASSWORD + "!"})
    assert other.get(reverse("home")).headers["Location"] == SET_UP
    told = Entry.objects.filter(about=str(officer.pk)).values_list("what", "who__role")
    assert ("person.second_removed", "admin") in told


def test_nobody_takes_the_own_second_factor_away_with_a_session_alone(browser: Callable[[Role], Client]) -> None:
    client, person = browser(Role.ADMIN), Person.objects.get(role="admin")
    assert client.get(reverse("mfa_deactivate_totp")).headers["Location"].startswith(reverse("account_reauthenticate"))
    client.post(reverse("mfa_deactivate_totp"))
    client.post(reverse("people:reset", args=[person.pk]), {"lost": "1"})
    assert Authenticator.objects.filter(user=person).exists()


def test_the_last_administrator_is_let_in_again_from_the_machine(person_of: Callable[[Role], Person]) -> None:
    person = person_of(Role.ADMIN)
    address = readmitted(person.email.upper())
    assert not typed(person).session.get("_auth_user_id"), "the old password is void"
    client = Client()
    client.post(address, {"password": PASSWORD})
    assert typed(person, client).get(reverse("home")).headers["Location"] == SET_UP
    assert Client().get(address).status_code == 404
    told = dict(Entry.objects.values_list("what", "who"))
    assert {"person.reset", "person.second_removed"} <= told.keys()
    assert told["person.second_removed"] is None


def test_the_command_says_what_is_wrong(instance: Instance, db: None) -> None:
    (instance.folder / "secret.key").write_text("secret", encoding="ascii")
    done = CliRunner().invoke(main, ["hub", "readmit", "nobody@example.org", "--folder", str(instance.folder)])
    assert done.exit_code == 3
    assert "nobody@example.org" in done.output


def test_every_page_of_logging_in_speaks_both_languages(browser: Callable[[Role], Client]) -> None:
    """What allauth would say in English is said in the language of the page."""
    client = browser(Role.ADMIN)
    pages = [LOGIN, SET_UP, CODE, RECOVER, reverse("account_reauthenticate"), reverse("account_change_password")]
    pages += [
        reverse(f"mfa_{name}") for name in ("index", "reauthenticate", "deactivate_totp", "generate_recovery_codes")
    ]
    for page in pages:
        said = client.get(page, follow=True).content.decode()
        assert not re.search(r"Authenticator|Password|Recovery|Two-Factor|Sign|Enter|Please", re.sub(r"(?s)<head>.*</head>", "", said).replace("Google Authenticator, Microsoft Authenticator", "")), page  # fmt: skip


@pytest.mark.parametrize(("typed_in", "said"), [("ngắn", "quá ngắn"), ("password1234", "nhiều người dùng"), ("congdoanlaodong2026", "tên đơn vị"), ("Nguoi-Moi-Moi!", "giống tên")])  # fmt: skip
def test_a_password_that_is_easily_guessed_is_refused_in_vietnamese(typed_in: str, said: str, province: None) -> None:
    link = reverse("people:accept", args=[Invitation.make("viewer")[1]])
    page = Client().post(link, NEW | {"name": "Nguoi Moi Moi", "password": typed_in}).content.decode()
    assert said in page
    assert not Person.objects.exists()
