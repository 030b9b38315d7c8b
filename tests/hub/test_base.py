"""What all pages share: headers, language, health, and the audit log that is only added to."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

import langnghe.hub
from langnghe.hub.audit.models import Entry, record
from langnghe.hub.audit.words import WHAT
from langnghe.hub.roles import Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from langnghe.hub.people.models import Person
    from langnghe.hub.units.models import Unit


@pytest.mark.django_db
def test_pages_load_nothing_from_elsewhere_and_run_nothing_inline() -> None:
    answer = Client().get("/")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    page = answer.content.decode()
    assert "<script>" not in page
    assert "style=" not in page
    assert "https://" not in page
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.django_db
def test_a_visitor_gets_no_cookie() -> None:
    assert not Client().get("/").cookies


@pytest.mark.parametrize("name", ["feedback:write", "feedback:read"])
def test_a_respondent_gets_no_cookie_in_place_of_one_that_means_nothing(province: Unit, name: str) -> None:
    answer = Client(headers={"Cookie": "sessionid=x; csrftoken=x"}).get(reverse(name))
    assert answer.status_code == 200
    assert not answer.cookies


@pytest.mark.django_db
def test_the_health_page_says_that_the_database_works() -> None:
    assert Client().get("/health").json()["works"] is True


def test_the_language_of_the_address_and_of_the_account(browser: Callable[[Role], Client]) -> None:
    assert "Đăng nhập" in Client().get("/").content.decode()
    assert "Log in" in Client().get("/?lang=en").content.decode()
    client = browser(Role.VIEWER)
    client.post("/language/en")
    assert "Welcome" in client.get("/").content.decode()


def test_the_audit_log_is_only_added_to(person_of: Callable[[Role], Person]) -> None:
    entry = record(person_of(Role.ADMIN), "unit.added", "Khu Bến Mơ")
    entry.what = "nothing"
    with pytest.raises(TypeError):
        entry.save()
    with pytest.raises(TypeError):
        entry.delete()
    for statement in ("UPDATE audit_entry SET what = 'x'", "DELETE FROM audit_entry"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert Entry.objects.get().what == "unit.added"


def test_everything_that_the_sources_put_into_the_log_has_words() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in Path(langnghe.hub.__file__).parent.rglob("*.py"))
    named = set(re.findall(r'record\(.*?"([a-z]+\.[a-z_]+)"', text))
    assert len(named) > 30
    assert named - set(WHAT) == set()
