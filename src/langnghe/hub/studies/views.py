"""Pages of studies: the list, one study with how it was read and how far it is, its report and its files."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from langnghe.hub.audit.models import record
from langnghe.hub.base.middleware import REPORT_POLICY
from langnghe.hub.base.templatetags.say import say
from langnghe.hub.roles import RESEARCH, role_of
from langnghe.hub.studies import jobs
from langnghe.hub.studies.compare import compare as compared
from langnghe.hub.studies.forms import ColumnsForm, FileForm, StudyForm
from langnghe.hub.studies.models import State, Study
from langnghe.shown import STAGES

if TYPE_CHECKING:
    from django.http import HttpRequest

    from langnghe.hub.people.models import Person

KINDS = {
    "pdf": ("report.pdf", "application/pdf"),
    "docx": ("report.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "json": ("report.json", "application/json"),
    "html": ("report.html", "text/html; charset=utf-8"),
}
"""What can be downloaded: file of the report and its type; and 'data', a ZIP of the open data."""


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """All studies for researchers; for others those that have a report."""
    studies = Study.objects.select_related("made_by")
    seen = studies if role_of(request) in RESEARCH else [one for one in studies if one.has_report]
    return render(request, "studies/list.html", {"studies": seen, "research": role_of(request) in RESEARCH})


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a study."""
    form = StudyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.instance.made_by = cast("Person", request.user)
        study = form.save()
        record(cast("Person", request.user), "study.begun", study.pk)
        return redirect("studies:show", study.pk)
    return render(request, "studies/begin.html", {"form": form})


@require_GET
def show(request: HttpRequest, number: int) -> HttpResponse:
    """One study: what can be done next."""
    study = get_object_or_404(Study, pk=number)
    if role_of(request) not in RESEARCH and not study.has_report:
        raise Http404
    return shown(request, study)


def shown(request: HttpRequest, study: Study, **changes: Any) -> HttpResponse:
    """The page of a study."""
    reading = study.reading
    columns = ColumnsForm(
        reading.get("columns", []), reading.get("used", {}), initial=ColumnsForm.said(reading.get("asked", {}))
    )
    is_behind = study.has_report and not study.is_at_work and (study.stale or study.is_old)
    facts = {
        "columns_form": columns,
        "file_form": FileForm(),
        "research": role_of(request) in RESEARCH,
        "is_behind": is_behind,
    }
    return render(request, "studies/show.html", {**_facts(study), **facts, **changes})


def _facts(study: Study) -> dict[str, Any]:
    lang = "en" if translation.get_language() == "en" else "vi"
    names = list(STAGES)
    place = names.index(study.stage) if study.stage in names else -1
    stages = [
        (STAGES[name], "done" if number < place else "now" if number == place else "")
        for number, name in enumerate(names)
    ]
    share = _share(study, place, len(names))
    said = study.reading.get("said", {}).get(lang, "")
    fault = {"where": study.fault.get("where"), **study.fault.get(lang, {})} if study.fault else None
    return {"study": study, "stages": stages, "share": share, "said_reading": said, "fault": fault}


def _share(study: Study, place: int, stages: int) -> int | None:
    """Per cent of all stages that are done, each counted alike; None where that can't be said: while a file is looked at."""
    if study.state != State.RUNNING:
        return None
    part = min(1.0, study.done / study.total) if study.total else 0.0
    return round(100 * (max(place, 0) + part) / stages)


@require_GET
def progress(request: HttpRequest, number: int) -> HttpResponse:
    """How far the job of a study is: asked for every two seconds by the page, which is loaded anew at the end."""
    study = get_object_or_404(Study, pk=number)
    response = render(request, "studies/progress.html", _facts(study))
    if not study.is_at_work:
        response.headers["HX-Refresh"] = "true"
    return response


@require_POST
def columns(request: HttpRequest, number: int) -> HttpResponse:
    """Take what a person says about the columns, and look at the file again."""
    study = get_object_or_404(Study, pk=number)
    form = ColumnsForm(study.reading.get("columns", []), study.reading.get("used", {}), request.POST)
    if study.is_at_work or not form.is_valid():
        return shown(request, study, columns_form=form)
    study.become(State.READING, reading=study.reading | {"asked": form.asked()}, fault={})
    jobs.look.enqueue(study.pk)
    return redirect("studies:show", number)


@require_POST
def start(request: HttpRequest, number: int) -> HttpResponse:
    """Start the run, or start one again that was killed: it goes on where it was."""
    study = get_object_or_404(Study, pk=number)
    again = study.is_silent or not study.is_at_work
    if again and study.can_start:
        study.become(State.RUNNING, fault={})
        record(cast("Person", request.user), "study.started", study.pk)
        jobs.run.enqueue(study.pk)
    return redirect("studies:show", number)


@require_POST
def erase(request: HttpRequest, number: int) -> HttpResponse:
    """Erase a study for good, if the box is ticked and no job is at work on it."""
    study = get_object_or_404(Study, pk=number)
    if request.POST.get("sure") != "yes" or (study.is_at_work and not study.is_silent):
        messages.error(
            request,
            say(
                "Chưa xoá: hãy đánh dấu ô, và chờ lượt chạy xong.",
                "Not erased: tick the box, and wait until the run has ended.",
            ),
        )
        return redirect("studies:show", number)
    study.erase()
    record(cast("Person", request.user), "study.erased", number)
    messages.success(request, say("Đã xoá nghiên cứu.", "The study was erased."))
    return redirect("studies:list")


@require_GET
def report(request: HttpRequest, number: int) -> HttpResponse:
    """The report as a page of its own; it runs no script."""
    study = get_object_or_404(Study, pk=number)
    if not study.has_report:
        raise Http404
    response = HttpResponse((study.path / "report" / "report.html").read_bytes())
    response.headers["Content-Security-Policy"] = REPORT_POLICY
    return response


@require_GET
def compare(request: HttpRequest, number: int) -> HttpResponse:
    """The last period against the one before."""
    study = get_object_or_404(Study, pk=number)
    if not study.has_report:
        raise Http404
    found = compared(study.open(), "en" if translation.get_language() == "en" else "vi")
    facts = {"study": study, "found": found, "research": role_of(request) in RESEARCH}
    return render(request, "studies/compare.html", facts)


@require_GET
def download(request: HttpRequest, number: int, what: str) -> HttpResponse | FileResponse:
    """A file of the report, or the open data as a ZIP."""
    study = get_object_or_404(Study, pk=number)
    if not study.has_report or (what not in KINDS and what != "data"):
        raise Http404
    if what == "data":
        name, kind, content = f"study-{number}-data.zip", "application/zip", _zipped(study)
    else:
        file, kind = KINDS[what]
        name, content = f"study-{number}-{file}", (study.path / "report" / file).read_bytes()
    record(cast("Person", request.user), "study.downloaded", f"{number} {what}")
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = str(content_disposition_header(as_attachment=True, filename=name))
    response.headers["Content-Security-Policy"] = REPORT_POLICY
    return response


def _zipped(study: Study) -> bytes:
    buffer = io.BytesIO()
    folder = study.path / "report" / "data"
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(folder).as_posix())
    return buffer.getvalue()
