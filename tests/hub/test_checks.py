"""Published checks: everybody reads what the check desk wrote, and nothing else of the folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

if TYPE_CHECKING:
    from langnghe.hub.instance import Instance

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def published(instance: Instance) -> None:
    (instance.checks / "checks").mkdir(parents=True)
    for name in ("index.html", "feed.xml", "checks.json", "checks/nghi-3-bua.html"):
        (instance.checks / name).write_text(name, encoding="utf-8")
    (instance.folder / "secret.key").write_text("secret", encoding="ascii")


@pytest.mark.usefixtures("published")
def test_everybody_reads_pages_feed_and_data_without_a_cookie() -> None:
    anybody = Client()
    kinds = {
        "": "text/html",
        "feed.xml": "application/atom+xml",
        "checks.json": "application/json",
        "checks/nghi-3-bua.html": "text/html",
    }
    for name, kind in kinds.items():
        answer = anybody.get(reverse("checks:index") + name)
        assert answer.content.decode() == (name or "index.html")
        assert answer.headers["Content-Type"].startswith(kind)
        assert "script-src" not in answer.headers["Content-Security-Policy"]
        assert not answer.cookies
    assert reverse("checks:index") in anybody.get("/").content.decode()


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    "name", ["../secret.key", "..%2fsecret.key", "checks/..%2f..%2fsecret.key", "x.html", ".index.html", "index.php"]
)
def test_nothing_else_is_served(name: str) -> None:
    assert Client().get("/checks/" + name).status_code == 404


def test_without_a_check_desk_there_is_no_page_and_no_link() -> None:
    assert Client().get(reverse("checks:index")).status_code == 404
    assert reverse("checks:index") not in Client().get("/").content.decode()
