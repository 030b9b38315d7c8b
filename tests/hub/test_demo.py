"""The demo: an empty hub is filled by the ordinary verbs, every page says that it is invented, nothing real is touched."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from langnghe.errors import SettingError
from langnghe.hub.demo import study
from langnghe.hub.demo.examples import example
from langnghe.hub.demo.fill import fill
from langnghe.hub.demo.people import PEOPLE, address_of
from langnghe.hub.demo.survey import example_form, invented
from langnghe.hub.feedback.models import STATES, Letter
from langnghe.hub.people.models import Person
from langnghe.hub.roles import STAFF
from langnghe.hub.studies.models import State, Study, Upload
from langnghe.hub.surveys.answers import faults
from langnghe.hub.surveys.models import Survey, today
from langnghe.hub.units.models import Unit

if TYPE_CHECKING:
    from langnghe.hub.instance import Instance

ROWS = 200
MARK = "Mọi thứ ở đây là bịa"


@pytest.fixture
def shorter(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first rows of the example study: all of it takes longer, and is run by `make report`."""
    first = b"".join(example(study.NAME).splitlines(keepends=True)[: ROWS + 1])
    monkeypatch.setattr(study, "example", lambda _: first)


@pytest.mark.slow
@pytest.mark.usefixtures("db", "shorter")
def test_an_empty_hub_is_filled_and_says_so_on_every_page(instance: Instance) -> None:
    demo = fill()
    assert {person.role for person in Person.objects.all()} == {role.value for role in STAFF}
    assert set(Letter.objects.values_list("state", flat=True)) == set(STATES)
    assert Study.objects.get().state == State.DONE
    assert not [one for one in Upload.objects.all() if one.erased is None or one.path.exists()]
    assert len(Survey.objects.get(is_sealed=True).sealed_answers()) > 100
    anybody = Client()
    for page in (reverse("home"), reverse("surveys:answer", args=[demo.slug]), reverse("feedback:write")):
        assert MARK in anybody.get(page).content.decode(), page
    for word, *_ in PEOPLE:
        client = Client()
        assert client.login(email=address_of(word), password=demo.password), word
        assert MARK in client.get(reverse("home")).content.decode(), "and no second factor is asked for"
    index = anybody.get(reverse("checks:index")).content.decode()
    page = re.findall(r'href="(?:\./)?(checks/c-0001\.html)"', index)[0]
    assert "Bộ luật Lao động" in anybody.get(reverse("checks:index") + page).content.decode()
    assert demo.password in fill().told("http://localhost:8000", "vi"), "started again, it says the same"
    assert instance.demo.stat().st_mode & 0o077 == 0


def test_a_hub_that_holds_something_is_not_filled(province: Unit, instance: Instance) -> None:
    with pytest.raises(SettingError):
        fill()
    assert Unit.objects.count() == 3
    assert not instance.is_demo


def test_invented_answers_fit_the_form() -> None:
    form = example_form()
    for answers in invented(form, 50, random.Random(1)):
        assert faults(form, form.questions, answers, today()) == {}
