"""Who may see what: every page of the hub by every role."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.resolvers import RegexPattern

from langnghe.hub.roles import PAGES, STAFF, Role, may_open

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.test import Client

    from .filled import Filled

SAMPLES: dict[str, Any] = {"int": 999_999, "str": "x", "slu": "x", "uui": uuid.UUID(int=1), "pat": "x"}
LIBRARIES = ("account_", "mfa_")
"""A value for each kind of parameter; pages of libraries: those that are not named in PAGES are closed."""


def patterns(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from patterns(entry, inner)
        elif entry.name:
            yield namespace + entry.name, entry


def flat(resolver: URLResolver) -> Iterator[URLPattern]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from flat(entry)
        else:
            yield entry


def address(name: str, pattern: URLPattern) -> str:
    written = getattr(pattern.pattern, "regex", None) if isinstance(pattern.pattern, RegexPattern) else None
    if written is not None:
        return reverse(name, kwargs=dict.fromkeys(written.groupindex, "x"))
    kinds = {
        key: type(value).__name__.removesuffix("Converter").lower()[:3]
        for key, value in pattern.pattern.converters.items()
    }
    return reverse(name, kwargs={key: SAMPLES[kind] for key, kind in kinds.items()})


ALL = dict(patterns(get_resolver()))


def test_every_page_is_named_with_its_roles() -> None:
    nameless = [entry for entry in flat(get_resolver()) if not entry.name]
    assert nameless == [], "a page without a name is open to nobody"
    ours = {name for name in ALL if not name.startswith(LIBRARIES)}
    assert ours - set(PAGES) == set(), "add them to langnghe.hub.roles.PAGES"
    assert set(PAGES) - set(ALL) == set(), "these pages are gone"


@pytest.mark.parametrize("role", list(Role))
def test_a_role_opens_its_pages_and_no_other(role: Role, browser: Callable[[Role], Client]) -> None:
    client = browser(role)
    for name, pattern in ALL.items():
        if name == "account_logout":
            continue
        answer = client.get(address(name, pattern))
        if may_open(role, name):
            assert answer.status_code in {200, 302, 404, 405}, (name, answer.status_code)
            assert not answer.headers.get("Location", "").startswith("/account/login") or role is Role.PUBLIC, name
        elif role is Role.PUBLIC and any(may_open(other, name) for other in STAFF):
            assert answer.headers["Location"].startswith("/account/login"), name
        else:
            assert answer.status_code == 403, (name, answer.status_code)


NOTHING_THERE = {
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
}
"""Pages of a second factor, which nobody here has."""
HAS_NO_PART = {(Role.ADMIN, "coding:desk"), (Role.ADMIN, "coding:sheet")}
"""Pages of coders, for who may code and was given nothing."""


@pytest.mark.parametrize("role", list(Role))
def test_a_role_opens_what_is_there(role: Role, filled: Filled) -> None:
    """The same with something behind each address: what a role may open it also gets, and of what it may not nothing shows."""
    client = filled.client(role)
    missing, shown = [], []
    for name in set(PAGES) - {"account_logout"} - NOTHING_THERE:
        answers = [client.get(one) for one in filled.addresses[name]]
        if may_open(role, name):
            is_there = {answer.status_code for answer in answers} & {200, 302, 405}
            missing += [] if is_there or (role, name) in HAS_NO_PART else [name]
        else:
            is_shut = [
                one.status_code == 403 or one.headers["Location"].startswith("/account/login") for one in answers
            ]
            shown += [] if all(is_shut) else [name]
    assert (missing, shown) == ([], [])


def test_nobody_signs_up_and_no_mail_resets_a_password(browser: Callable[[Role], Client]) -> None:
    client = browser(Role.PUBLIC)
    for name in ("account_signup", "account_reset_password", "account_email"):
        assert client.get(reverse(name)).status_code == 403
