"""Pages of units: the tree, adding and changing."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from langnghe.hub.audit.models import record
from langnghe.hub.base.templatetags.say import say
from langnghe.hub.units.forms import UnitForm
from langnghe.hub.units.models import Unit

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from langnghe.hub.people.models import Person


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """The units that a person may see; ?q= searches names and old names."""
    asked = request.GET.get("q", "").strip()
    units = [unit for unit in Unit.within(cast("Person", request.user)) if unit.is_called(asked)]
    return render(request, "units/list.html", {"units": units, "asked": asked})


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Add a unit."""
    return _edited(request, UnitForm(request.POST or None), "unit.added")


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Change a unit."""
    unit = get_object_or_404(Unit, pk=number)
    return _edited(request, UnitForm(request.POST or None, instance=unit), "unit.changed")


def _edited(request: HttpRequest, form: UnitForm, what: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        record(cast("Person", request.user), what, form.save())
        messages.success(request, say("Đã lưu đơn vị.", "The unit is saved."))
        return redirect("units:list")
    title = form.instance.name if form.instance.pk else say("Thêm đơn vị", "Add a unit")
    return render(request, "units/edit.html", {"form": form, "title": title})
