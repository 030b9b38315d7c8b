"""The audit log as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_GET

from langnghe.hub.audit.models import Entry

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PER_PAGE = 100


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """The newest entries."""
    pages = Paginator(Entry.objects.select_related("who"), PER_PAGE)
    return render(request, "audit/list.html", {"page": pages.get_page(request.GET.get("page"))})
