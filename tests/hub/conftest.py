"""What tests of the hub share: a person of each role, and a browser without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.test import Client

from langnghe.hub.people.models import Person
from langnghe.hub.roles import Role
from langnghe.hub.units.models import Unit

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_django.fixtures import Settings

PASSWORD = "một câu dài dễ nhớ của tôi"

Browser = "Callable[[Role], Client]"


@pytest.fixture
def province(db: None) -> Unit:
    """A province with a zone and a grassroots unit in it."""
    root = Unit.objects.create(name="Liên đoàn Lao động tỉnh Ví Dụ", kind="province")
    zone = Unit.objects.create(name="Khu công nghiệp Bến Mơ", kind="zone", parent=root)
    Unit.objects.create(name="Công đoàn cơ sở May Mắn", kind="grassroots", parent=zone)
    return root


@pytest.fixture
def person_of(province: Unit) -> Callable[[Role], Person]:
    """Make a person of a role; an officer belongs to the zone."""

    def make(role: Role) -> Person:
        unit = Unit.objects.get(kind="zone") if role is Role.OFFICER else None
        return Person.objects.create_user(f"{role}@example.org", PASSWORD, name=str(role), role=role.value, unit=unit)

    return make


@pytest.fixture
def browser(person_of: Callable[[Role], Person]) -> Callable[[Role], Client]:
    """A browser in which a person of a role is logged in; of the public, one without an account."""

    def open_as(role: Role) -> Client:
        client = Client()
        if role is not Role.PUBLIC:
            client.force_login(person_of(role), backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return open_as


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    """Limits begin anew with each test."""
    cache.clear()


@pytest.fixture(autouse=True)
def quick_passwords(settings: Settings) -> None:
    """Hashing that is slow on purpose is tested once and not waited for elsewhere."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
