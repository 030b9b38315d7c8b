"""A hub with one of everything in it, and an address of every page that leads to something which is there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.test import Client
from django.urls import reverse

from desk_rows import published
from langnghe.check.publish import publish
from langnghe.hub.coding.models import Seat
from langnghe.hub.feedback.models import Letter, today
from langnghe.hub.people.models import Invitation, Person
from langnghe.hub.roles import PAGES, Role, may_open
from langnghe.hub.studies.models import State, Study, Upload
from langnghe.hub.surveys.models import Survey, store
from langnghe.hub.surveys.seal import seal
from langnghe.hub.surveys.xlsform import read_form
from langnghe.hub.units.models import Unit

from .studies import study_of
from .xlsforms import MEALS, save

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from django.http import HttpResponse

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass(frozen=True)
class Filled:
    """What tests of all pages need.

    Attributes
    ----------
    people : one of each role; the officer belongs to the zone.
    addresses : name of a page → addresses with something behind them.
    """

    people: dict[Role, Person]
    addresses: dict[str, list[str]]

    def client(self, role: Role, **given: Any) -> Client:
        """A browser in which somebody of a role is logged in."""
        client = Client(**given)
        if role is not Role.PUBLIC:
            client.force_login(self.people[role], backend=BACKEND)
        return client

    def pages(self, role: Role) -> list[tuple[str, str]]:
        """(name, address) of what a role may open and what has a page to look at: no file, and nothing that only takes."""
        client = self.client(role)
        mine = [(name, one) for name in PAGES if may_open(role, name) for one in self.addresses[name]]
        return [(name, one) for name, one in mine if _is_page(client.get(one))]


def _is_page(answer: Any) -> bool:
    response: HttpResponse = answer
    is_whole = response.status_code == 200 and "Content-Disposition" not in response.headers
    return is_whole and b"<html" in response.content[:200]  # not a part of a page, nor a file


def fill(person_of: Callable[[Role], Person], drawn: Path, folder: Path) -> Filled:
    """Put one of everything into an instance."""
    people: dict[Role, Person] = {role: person_of(role) for role in Role if role is not Role.PUBLIC}
    surveys, letters, studies = _surveys(folder), _letters(people), _studies(people[Role.RESEARCHER], drawn)
    done = studies[0]
    _publish(settings.INSTANCE.checks)
    for number, role in enumerate((Role.CODER, Role.RESEARCHER), 1):
        Seat.objects.create(study=done, person=people[role], number=number)
    forgot = Person.objects.create_user("quen@example.org", "x", role="viewer")
    upload = Upload.objects.create(study=studies[1], name="a.csv", size=10)
    known: dict[str, list[list[Any]]] = {
        "language": [["en"]],
        "people:change": [[people[Role.OFFICER].pk]],
        "people:reset": [[forgot.pk]],
        "people:password": [[forgot.pk, default_token_generator.make_token(forgot)]],
        "people:accept": [[Invitation.make("viewer")[1]]],
        "units:change": [[Unit.objects.get(kind="zone").pk]],
        "surveys:answer": [[survey.slug] for survey in surveys if survey.is_released],
        "surveys:export": [[survey.pk, ending] for survey in surveys for ending in ("csv", "xlsx")],
        "feedback:rule": [[Unit.objects.get(kind="zone").pk]],
        "studies:download": [[done.pk, what] for what in ("pdf", "docx", "json", "html", "data")],
        "studies:part": [[studies[1].pk, upload.pk]],
        "checks:page": [[name] for name in ("feed.xml", "method.html", "corrections.html", "funding.html")],
        "checks:check": [["c-0001.html"]],
        "issues:show": [[done.pk, "wages"]],
        "issues:texts": [[done.pk, "wages"]],
        "issues:decide": [[done.pk, what] for what in ("accept", "rename", "split", "add", "merge", "drop")],
    }
    rows: dict[str, list[Any]] = {
        "surveys": surveys,
        "feedback": letters,
        "studies": studies,
        "issues": [done],
        "coding": [done],
    }
    return Filled(people, {name: _addresses(name, known, rows) for name in PAGES})


def _addresses(name: str, known: dict[str, list[list[Any]]], rows: dict[str, list[Any]]) -> list[str]:
    """Of pages that are not known: the one without arguments, else one for each row of its app."""
    if name in known:
        return [reverse(name, args=given) for given in known[name]]
    app = name.partition(":")[0]
    is_bare = app not in rows or name in BARE
    return [reverse(name)] if is_bare else [reverse(name, args=[row.pk]) for row in rows[app]]


BARE = {
    *("surveys:list", "surveys:add", "surveys:example", "studies:list", "studies:begin", "coding:list"),
    *("feedback:write", "feedback:read", "feedback:inbox", "feedback:figures", "feedback:export", "feedback:rules"),
}
"""Pages of apps with rows that are about none of them."""


def _surveys(folder: Path) -> list[Survey]:
    """A draft, an open one, a closed one with answers."""
    form = read_form(save(folder, MEALS)).to_json()
    zone, now = Unit.objects.get(kind="zone"), today()
    days = {"opens": now - dt.timedelta(9), "closes": now + dt.timedelta(9)}
    about = {"purpose_vi": "Để bữa ăn tốt hơn", "contact": "Văn phòng, 12 phố Ví Dụ", "form_json": form, "unit": zone}
    made = [
        Survey.objects.create(title_vi=title, title_en="Meals", is_released=is_released, **about, **days)
        for title, is_released in (("Bữa ăn ca (nháp)", False), ("Bữa ăn ca quý 3", True), ("Bữa ăn ca quý 2", True))
    ]
    for number in range(25):
        own = {"eats": "yes", "good": "bad" if number % 2 else "fair", "years": str(number)}
        said = {"wishes": "other", "other": f"canh nguội, cơm khô, số {number}"} if number % 2 else {}
        store(made[2], 977 + number, own | said)
    made[2] = seal(made[2])
    return made


def _publish(folder: Path) -> None:
    """What a check desk publishes, which the hub hands on as it is."""
    publish(published(folder.parent / "desk"), folder)


def _letters(people: dict[Role, Person]) -> list[Letter]:
    """One that is overdue, one in the officer's charge with an answer."""
    zone, made = Unit.objects.get(kind="zone"), []
    for number in range(2):
        letter = Letter(pk=10**17 + number, code_hash=str(number), reader=zone, topic="wages", day=today(), due=today())
        letter.contact, letter.may_study = "Chị Hoa, xưởng 3", True
        letter.due = today() + dt.timedelta(days=-3 if number == 0 else 5)
        letter.save()
        letter.write("Công ty nợ lương hai tháng. Gọi cho tôi số 0912 345 678.")
        made.append(letter)
    made[1].in_charge, made[1].state = people[Role.OFFICER], "answered"
    made[1].save()
    made[1].write("Chúng tôi đã làm việc với công ty.", is_staff=True)
    return made


def _studies(person: Person, drawn: Path) -> list[Study]:
    """One that is done and has a sample; one for each other state."""
    made = [study_of(person, drawn), *(study_of(person) for _ in range(4))]
    said = {"vi": "nội dung = 'Nội dung'", "en": "text = 'Nội dung'"}
    told = {"what": "không đọc được.", "mend": "Hãy lưu lại dưới dạng CSV."}
    made[2].become(State.CHECK, reading={"asked": {}, "columns": ["Nội dung", "Ngày"], "said": said})
    made[3].become(State.RUNNING, stage="issues", done=40, total=100)
    made[4].become(State.FAILED, fault={"where": "tam.csv", "vi": told, "en": told})
    return made
