"""People: the first start, invitations, logging in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from langnghe.hub import settings as real
from langnghe.hub.audit.models import Entry
from langnghe.hub.people.models import Invitation, Person
from langnghe.hub.roles import Role
from langnghe.hub.serve import first_link
from langnghe.hub.units.models import Unit

from .conftest import PASSWORD
from .second import code_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_django.fixtures import Settings

NEW = {"name": "Người mới", "email": "Moi@Example.org", "password": PASSWORD}


def joined(link: str, **changes: str) -> tuple[Client, int]:
    client = Client()
    answer = client.post(link, NEW | changes)
    return client, answer.status_code


@pytest.mark.django_db
def test_the_first_start_gives_a_link_that_makes_one_administrator() -> None:
    link = first_link("")
    assert link is not None
    client, status = joined(link)
    assert status == 302
    assert Person.objects.get().role == "admin"
    assert client.get(reverse("people:list")).headers["Location"] == reverse("mfa_activate_totp")
    assert joined(link)[1] == 404, "it works once"
    assert first_link("") is None


@pytest.mark.django_db
def test_a_second_first_link_voids_the_one_before() -> None:
    before, after = first_link(""), first_link("")
    assert before is not None
    assert after is not None
    assert joined(before)[1] == 404
    assert joined(after)[1] == 302


def test_an_invitation_makes_the_role_and_unit_that_it_is_for(browser: Callable[[Role], Client]) -> None:
    zone = Unit.objects.get(kind="zone")
    page = browser(Role.ADMIN).post(reverse("people:invite"), {"role": "officer", "unit": zone.pk})
    link = page.context["link"]
    assert Invitation.objects.get().hashed not in link
    joined(link)
    person = Person.objects.get(email="moi@example.org")
    assert (person.role, person.unit) == ("officer", zone)
    told = list(Entry.objects.exclude(what="person.logged_in").values_list("what", flat=True))
    assert told == ["person.joined", "person.invited"]


def test_an_officer_without_a_unit_is_refused(browser: Callable[[Role], Client]) -> None:
    page = browser(Role.ADMIN).post(reverse("people:invite"), {"role": "officer"})
    assert "phải thuộc một đơn vị" in page.content.decode()
    assert not Invitation.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("changes", [{"password": "ngắn"}, {"email": "khong-phai"}, {"name": ""}])
def test_an_account_that_cannot_be_is_refused_and_the_link_stays(changes: dict[str, str]) -> None:
    link = first_link("") or ""
    assert joined(link, **changes)[1] == 200
    assert not Person.objects.exists()
    assert joined(link)[1] == 302


@pytest.mark.django_db
def test_an_old_invitation_is_closed() -> None:
    invitation, secret = Invitation.make("viewer")
    invitation.expires = timezone.now()
    invitation.save()
    assert joined(reverse("people:accept", args=[secret]))[1] == 404


def test_the_last_administrator_stays(browser: Callable[[Role], Client]) -> None:
    client = browser(Role.ADMIN)
    admin = Person.objects.get(role="admin")
    page = client.post(reverse("people:change", args=[admin.pk]), {"name": "A", "role": "viewer"})
    assert "ít nhất một người quản trị" in page.content.decode()
    admin.refresh_from_db()
    assert admin.role == "admin"


def test_a_password_logs_in_and_a_closed_account_does_not(person_of: Callable[[Role], Person]) -> None:
    person = person_of(Role.VIEWER)
    client = Client()
    form = {"login": person.email, "password": PASSWORD}
    assert client.post(reverse("account_login"), form).status_code == 302
    assert client.get(reverse("units:list")).status_code == 200
    person.is_active = False
    person.save()
    assert client.get(reverse("units:list")).status_code == 302
    client.post(reverse("account_login"), form)
    assert client.get(reverse("units:list")).status_code == 302


def test_guessing_a_password_is_stopped_even_when_it_is_guessed_at_last(person_of: Callable[[Role], Person]) -> None:
    person = person_of(Role.VIEWER)
    client = Client()
    for number in range(8):
        client.post(reverse("account_login"), {"login": person.email, "password": f"sai {number}"})
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    assert client.get(reverse("units:list")).status_code == 302
    other = Client()
    other.post(reverse("account_login"), {"login": person_of(Role.CODER).email, "password": PASSWORD})
    assert other.get(reverse("units:list")).status_code == 200, "only that account is held up"


def test_the_password_is_stored_as_argon2(person_of: Callable[[Role], Person], settings: Settings) -> None:
    settings.PASSWORD_HASHERS = real.PASSWORD_HASHERS
    assert person_of(Role.VIEWER).password.startswith("argon2$argon2id")


def test_a_forgotten_password_is_replaced_by_a_link_that_works_once(
    browser: Callable[[Role], Client], person_of: Callable[[Role], Person]
) -> None:
    officer = person_of(Role.OFFICER)
    logged_in = Client()
    logged_in.force_login(officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = browser(Role.ADMIN).post(reverse("people:reset", args=[officer.pk])).content.decode()
    link = re.findall(r"http://testserver(/people/password/[^<]+)", page)[0]
    assert logged_in.get(reverse("feedback:inbox")).status_code == 302, "sessions end at once"
    anybody, other = Client(), "một câu khác thật dài"
    assert not anybody.login(email=officer.email, password=PASSWORD), "so does the old password"
    assert "error" in anybody.post(link, {"password": "short"}).content.decode()
    assert anybody.post(link, {"password": other}).status_code == 302
    assert anybody.get(link).status_code == 404
    assert anybody.login(email=officer.email, password=other)


def test_who_logged_in_and_what_was_refused_is_in_the_log(person_of: Callable[[Role], Person]) -> None:
    coder, client = person_of(Role.CODER), Client()
    login = reverse("account_login")
    client.post(login, {"login": coder.email, "password": "another one, wrong"})
    client.post(login, {"login": "nobody@example.org", "password": "another one, wrong"})
    client.post(login, {"login": coder.email, "password": PASSWORD})
    assert client.get(reverse("people:list")).status_code == 403
    told = [(entry.what, entry.about) for entry in Entry.objects.order_by("id")]
    number = str(coder.pk)
    assert told == [
        ("person.refused", number),
        ("person.refused", "–"),
        ("person.logged_in", number),
        ("page.refused", "people:list"),
    ]
    assert client.get(reverse("coding:list")).headers["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_the_seed_of_a_second_factor_is_stored_encrypted(person_of: Callable[[Role], Person]) -> None:
    seed = generate_totp_secret()
    made = TOTP.activate(person_of(Role.VIEWER), seed)
    kept = Authenticator.objects.get().data
    assert seed not in str(kept)
    assert made.validate_code(code_of(seed))
