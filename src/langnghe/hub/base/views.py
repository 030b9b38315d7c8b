"""The first page, the health page, and pages for what goes wrong."""

from __future__ import annotations

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from langnghe._version import __version__
from langnghe.hub.base.middleware import LANGUAGES
from langnghe.hub.people.account import since_last_login
from langnghe.hub.roles import Role, role_of
from langnghe.hub.units.models import Unit


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Where a person begins: what the role may do."""
    has_checks = (settings.INSTANCE.checks / "index.html").is_file()
    page = {"has_checks": has_checks}
    if request.user.is_authenticated:
        page |= since_last_login(request.user)
        page["first_steps"] = role_of(request) is Role.ADMIN and not Unit.objects.exists()
    return render(request, "hub/home.html", page)


@require_GET
def health(request: HttpRequest) -> JsonResponse:
    """Whether the hub and its database work, for whoever watches it; tells nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        works = cursor.fetchone() == (1,)
    return JsonResponse({"works": works, "version": __version__}, status=200 if works else 503)


@require_POST
def language(request: HttpRequest, lang: str) -> HttpResponse:
    """Choose the language: kept with the account; without an account it stands in the address."""
    chosen = lang if lang in LANGUAGES else "vi"
    if request.user.is_authenticated:
        request.user.language = chosen
        request.user.save(update_fields=["language"])
        return redirect("home")
    return redirect(f"/?lang={chosen}")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The page for what a role may not see."""
    return render(request, "hub/wrong.html", {"status": 403}, status=403)


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a form that was open for too long, or that another site sent."""
    return render(request, "hub/wrong.html", {"status": "stale"}, status=403)


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The page for what is not there."""
    return render(request, "hub/wrong.html", {"status": 404}, status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """The page for a fault of the hub itself: it needs no database."""
    return render(request, "hub/wrong.html", {"status": 500}, status=500)
