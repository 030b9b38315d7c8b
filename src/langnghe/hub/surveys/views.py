"""Pages of staff: making a survey, opening and closing it, its poster, its results."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from langnghe.errors import LangngheError
from langnghe.hub.audit.models import record
from langnghe.hub.base.templatetags.say import say
from langnghe.hub.roles import may_open, role_of
from langnghe.hub.studies.models import Study
from langnghe.hub.surveys import exchange
from langnghe.hub.surveys.drawn import drawn
from langnghe.hub.surveys.example import example_workbook
from langnghe.hub.surveys.forms import ImportForm, SurveyForm, on_disk, sentences
from langnghe.hub.surveys.models import K, State, Survey, erase_old, today
from langnghe.hub.surveys.poster import poster as make_poster
from langnghe.hub.surveys.poster import qr
from langnghe.hub.surveys.results import results as count
from langnghe.hub.surveys.seal import add_sealed, seal, sealed_if_ended
from langnghe.hub.surveys.studies import make_study
from langnghe.hub.surveys.workbook import Refused

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest

    from langnghe.hub.people.models import Person

TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def _survey(request: HttpRequest, number: int) -> Survey:
    """A survey that a person may see, closed if its last day has passed."""
    return sealed_if_ended(get_object_or_404(Survey.within(cast("Person", request.user)), pk=number))


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """The surveys that a person may see."""
    erase_old()
    surveys = [sealed_if_ended(survey) for survey in Survey.within(cast("Person", request.user))]
    return render(
        request, "surveys/list.html", {"surveys": surveys, "may_add": may_open(role_of(request), "surveys:add")}
    )


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Make a survey from a spreadsheet."""
    person = cast("Person", request.user)
    form = SurveyForm(person, request.POST or None, request.FILES or None)
    return _edited(request, form, "survey.added", say("Khảo sát mới", "New survey"))


@require_GET
def example(request: HttpRequest) -> HttpResponse:
    """A spreadsheet of questions to begin with."""
    response = HttpResponse(example_workbook(today()), content_type=TYPES["xlsx"])
    response.headers["Content-Disposition"] = 'attachment; filename="bang-hoi-mau.xlsx"'
    return response


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Change a draft; of an open survey the last day alone."""
    survey = _survey(request, number)
    if survey.is_sealed:
        raise Http404
    form = SurveyForm(cast("Person", request.user), request.POST or None, request.FILES or None, instance=survey)
    return _edited(request, form, "survey.changed", survey.title_vi)


def _edited(request: HttpRequest, form: SurveyForm, what: str, title: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        survey = form.save(commit=False)
        survey.made_by = survey.made_by or cast("Person", request.user)
        survey.save()
        record(cast("Person", request.user), what, survey.pk)
        return redirect("surveys:show", survey.pk)
    return render(request, "surveys/edit.html", {"form": form, "title": title})


@require_GET
def show(request: HttpRequest, number: int) -> HttpResponse:
    """A survey: its state, its link, what comes next."""
    survey = _survey(request, number)
    role = role_of(request)
    context: dict[str, Any] = {
        "survey": survey,
        "about": survey.about_how_many(),
        "k": K,
        "link": _link(request, survey),
        "qr": qr(_link(request, survey)),
        "may_change": may_open(role, "surveys:change"),
        "may_export": may_open(role, "surveys:export"),
        "has_texts": any(question.kind == "text" for question in survey.form),
        "import_form": ImportForm(),
    }
    return render(request, "surveys/show.html", context)


def _link(request: HttpRequest, survey: Survey) -> str:
    return request.build_absolute_uri(reverse("surveys:answer", args=[survey.slug]))


@require_GET
def preview(request: HttpRequest, number: int) -> HttpResponse:
    """All pages of the form, as respondents see them, with the conditions."""
    survey = _survey(request, number)
    pages = [[drawn(question) for question in page] for page in survey.form.pages()]
    return render(request, "surveys/preview.html", {"survey": survey, "pages": pages})


@require_POST
def release(request: HttpRequest, number: int) -> HttpResponse:
    """Let a draft be answered from its first day on."""
    survey = _survey(request, number)
    if survey.state == State.DRAFT:
        survey.is_released = True
        survey.save(update_fields=["is_released"])
        record(cast("Person", request.user), "survey.released", survey.pk)
    return redirect("surveys:show", number)


@require_POST
def close(request: HttpRequest, number: int) -> HttpResponse:
    """Close a survey before its last day."""
    survey = _survey(request, number)
    if not survey.is_sealed:
        seal(survey)
        record(cast("Person", request.user), "survey.closed", survey.pk)
    return redirect("surveys:show", number)


@require_GET
def poster(request: HttpRequest, number: int) -> HttpResponse:
    """The poster as PDF."""
    survey = _survey(request, number)
    return _file(make_poster(survey, _link(request, survey)), "application/pdf", f"survey-{survey.slug}.pdf")


@require_GET
def results(request: HttpRequest, number: int) -> HttpResponse:
    """What a closed survey says."""
    survey = _survey(request, number)
    answers = survey.sealed_answers()
    found = count(survey.form, answers)
    context = {"survey": survey, "results": found, "number": len(answers), "k": K}
    return render(request, "surveys/results.html", context)


@require_GET
def export(request: HttpRequest, number: int, ending: str) -> HttpResponse:
    """The answers of a closed survey as a file, in a random order."""
    survey = _survey(request, number)
    if ending not in TYPES or not survey.sealed_answers():
        raise Http404
    rows = list(survey.answers.order_by("pk").values_list("day", "answers"))
    record(cast("Person", request.user), "survey.exported", survey.pk)
    return _file(exchange.exported(survey.form, rows, ending), TYPES[ending], f"survey-{survey.slug}.{ending}")


@require_POST
def bring(request: HttpRequest, number: int) -> HttpResponse:
    """Bring answers from ODK or KoboToolbox into a closed survey."""
    survey = _survey(request, number)
    form = ImportForm(request.POST, request.FILES)
    if not survey.is_sealed:
        raise Http404
    if not form.is_valid():
        messages.error(request, say("Hãy chọn một tệp.", "Choose a file."))
        return redirect("surveys:show", number)
    try:
        with on_disk(form.cleaned_data["answers"]) as path:
            rows = exchange.imported(survey.form, path)
    except (Refused, LangngheError) as found:
        return render(request, "surveys/refused.html", {"survey": survey, "faults": list(sentences(found))}, status=422)
    add_sealed(survey, rows)
    record(cast("Person", request.user), "survey.imported", survey.pk)
    messages.success(request, say("Đã nhập {number} phiếu.", "{number} answers were brought in.", number=len(rows)))
    return redirect("surveys:show", number)


@require_POST
def study(request: HttpRequest, number: int) -> HttpResponse:
    """Make a study of the open answers."""
    survey = _survey(request, number)
    try:
        name = make_study(survey)
    except LangngheError as found:
        return render(request, "surveys/refused.html", {"survey": survey, "faults": list(sentences(found))}, status=422)
    if name is None:
        messages.error(request, say("Chưa có câu trả lời mở nào để phân tích.", "There are no open answers to study."))
    else:
        person = cast("Person", request.user)
        record(person, "survey.studied", survey.pk)
        Study.adopt(name, str(survey), person)
        messages.success(request, say("Đã tạo nghiên cứu '{name}'.", "The study '{name}' was made.", name=name))
    return redirect("surveys:show", number)


def _file(data: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(data, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
