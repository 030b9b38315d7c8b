"""Bad input to every page, as every role and by every method: the hub says what is wrong, and never breaks."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from langnghe.hub.base.intake import Bucket, new_token
from langnghe.hub.feedback import flood
from langnghe.hub.roles import PAGES, Role, may_open
from langnghe.hub.studies.models import Study
from langnghe.hub.surveys import public
from langnghe.hub.surveys.models import Survey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from .filled import Filled

BAD = (
    "",
    "\0",
    "-1",
    "9" * 30,
    "1e999",
    "٣",
    "2026-13-45",
    "a\r\nb: c",
    "'; DROP TABLE audit_entry; --",
    "<script>{{ 7 * 7 }}</script>",
    "../../etc/passwd",
    "\ud800",
    "x" * 3_000,
    "https://elsewhere.example.org/",
)
"""What is put where something else is awaited."""

PLACES = ["0", "9" * 18, str(2**63), "9" * 40, quote("\0"), "%ff%fe", quote("../../etc/passwd"), "x" * 900, "' OR 1=1"]
"""What is put in place of a number or a name in an address."""

HEADERS: dict[str, Any] = {
    "CONTENT_LENGTH": "x",
    "HTTP_COOKIE": "sessionid=\xff; csrftoken=;;; =",
    "HTTP_ORIGIN": "null",
    "HTTP_REFERER": "::",
    "HTTP_SEC_FETCH_SITE": "\xff",
    "HTTP_ACCEPT_LANGUAGE": ",;q=x" * 50,
    "HTTP_HX_REQUEST": "true",
    "HTTP_HX_CURRENT_URL": "http://[",
    "HTTP_IF_MODIFIED_SINCE": "yesterday",
    "HTTP_RANGE": "bytes=9-1",
}
BODIES = [b"{", b"[]", b"null", b'{"size": 1e400, "name": null}', b'{"name": "\\u0000", "size": 1}', b"\xff" * 99]
METHODS = ("get", "head", "options", "post", "put", "patch", "delete")
ASKED = ("page", "state", "lang", "code", "from", "next")
FILES = [
    ("a.csv", b""),
    ("𠀀" * 120 + ".xlsx", b"PK\x03\x04 no archive"),
    ("a.xlsx", b"\x00" * 500),
    ("../../a.csv", b"text\n\0\n"),
    ("a.json", b"[[[[[[{"),
]


class Forms(HTMLParser):
    """The forms of a page: (address, {field: value that it has})."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.files: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # type: ignore[explicit-override]
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append((given.get("action", ""), {}))
        elif self.found and given.get("name") and tag in {"input", "select", "textarea", "button"}:
            self.found[-1][1].setdefault(given["name"], given.get("value", ""))
            if given.get("type") == "file":
                self.files.add(given["name"])


@pytest.fixture(autouse=True)
def no_floods(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits are not what is looked for."""
    wide = Bucket(10**6, 10**6)
    monkeypatch.setattr(flood, "GATES", {name: flood.Gate(wide, wide, wide) for name in ("writing", "reading")})
    monkeypatch.setattr(public, "TAKEN", wide)


def sent(client: Client, method: str, *given: Any, **also: Any) -> list[str]:
    """What was wrong with the answer: nothing, or one sentence."""
    answer = getattr(client, method)(*given, **also)
    return [f"{answer.status_code}: {method} {str(given)[:240]}"] if answer.status_code >= 500 else []


def forms_of(client: Client, address: str) -> Iterator[tuple[str, dict[str, str], set[str]]]:
    """(address, fields, fields of files) of each form on a page."""
    answer = client.get(address)
    if answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html"):
        return
    read = Forms(answer.content.decode())
    for action, fields in read.found:
        yield action if action.startswith("/") else address, fields, read.files & set(fields)


def posted_badly(client: Client, address: str, fields: dict[str, str], files: set[str]) -> list[str]:
    """Every field with one bad value; each field with another one while the others stay; nothing at all; bad files."""
    own = [name for name in fields if name != "csrfmiddlewaretoken"]
    one_each = [fields | {name: BAD[place % len(BAD)]} for place, name in enumerate(own * 2)]
    wrong = sent(client, "post", address, {})
    for said in (*one_each, *(dict.fromkeys(fields, bad) for bad in BAD)):
        wrong += sent(client, "post", address, {name: _plain(value) for name, value in said.items()})
    for name in files:
        for called, data in FILES:
            wrong += sent(client, "post", address, fields | {name: SimpleUploadedFile(called, data)})
    return wrong


def _plain(value: str) -> str:
    return value.encode("utf-8", "replace").decode()


@pytest.mark.slow
def test_no_form_breaks_the_hub(filled: Filled) -> None:
    """Every form once, as the first role that is shown it."""
    shorten_codebooks()
    tried, wrong = set(), []
    for role in Role:
        client = filled.client(role, raise_request_exception=False)
        for _, address in filled.pages(role):
            for action, fields, files in forms_of(client, address):
                if action != reverse("account_logout") and (action, tuple(fields)) not in tried:
                    tried.add((action, tuple(fields)))
                    wrong += posted_badly(client, action, fields, files)
    assert len(tried) > 30
    assert wrong == []


def shorten_codebooks() -> None:
    """Leave three issues: forms are the same, and each decision writes the whole book anew."""
    for study in Study.objects.all():
        path = study.path / "codebook.toml"
        if path.is_file():
            head, *issues = path.read_text(encoding="utf-8").split("[[issue]]")
            path.write_text("[[issue]]".join([head, *issues[:3]]), encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("role", [Role.PUBLIC, Role.ADMIN, Role.OFFICER])
def test_no_address_breaks_the_hub(filled: Filled, role: Role) -> None:
    client, wrong = filled.client(role, raise_request_exception=False), []
    for name, address in some_of_each(filled):
        for method in ("get", "head", "options", "post", "put", "patch", "delete"):
            wrong += sent(client, method, address)
        if may_open(role, name):
            asked = [dict.fromkeys(ASKED, bad) for bad in BAD if len(bad) < 99]
            for address_to in [f"{address}?{urlencode(one, errors='replace')}" for one in asked] + led_astray(address):
                wrong += sent(client, "get", address_to) + sent(client, "post", address_to)
    assert wrong == []


def some_of_each(filled: Filled) -> list[tuple[str, str]]:
    """(name, address) of every page but the one that logs out."""
    return [(name, filled.addresses[name][0]) for name in PAGES if name != "account_logout"]


def led_astray(address: str) -> list[str]:
    """An address with something else in place of each number and each random name in it."""
    parts = re.findall(r"(?<=/)(?:\d+|[\w-]{20,}|wages|csv|pdf|accept)(?=/|$)", address.replace(".", "/"))
    return [address.replace(part, place) for part in parts for place in PLACES]


def test_no_header_and_no_body_breaks_the_hub(filled: Filled) -> None:
    client, wrong = filled.client(Role.ADMIN, raise_request_exception=False), []
    session = client.cookies["sessionid"].value
    for _, address in some_of_each(filled):
        for header, value in HEADERS.items():
            given = {header: f"sessionid={session}; {value}" if header == "HTTP_COOKIE" else value}
            wrong += sent(client, "get", address, **given) + sent(client, "post", address, **given)
        for body in BODIES:
            for kind in ("application/json", "multipart/form-data; boundary=x", "text/plain; charset=nothing"):
                wrong += sent(client, "generic", "POST", address, body, kind)
            wrong += sent(client, "put", f"{address}?from=0", body, content_type="application/octet-stream")
    assert wrong == []


def test_no_answer_of_a_respondent_breaks_the_hub(filled: Filled) -> None:
    client, wrong = filled.client(Role.PUBLIC, raise_request_exception=False), []
    survey = Survey.objects.get(is_released=True, is_sealed=False)
    address, token = reverse("surveys:answer", args=[survey.slug]), new_token(f"survey.{survey.pk}")
    good = {"q-eats": "yes", "q-good": "fair", "page": "3", "consent": "yes", "go": "send", "token": token}
    for bad in (*BAD, "\ufffe", "x" * 300_000):
        for name in (*good, "q-wishes", "q-other", "q-years"):
            said = good | {"token": new_token(f"survey.{survey.pk}")} | {name: _plain(bad)}
            wrong += sent(client, "post", address, said) + sent(client, "post", address, said | {"go": "back"})
    assert wrong == []
