"""Pages of a coder: the own parts, one text at a time, and the same as a sheet.

A page shows a text, the code-book and what this coder gave it before: nothing that a machine says of it, nothing of another coder.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, cast

import polars as pl
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_GET, require_POST

from langnghe.errors import LangngheError
from langnghe.hand_coding import choices_of, give_coding, read_codings, sheet_of, take_back
from langnghe.hub.audit.models import record
from langnghe.hub.base.templatetags.say import say
from langnghe.hub.coding.forms import LETTERS, CodeForm, SheetForm, key_of
from langnghe.hub.coding.models import Seat
from langnghe.hub.coding.texts import own_texts
from langnghe.hub.studies.locking import patient_lock
from langnghe.hub.studies.models import Study, safe_name

if TYPE_CHECKING:
    from django.http import HttpRequest

    from langnghe.hub.people.models import Person
    from langnghe.measure.coding.sheet import Choices

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """The parts that the person codes."""
    seats = Seat.objects.filter(person=cast("Person", request.user)).select_related("study")
    return render(request, "coding/list.html", {"seats": seats})


@require_GET
def desk(request: HttpRequest, number: int) -> HttpResponse:
    """The next text that is not coded, or the one of ?code=."""
    seat = _seat(request, number)
    try:
        own = own_texts(seat.study, seat.number)
    except LangngheError as fault:
        messages.error(request, fault.sentence(_lang()))
        return render(request, "coding/wait.html", {"seat": seat}, status=503)
    done = own.filter(pl.col("reaction").is_not_null()).height
    asked = own.filter(pl.col("code") == request.GET.get("code", ""))
    rows = asked if asked.height else own.filter(pl.col("reaction").is_null())
    facts = {"seat": seat, "done": done, "given": own.height, "sheet_form": SheetForm()}
    if not rows.height:
        return render(request, "coding/done.html", facts)
    return render(
        request, "coding/desk.html", {**facts, **shown(choices_of(seat.study.open()), rows.row(0, named=True))}
    )


def first_error(form: CodeForm) -> str:
    """What is wrong first."""
    return next(str(error) for errors in form.errors.values() for error in errors)


def shown(choices: Choices, row: dict[str, object]) -> dict[str, object]:
    """A text and the code-book with its keys."""
    chosen = cast("list[str]", row.get("issues") or [])
    coded = row.get("reaction") is not None
    issues = [(key_of(place), one, one.id in chosen) for place, one in enumerate(choices.issues)]
    reactions = [
        (key, one, one.id == row.get("reaction")) for key, one in zip(LETTERS, choices.reactions, strict=False)
    ]
    return {"row": row, "issues": issues, "reactions": reactions, "none": coded and not chosen}


@require_POST
def give(request: HttpRequest, number: int) -> HttpResponse:
    """Keep what the coder gave a text, and go to the next."""
    seat = _seat(request, number)
    folder = seat.study.open()
    form = CodeForm(choices_of(folder), request.POST)
    code = request.POST.get("code", "")
    if not form.is_valid():
        messages.error(request, first_error(form))
        return redirect(reverse("coding:desk", args=[number]) + f"?code={code[:20]}")
    data = form.cleaned_data
    try:
        give_coding(folder, data["code"], str(seat.number), data["issues"], data["reaction"], data["note"])
    except LangngheError as fault:
        messages.error(request, fault.sentence(_lang()))
    else:
        seat.remember(data["code"])
        Study.objects.filter(pk=number).update(stale=True)
    return redirect("coding:desk", number)


@require_POST
def undo(request: HttpRequest, number: int) -> HttpResponse:
    """Take back what was coded last, and show that text again."""
    seat = _seat(request, number)
    if not seat.last:
        return redirect("coding:desk", number)
    code = seat.last.pop()
    seat.save(update_fields=["last"])
    take_back(seat.study.open(), code, str(seat.number))
    return redirect(reverse("coding:desk", args=[number]) + f"?code={code}")


@require_GET
def sheet(request: HttpRequest, number: int) -> HttpResponse:
    """The coder's texts that are still to be coded, as XLSX."""
    seat = _seat(request, number)
    folder = seat.study.open()
    with patient_lock(folder):
        content = sheet_of(folder, seat.number, _lang())
    response = HttpResponse(content, content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="coder-{seat.number}.xlsx"'
    return response


@require_POST
def filled(request: HttpRequest, number: int) -> HttpResponse:
    """Take a filled sheet; it holds the coder's own texts alone."""
    seat = _seat(request, number)
    form = SheetForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, say("Hãy chọn phiếu đã điền.", "Choose the filled sheet."))
        return redirect("coding:desk", number)
    file = form.cleaned_data["sheet"]
    try:
        with tempfile.TemporaryDirectory(dir=seat.study.path) as temporary:
            path = Path(temporary) / safe_name(file.name)
            path.write_bytes(file.read())
            folder = seat.study.open()
            with patient_lock(folder):
                rows = read_codings(folder, [path], coder=str(seat.number))
    except LangngheError as fault:
        messages.error(request, fault.sentence(_lang()))
    else:
        Study.objects.filter(pk=number).update(stale=True)
        record(cast("Person", request.user), "coding.sheet", number)
        messages.success(request, say("Đã nhận {rows} ý kiến.", "{rows} texts were taken.", rows=rows))
    return redirect("coding:desk", number)


def _seat(request: HttpRequest, number: int) -> Seat:
    seat = get_object_or_404(Seat.objects.select_related("study"), study=number, person=cast("Person", request.user))
    if not seat.study.has_report:
        raise Http404
    return seat


def _lang() -> str:
    return "en" if translation.get_language() == "en" else "vi"
