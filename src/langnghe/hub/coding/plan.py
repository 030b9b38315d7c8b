"""Pages of the researcher: draw the sample, say who codes, see how far they agree, and what is to be talked over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import polars as pl
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.views.decorators.http import require_GET, require_POST

import langnghe as ln
from langnghe.coded import FOLDER
from langnghe.errors import LangngheError
from langnghe.hand_coding import choices_of, differing, draw_learning, give_coding
from langnghe.hub.audit.models import record
from langnghe.hub.base.templatetags.say import said, say
from langnghe.hub.coding.desk import first_error, shown
from langnghe.hub.coding.forms import CodeForm, LearnForm, SampleForm, SeatsForm
from langnghe.hub.coding.models import Seat
from langnghe.hub.coding.texts import own_texts, texts_of
from langnghe.hub.studies.locking import patient_lock
from langnghe.hub.studies.models import Study
from langnghe.measure.coding.filled import AGREED
from langnghe.measure.coding.store import read_coding

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from langnghe.hub.people.models import Person


@require_GET
def plan(request: HttpRequest, number: int) -> HttpResponse:
    """The sample, who codes, progress and agreement."""
    return _shown(request, _study(number))


def _shown(request: HttpRequest, study: Study, **changes: Any) -> HttpResponse:
    folder = study.open()
    coding = read_coding(study.path / FOLDER)
    numbers = _numbers(coding.sample)
    people = {seat.number: seat.person for seat in study.seats.select_related("person")}
    seats = SeatsForm(numbers, initial={f"coder_{one}": people.get(one) for one in numbers})
    facts = {
        "study": study,
        "periods": coding.periods.to_dicts(),
        "sample": SampleForm(),
        "learn_form": LearnForm(auto_id="learn_%s"),
        "is_behind": study.stale or study.is_old,
        "rounds": coding.sample.filter(pl.col("round") > 1)["round"].n_unique(),
        "divided": _divided(folder, coding.estimators),
        "seats_form": seats,
        "progress": [(one, people.get(one), *_progress(coding.sample, coding.filled, one)) for one in numbers],
        "twice": coding.sample.filter(pl.col("second").is_not_null()).height,
        "drawn": coding.sample.height,
        "agreement": _agreement(folder) if numbers else [],
        "differing": differing(folder).height if numbers else 0,
    }
    part = request.headers.get("HX-Request") == "true" and numbers  # how far they are now, asked for by the page
    return render(request, "coding/live.html" if part else "coding/plan.html", {**facts, **changes})


def _divided(folder: ln.Study, estimators: pl.DataFrame) -> list[dict[str, Any]]:
    """The shares that will be estimated with the sample divided by score, and how much narrower their intervals should be."""
    choices = choices_of(folder)
    names = {one.id: said(one.name) for one in (*choices.issues, *choices.reactions)}
    rows = estimators.filter(pl.col("estimator") == "stratified").iter_rows(named=True)
    return [
        {
            "period": row["period"],
            "name": names.get(row["id"], row["id"]),
            "width": 100 * row["width"],
            "wilson": 100 * row["wilson_width"],
        }
        for row in rows
    ]


def _numbers(sample: pl.DataFrame) -> list[int]:
    return sorted({*sample["first"].drop_nulls().to_list(), *sample["second"].drop_nulls().to_list()})


def _progress(sample: pl.DataFrame, filled: pl.DataFrame, number: int) -> tuple[int, int]:
    given = sample.filter((pl.col("first") == number) | (pl.col("second") == number))["code"].unique()
    done = filled.filter((pl.col("coder") == str(number)) & pl.col("code").is_in(given.implode()))
    return done.height, len(given)


def _agreement(folder: ln.Study) -> list[dict[str, Any]]:
    """The rows of the agreement that say something, with names."""
    choices = choices_of(folder)
    names = {one.id: said(one.name) for one in choices.issues} | {"reaction": say("Cách lên tiếng", "Reaction")}
    rows = ln.measure_agreement(folder).filter(pl.col("alpha").is_not_null()).iter_rows(named=True)
    return [{**row, "name": names.get(row["what"], row["what"]), "percent": round(100 * row["agree"])} for row in rows]


@require_POST
def draw(request: HttpRequest, number: int) -> HttpResponse:
    """Draw the sample of the texts that no sample covers yet."""
    study = _study(number)
    form = SampleForm(request.POST)
    if not form.is_valid():
        return _shown(request, study, sample=form)
    data = form.cleaned_data
    size = None if data["width"] else data["size"]
    asked = {"size": size, "width": data["width"], "coders": data["coders"], "divide": data["divide"]}
    if data["divide"] and _is_behind(request, study):
        return redirect("coding:plan", number)
    try:
        folder = study.open()
        with patient_lock(folder):
            drawn = ln.draw_sample(folder, second_share=data["second"] / 100, **asked)
    except LangngheError as fault:
        messages.error(request, fault.sentence(_lang()))
        return redirect("coding:plan", number)
    if drawn:
        Study.objects.filter(pk=number).update(stale=True)
        record(cast("Person", request.user), "coding.drawn", number)
    else:
        messages.error(request, say("Mọi ý kiến đã thuộc một mẫu.", "Every text is covered by a sample already."))
    return redirect("coding:plan", number)


@require_POST
def learn(request: HttpRequest, number: int) -> HttpResponse:
    """Draw more texts for the machine to learn from; what is coded there never enters an estimate."""
    study = _study(number)
    form = LearnForm(request.POST, auto_id="learn_%s")
    if not form.is_valid():
        return _shown(request, study, learn_form=form)
    if _is_behind(request, study):
        return redirect("coding:plan", number)
    try:
        folder = study.open()
        with patient_lock(folder):
            draw_learning(folder, form.cleaned_data["learn"], coders=form.cleaned_data["coders"])
    except LangngheError as fault:
        messages.error(request, fault.sentence(_lang()))
    else:
        record(cast("Person", request.user), "coding.learning", number)
    return redirect("coding:plan", number)


def _is_behind(request: HttpRequest, study: Study) -> bool:
    """Whether the machine's scores are those of an older code-book or program, which is then said: a run makes them anew, not this page."""
    is_behind = study.stale or study.is_old
    if is_behind:
        messages.error(
            request,
            say(
                "Hãy chạy lại nghiên cứu trước: sau lượt chạy cuối đã có quyết định, bài mã hoá mới hoặc bản phần mềm mới.",
                "Run the study again first: since the last run there are decisions, codings or a new version of the program.",
            ),
        )
    return is_behind


@require_POST
def seats(request: HttpRequest, number: int) -> HttpResponse:
    """Say who is which coder."""
    study = _study(number)
    form = SeatsForm(_numbers(read_coding(study.path / FOLDER).sample), request.POST)
    if not form.is_valid():
        return _shown(request, study, seats_form=form)
    chosen = {int(name.removeprefix("coder_")): person for name, person in form.cleaned_data.items() if person}
    kept = {seat.number for seat in study.seats.all() if chosen.get(seat.number) == seat.person}
    study.seats.exclude(number__in=kept).delete()
    Seat.objects.bulk_create(Seat(study=study, person=chosen[one], number=one) for one in chosen if one not in kept)
    record(cast("Person", request.user), "coding.seats", number)
    return redirect("coding:plan", number)


@require_GET
def talk(request: HttpRequest, number: int) -> HttpResponse:
    """A text that two people coded differently, to be talked over; closed to who codes until the own part is done."""
    study = _study(number)
    seat = study.seats.filter(person=cast("Person", request.user)).first()
    try:
        if seat and own_texts(study, seat.number)["reaction"].null_count():
            messages.error(request, say("Hãy mã hoá xong phần của bạn trước.", "Finish your own part first."))
            return redirect("coding:plan", number)
        folder = study.open()
        rows = differing(folder)
        texts = texts_of(study).unique("code", keep="first").select("code", "text")
    except LangngheError as fault:
        messages.error(request, fault.sentence(_lang()))
        return redirect("coding:plan", number)
    rows = rows.join(texts, on="code", maintain_order="left")
    if not rows.height:
        return redirect("coding:plan", number)
    row = rows.row(0, named=True)
    choices = choices_of(folder)
    names = {one.id: said(one.name) for one in (*choices.issues, *choices.reactions)}
    both = [
        ([names.get(one, one) for one in row[f"issues{end}"]], names.get(row[f"reaction{end}"], ""))
        for end in ("", "_2")
    ]
    page = {
        "study": study,
        "left": rows.height,
        "both": both,
        **shown(choices, {"code": row["code"], "text": row["text"]}),
    }
    return render(request, "coding/talk.html", page)


@require_POST
def agree(request: HttpRequest, number: int) -> HttpResponse:
    """Keep what was agreed on."""
    study = _study(number)
    folder = study.open()
    form = CodeForm(choices_of(folder), request.POST)
    if not form.is_valid():
        messages.error(request, first_error(form))
        return redirect("coding:talk", number)
    data = form.cleaned_data
    try:
        give_coding(folder, data["code"], AGREED, data["issues"], data["reaction"], data["note"])
    except LangngheError as fault:
        messages.error(request, fault.sentence(_lang()))
    else:
        Study.objects.filter(pk=number).update(stale=True)
        record(cast("Person", request.user), "coding.agreed", f"{number} {data['code']}")
    return redirect("coding:talk", number)


def _study(number: int) -> Study:
    study = get_object_or_404(Study, pk=number)
    if not study.has_report:
        raise Http404
    return study


def _lang() -> str:
    return "en" if translation.get_language() == "en" else "vi"
