"""Pages of published checks, as `langnghe check publish` wrote them into the folder `checks` of the instance: served, never changed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

if TYPE_CHECKING:
    from django.http import HttpRequest

NAME = re.compile(r"[a-z0-9_-]+\.(html|xml|json|csv)", re.ASCII)
TYPES = {
    "html": "text/html; charset=utf-8",
    "xml": "application/atom+xml; charset=utf-8",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
}
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""Pages have their own style in them; their ClaimReview is data that is not run."""


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The list of checks."""
    return _file("index.html")


@require_safe
def page(request: HttpRequest, name: str) -> HttpResponse:
    """The list, method, corrections, funding, the feed, or the checks as data."""
    return _file(name)


@require_safe
def check(request: HttpRequest, name: str) -> HttpResponse:
    """One check."""
    return _file(name, "checks")


def _file(name: str, *below: str) -> HttpResponse:
    path = settings.INSTANCE.checks.joinpath(*below, name)
    known = NAME.fullmatch(name)
    if known is None or not path.is_file():
        raise Http404
    response = HttpResponse(path.read_bytes(), content_type=TYPES[known[1]])
    response.headers["Content-Security-Policy"] = POLICY
    return response
