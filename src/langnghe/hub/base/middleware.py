"""Middleware: headers that make a browser careful, the language of a page, and the gate that roles pass."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils import translation

from langnghe.hub.audit.models import record
from langnghe.hub.people.second import must_set_up
from langnghe.hub.roles import PAGES, STAFF, Role, may_open, role_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from langnghe.hub.people.models import Person

    Answer = Callable[[HttpRequest], HttpResponse]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)
REPORT_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; frame-ancestors 'none'; sandbox"
)
"""What pages may load: nothing from elsewhere and no script or style in the page itself. A report, which is one file with its styles in
it, runs no script at all."""

HEADERS = {
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}
LANGUAGES = ("vi", "en")
RESPONDENTS = {"surveys:answer", "feedback:write", "feedback:read"}
"""Pages of people who are not to be known again."""
LARGEST = 2**63 - 1
"""The largest number of a row: databases refuse to look for a larger one."""


def security_headers(get_response: Answer) -> Answer:
    """Send the content security policy and its like with every answer."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return answer


def no_marks(get_response: Answer) -> Answer:
    """Give respondents no cookie, whatever cookies they bring: Django would put new ones in place of those that it can't read."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.resolver_match and request.resolver_match.view_name in RESPONDENTS:
            response.cookies.clear()
        return response

    return answer


def language(get_response: Answer) -> Answer:
    """Choose the language: what the address asks for (?lang=en), what the person chose, else Vietnamese."""

    def answer(request: HttpRequest) -> HttpResponse:
        asked = request.GET.get("lang", "")
        chosen = getattr(request.user, "language", "") if request.user.is_authenticated else ""
        lang = next((one for one in (asked, chosen) if one in LANGUAGES), "vi")
        with translation.override(lang):
            request.LANGUAGE_CODE = lang
            return get_response(request)

    return answer


def _kept_nowhere(response: HttpResponse) -> HttpResponse:
    """A page of staff, which no browser and no proxy keeps."""
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def gate(get_response: Answer) -> Answer:
    """Middleware: let a request through when its role may open the page; ask for a login or a second factor, or refuse."""

    def answer(request: HttpRequest) -> HttpResponse:
        try:
            found = resolve(request.path_info)
        except Resolver404:
            return get_response(request)  # the page for what is missing
        if any(isinstance(value, int) and value > LARGEST for value in found.kwargs.values()):
            raise Http404
        role, page = role_of(request), found.view_name
        if may_open(role, page):
            if must_set_up(request, role, page):
                return redirect("mfa_activate_totp")
            return _kept_nowhere(get_response(request)) if role is not Role.PUBLIC else get_response(request)
        if role is Role.PUBLIC and any(page in PAGES and may_open(other, page) for other in STAFF):
            return redirect_to_login(request.get_full_path())
        if role is not Role.PUBLIC:
            record(cast("Person", request.user), "page.refused", page)
        raise PermissionDenied

    return answer
