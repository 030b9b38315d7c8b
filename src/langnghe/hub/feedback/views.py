"""Pages of officers: the inbox, a letter, taking charge, answering, closing; and of administrators: assigning, rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from langnghe.hub.audit.models import record
from langnghe.hub.base.templatetags.say import say
from langnghe.hub.feedback.figures import K, figures, study_csv
from langnghe.hub.feedback.forms import AnswerForm, AssignForm, RuleForm
from langnghe.hub.feedback.models import OPEN, STATES, TOPICS, Letter, Rule, State, today
from langnghe.hub.units.models import Unit

if TYPE_CHECKING:
    from django.http import HttpRequest

    from langnghe.hub.people.models import Person

PER_PAGE = 50


@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """The letters that a person may see, what is due first on top; ?state= shows one state."""
    person, state = cast("Person", request.user), request.GET.get("state", "")
    letters = Letter.within(person)
    shown = letters.filter(state=state) if state in STATES else letters.exclude(state=State.CLOSED)
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "state": state, "states": STATES, "mine": person.pk}
    return render(request, "feedback/inbox.html", context)


@never_cache
@require_GET
def letter(request: HttpRequest, number: int) -> HttpResponse:
    """A letter: whole for the officer in charge, masked for others."""
    person = cast("Person", request.user)
    one = _letter(person, number)
    shows_all = one.shows_all_to(person)
    record(person, "feedback.opened_whole" if shows_all else "feedback.opened", one)
    context = {"letter": one, "thread": one.messages.all(), "shows_all": shows_all, "form": AnswerForm()}
    context |= {"assign": AssignForm(one) if person.role == "admin" else None, "is_open": one.state in OPEN}
    return render(request, "feedback/letter.html", context)


@require_POST
def take(request: HttpRequest, number: int) -> HttpResponse:
    """Take charge of a letter that nobody is in charge of."""
    person = cast("Person", request.user)
    one = _letter(person, number)
    free = Letter.objects.filter(pk=one.pk, in_charge=None).exclude(state=State.CLOSED)
    if free.update(in_charge=person, state=State.HANDLED):
        record(person, "feedback.taken", one)
    else:
        messages.error(request, say("Đã có người khác phụ trách.", "Somebody else is in charge already."))
    return redirect("feedback:letter", one.pk)


@require_POST
def assign(request: HttpRequest, number: int) -> HttpResponse:
    """Put an officer in charge, or another one."""
    person = cast("Person", request.user)
    one = _letter(person, number)
    form = AssignForm(one, request.POST)
    if form.is_valid():
        one.in_charge = form.cleaned_data["officer"]
        one.state = State.HANDLED if one.state == State.RECEIVED else one.state
        one.save(update_fields=["in_charge", "state"])
        record(person, "feedback.assigned", f"{one} → {form.cleaned_data['officer'].pk}")
    else:
        messages.error(request, say("Hãy chọn một cán bộ.", "Choose an officer."))
    return redirect("feedback:letter", one.pk)


@require_POST
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """Answer a letter, as the officer in charge."""
    person = cast("Person", request.user)
    one = _in_charge(person, number)
    form = AnswerForm(request.POST)
    if form.is_valid():
        one.write(form.cleaned_data["text"], is_staff=True)
        one.state = State.ANSWERED
        one.save(update_fields=["state"])
        record(person, "feedback.answered", one)
    else:
        messages.error(request, say("Hãy viết câu trả lời.", "Write an answer."))
    return redirect("feedback:letter", one.pk)


@require_POST
def close(request: HttpRequest, number: int) -> HttpResponse:
    """Close a letter, as the officer in charge; from now on the time runs after which personal data is erased."""
    person = cast("Person", request.user)
    one = _in_charge(person, number)
    one.state, one.closed_on = State.CLOSED, today()
    one.save(update_fields=["state", "closed_on"])
    record(person, "feedback.closed", one)
    return redirect("feedback:letter", one.pk)


@require_GET
def told(request: HttpRequest) -> HttpResponse:
    """Figures of all letters together."""
    counted = figures()
    rows = [(TOPICS[topic], count) for topic, count in counted.topics.items()]
    return render(request, "feedback/figures.html", {"rows": rows, "letters": counted.letters, "k": K})


@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """Masked texts for a study, as CSV."""
    made = study_csv()
    if made is None:
        messages.error(request, say("Chưa đủ {k} góp ý được đồng ý.", "Fewer than {k} letters may be used.", k=K))
        return redirect("feedback:figures")
    record(cast("Person", request.user), "feedback.exported")
    response = HttpResponse(made, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="feedback.csv"'
    return response


@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """What units promise."""
    rows = [(unit, Rule.of(unit)) for unit in Unit.objects.exclude(kind="grassroots")]
    return render(request, "feedback/rules.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
def rule(request: HttpRequest, number: int) -> HttpResponse:
    """Change what a unit promises."""
    unit = get_object_or_404(Unit, pk=number)
    one = Rule.objects.filter(unit=unit).first() or Rule(unit=unit)
    form = RuleForm(request.POST or None, instance=one)
    if request.method == "POST" and form.is_valid():
        record(cast("Person", request.user), "feedback.promised", form.save())
        return redirect("feedback:rules")
    return render(request, "feedback/rule.html", {"form": form, "unit": unit})


def _letter(person: Person, number: int) -> Letter:
    return get_object_or_404(Letter.within(person), pk=number)


def _in_charge(person: Person, number: int) -> Letter:
    """The letter of who is in charge; one that was taken back or belongs to another is not there."""
    one = _letter(person, number)
    if not one.shows_all_to(person) or one.is_withdrawn:
        raise Http404
    return one
