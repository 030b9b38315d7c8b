"""Issues in the browser: what people decide, who, when, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

import langnghe as ln
from langnghe.hub.issues.forms import id_of
from langnghe.hub.people.models import Person
from langnghe.hub.roles import Role
from langnghe.issues.codebook import read_codebook
from langnghe.issues.custom import is_signed

from .studies import study_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from langnghe.hub.instance import Instance
    from langnghe.hub.studies.models import Study

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def study(person_of: Callable[[Role], Person], instance: Instance, run_once: Path) -> Study:
    return study_of(person_of(Role.ADMIN), run_once)


def ids(study: Study) -> set[str]:
    return {one.id for one in read_codebook(study.open().codebook_path).issues}


def decide(client: Client, study: Study, what: str, **said: str) -> str:
    return client.post(reverse("issues:decide", args=[study.pk, what]), said, follow=True).content.decode()


def test_each_decision_has_who_and_when_and_is_taken_back(browser: Callable[[Role], Client], study: Study) -> None:
    client = browser(Role.RESEARCHER)
    before = study.open().codebook_path.read_bytes()
    decide(client, study, "add", name="Xe đưa rước", name_en="Shuttle bus", seeds="xe đưa rước\nxe công ty đón")
    assert "xe_dua_ruoc" in ids(study)
    decide(client, study, "split", issue="wages", name="Chậm lương", name_en="Late pay", seeds="chậm lương\nnợ lương")
    page = decide(client, study, "merge", issue="cham_luong", into="wages")
    assert [one.what for one in ln.read_decisions(study.open())] == ["add", "split", "merge"]
    assert {one.by for one in ln.read_decisions(study.open())} == {"researcher"}
    assert "researcher" in page
    study.refresh_from_db()
    assert study.stale
    for _ in range(3):
        client.post(reverse("issues:undo", args=[study.pk]))
    assert study.open().codebook_path.read_bytes() == before


def test_what_cannot_be_is_told_and_changes_nothing(browser: Callable[[Role], Client], study: Study) -> None:
    before = study.open().codebook_path.read_bytes()
    page = decide(browser(Role.RESEARCHER), study, "add", name="Đình công", name_en="Strikes", seeds="đình công")
    assert 'class="note error"' in page
    assert study.open().codebook_path.read_bytes() == before


def test_the_page_shows_sizes_phrases_and_what_can_be_decided(browser: Callable[[Role], Client], study: Study) -> None:
    client = browser(Role.RESEARCHER)
    page = client.get(reverse("issues:list", args=[study.pk]))
    row = next(one for one in (*page.context["issues"], *page.context["candidates"]) if one.texts)
    assert f'<td class="number">{row.texts}</td>' in page.content.decode()
    shown = client.get(reverse("issues:show", args=[study.pk, "wages"])).content.decode()
    assert shown.count("<form") >= 4
    texts = client.get(reverse("issues:texts", args=[study.pk, row.id]))
    assert texts.context["rows"]
    assert client.get(reverse("issues:show", args=[study.pk, "nothing"])).status_code == 404


def test_a_second_person_reads_the_code_book_and_signs_it(
    browser: Callable[[Role], Client], person_of: Callable[[Role], Person], study: Study
) -> None:
    editor = browser(Role.RESEARCHER)
    decide(editor, study, "add", name="Xe đưa rước", name_en="Shuttle bus", seeds="xe đưa rước\nxe công ty đón")
    own = editor.get(reverse("issues:book", args=[study.pk]))
    said = {"editor": "researcher", "read": own.context["form"].initial["read"], "sure": "on"}
    assert "xe công ty đón" in own.content.decode(), "all of it can be read"
    assert reverse("issues:sign", args=[study.pk]) not in own.content.decode()
    editor.post(reverse("issues:sign", args=[study.pk]), said)
    assert read_codebook(study.open().codebook_path).signature is None, "nobody signs what they decided"
    signer = Client()
    signer.force_login(Person.objects.get(email="admin@example.org"), backend=BACKEND)
    signer.post(reverse("issues:sign", args=[study.pk]), said | {"read": "of an older one"})
    signer.post(reverse("issues:sign", args=[study.pk]), said | {"sure": ""})
    assert read_codebook(study.open().codebook_path).signature is None
    signer.post(reverse("issues:sign", args=[study.pk]), said)
    book = read_codebook(study.open().codebook_path)
    assert is_signed(book)
    assert book.signature is not None
    assert (book.signature.editor, book.signature.signer) == ("researcher", "admin")
    assert "admin" in signer.get(reverse("issues:list", args=[study.pk])).content.decode()
    decide(editor, study, "rename", issue="xe_dua_ruoc", name="Xe công ty", name_en="Company bus")
    assert not is_signed(read_codebook(study.open().codebook_path)), "what changes has to be signed again"


def test_an_id_is_made_of_a_name() -> None:
    assert id_of("Cơm ca & nước") == "com_ca_nuoc"
    assert id_of("Đồng phục (mới)") == "dong_phuc_moi"
