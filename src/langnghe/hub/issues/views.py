"""Pages of issues: the code-book and the candidates of a study, and what people decide on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.dateparse import parse_date, parse_datetime
from django.views.decorators.http import require_GET, require_POST

import langnghe as ln
from langnghe.deciding import listed_last
from langnghe.errors import LangngheError
from langnghe.hub.audit.models import record
from langnghe.hub.base.templatetags.say import say
from langnghe.hub.issues.forms import FORMS
from langnghe.hub.studies.locking import patient_lock
from langnghe.hub.studies.models import Study
from langnghe.issues.codebook import read_codebook
from langnghe.issues.custom import is_custom, is_signed

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from langnghe.deciding import Decision, ListedIssue
    from langnghe.hub.people.models import Person

TOLD = 30
"""Decisions that the page shows, the last ones."""


@require_GET
def listed(request: HttpRequest, number: int) -> HttpResponse:
    """The issues of the code-book, the candidates, and what was decided."""
    study = study_of(number)
    folder = study.open()
    rows = listed_last(folder)
    decisions = [(one, parse_datetime(one.when)) for one in reversed(ln.read_decisions(folder)[-TOLD:])]
    page: dict[str, Any] = {
        "study": study,
        "issues": [r for r in rows if not r.found],
        "candidates": [r for r in rows if r.found],
        "has_hidden": any(r.texts is None for r in rows if not r.found),
    }
    book = read_codebook(folder.codebook_path)
    page |= {"book": book, "is_custom": is_custom(book), "is_signed": is_signed(book)}
    page["signed"] = parse_date(book.signature.date) if book.signature else None
    return render(request, "issues/list.html", {**page, "decisions": decisions, "add": FORMS["add"]()})


@require_GET
def show(request: HttpRequest, number: int, issue: str) -> HttpResponse:
    """One issue or candidate and what can be decided on it."""
    study = study_of(number)
    rows = listed_last(study.open())
    row = next((one for one in rows if one.id == issue), None)
    if row is None:
        raise Http404
    kinds = ("accept", "merge", "drop") if row.found else ("rename", "merge", "split", "drop")
    start = {"issue": issue, "name": row.name.vi, "name_en": row.name.en}
    forms = {kind: FORMS[kind](initial=start, auto_id=f"{kind}_%s", **_choices(kind, rows, issue)) for kind in kinds}
    if "split" in forms:
        forms["split"] = FORMS["split"](initial={"issue": issue}, auto_id="split_%s")
    return render(request, "issues/show.html", {"study": study, "row": row, "forms": forms})


@require_GET
def texts(request: HttpRequest, number: int, issue: str) -> HttpResponse:
    """Some typical masked texts, for people inside the study."""
    study = study_of(number)
    if study.stale or study.is_old or study.is_at_work:
        rows = None
    else:
        try:
            rows = list(ln.typical_texts(study.open(), issue).iter_rows(named=True))
        except LangngheError as fault:
            raise Http404 from fault
    return render(request, "issues/texts.html", {"study": study, "issue": issue, "rows": rows})


@require_POST
def decide(request: HttpRequest, number: int, what: str) -> HttpResponse:
    """Take a decision."""
    study = study_of(number)
    if what not in FORMS:
        raise Http404
    form = FORMS[what](request.POST, **_choices(what, listed_last(study.open()), ""))
    if not form.is_valid():
        messages.error(request, say("Hãy điền đủ các ô.", "Fill in all fields."))
        return redirect("issues:list", number)
    return decided(request, study, form.decide)


@require_POST
def undo(request: HttpRequest, number: int) -> HttpResponse:
    """Take the last decision back."""
    return decided(request, study_of(number), lambda folder, by: ln.undo_decision(folder, by=by))


def decided(request: HttpRequest, study: Study, verb: Callable[[ln.Study, str], Decision]) -> HttpResponse:
    """Take a decision under the study's lock, write it into the audit log, and say what came of it."""
    person = cast("Person", request.user)
    folder = study.open()
    try:
        with patient_lock(folder):
            decision = verb(folder, str(person))
    except LangngheError as fault:
        messages.error(request, fault.sentence(translation.get_language() or "vi"))
        return redirect("issues:list", study.pk)
    Study.objects.filter(pk=study.pk).update(stale=True)
    record(person, f"issue.{decision.what}", f"{study.pk} {' '.join(decision.about)}")
    said = say(
        "Đã ghi quyết định {number}. Lượt chạy sau sẽ theo.",
        "Decision {number} is kept. The next run follows it.",
        number=decision.number,
    )
    messages.success(request, said)
    return redirect("issues:list", study.pk)


def study_of(number: int) -> Study:
    """A study that was run; others have nothing to decide on yet."""
    study = get_object_or_404(Study, pk=number)
    if not study.has_report:
        raise Http404
    return study


def _choices(kind: str, rows: tuple[ListedIssue, ...], issue: str) -> dict[str, Any]:
    """The issues that one can be merged into."""
    if kind != "merge":
        return {}
    lang = "en" if translation.get_language() == "en" else "vi"
    return {"issues": [(row.id, row.name[lang]) for row in rows if not row.found and row.id != issue]}
