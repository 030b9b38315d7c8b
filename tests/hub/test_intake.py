"""Taking what anybody writes: tokens, where a form comes from, and limits that look at nobody's address."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from langnghe.hub.base import intake


def test_a_token_opens_for_its_purpose_alone() -> None:
    token = intake.new_token("feedback", "khoá")
    assert intake.key_of("feedback", token) == ("khoá", False)
    assert intake.key_of("survey.1", token) is None
    assert intake.key_of("feedback", token + "x") is None


def test_an_old_page_keeps_its_key(monkeypatch: pytest.MonkeyPatch) -> None:
    token = intake.new_token("feedback", "k")
    monkeypatch.setattr(intake, "HOLDS", -1)
    assert intake.key_of("feedback", token) == ("k", True)


@pytest.mark.parametrize(
    ("headers", "is_ours"),
    [
        ({}, True),
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Origin": "http://testserver"}, True),
        ({"Origin": "https://elsewhere.example"}, False),
        ({"Origin": "null"}, False),
    ],
)
def test_a_form_of_another_site_is_not_ours(headers: dict[str, str], *, is_ours: bool) -> None:
    assert intake.is_from_here(RequestFactory().post("/", headers=headers)) is is_ours


def test_a_bucket_fills_again() -> None:
    now = [0.0]
    bucket = intake.Bucket(rate=1, most=3, clock=lambda: now[0])
    assert [bucket.take() for _ in range(4)] == [True, True, True, False]
    now[0] = 2
    assert [bucket.take() for _ in range(3)] == [True, True, False]
