"""The audit log as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_GET

from langnghe.hub.audit.models import Entry
from langnghe.hub.people.models import Person
from langnghe.hub.studies.models import Study
from langnghe.hub.surveys.models import Survey

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.http import HttpRequest, HttpResponse

PER_PAGE = 100
NOUNS: dict[str, type[Any]] = {"person": Person, "study": Study, "survey": Survey}
"""What entries name by its number."""


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """The newest entries."""
    pages = Paginator(Entry.objects.select_related("who"), PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    return render(request, "audit/list.html", {"page": page, "rows": named(page.object_list)})


def named(entries: Iterable[Entry]) -> list[tuple[Entry, str]]:
    """Entries with the names of what they are about, where it is still there: a number says little."""
    found = list(entries)
    numbers = {
        noun: {one.about for one in found if one.what.startswith(f"{noun}.") and one.about.isdecimal()}
        for noun in NOUNS
    }
    names = {noun: NOUNS[noun].objects.in_bulk([int(one) for one in numbers[noun]]) for noun in NOUNS}
    return [(one, _name(one, names)) for one in found]


def _name(entry: Entry, names: Mapping[str, Mapping[int, object]]) -> str:
    known = names.get(entry.what.partition(".")[0], {}) if entry.about.isdecimal() else {}
    return str(known.get(int(entry.about), entry.about)) if known else entry.about
