"""The pages of respondents: no account, no cookie, no script; answers travel from page to page in the form itself."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from langnghe.hub.base import intake
from langnghe.hub.surveys.answers import PREFIX, faults, read_answers
from langnghe.hub.surveys.drawn import drawn
from langnghe.hub.surveys.models import State, Survey, is_stored, store, today

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.http import HttpRequest

    from langnghe.errors import Say
    from langnghe.hub.surveys.form import Answers, Form, Question

PER_MINUTE = 15_000
BURST = 1_000
"""Answers that are taken in a minute, from all people together, and at once."""

TAKEN = intake.Bucket(PER_MINUTE / 60, BURST)

TOKEN = secrets.token_urlsafe(16)
"""What stands for the token in a page that is drawn once for everybody."""

MAX_BODY = 400_000
"""Bytes of a form that is sent: the longest answers to all questions stay below it in practice."""


@dataclass(frozen=True)
class Turn:
    """One turn of a respondent: what was sent, and where it leads.

    Attributes
    ----------
    answers : to all pages so far.
    page : the page that was answered; 0 is the notice.
    asked : 'next', 'back' or 'send'.
    has_consented : the box was ticked.
    """

    answers: Answers
    page: int
    asked: str
    has_consented: bool

    @classmethod
    def of(cls, form: Form, request: HttpRequest) -> Turn:
        """Read a request."""
        written = request.POST.get("page", "0")
        page = min(int(written), 10_000) if written.isascii() and written.isdigit() and len(written) < 6 else 0
        answers = read_answers(form, dict(request.POST.lists()))
        return cls(answers, page, request.POST.get("go", "next"), request.POST.get("consent") == "yes")


@csrf_exempt  # a cookie would be a mark on the respondent: see `langnghe.hub.surveys.intake`
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, slug: str) -> HttpResponse:
    """The pages of a survey."""
    survey = Survey.of_link(slug)
    if survey is None:
        raise Http404
    if not survey.is_open:
        return _said(request, survey, "waiting" if survey.state == State.WAITING else "closed", 200)
    if request.method == "POST":
        return _posted(request, survey)
    return _first(request, survey)


def _purpose(survey: Survey) -> str:
    """What a token is for."""
    return f"survey.{survey.pk}"


def _first(request: HttpRequest, survey: Survey) -> HttpResponse:
    """The notice, with a token of its own."""
    turn = Turn({}, 0, "next", has_consented=False)
    page = _for_all(request, survey, "notice", lambda: _page(request, survey, turn, 0, TOKEN))
    return HttpResponse(page.replace(TOKEN.encode(), intake.new_token(_purpose(survey)).encode()))


def _posted(request: HttpRequest, survey: Survey) -> HttpResponse:
    if intake.size_of(request) > MAX_BODY:
        return _said(request, survey, "large", 413)
    if not intake.is_from_here(request):
        return _said(request, survey, "foreign", 403)
    opened = intake.key_of(_purpose(survey), request.POST.get("token", ""))
    if opened is None:
        return _said(request, survey, "foreign", 403)
    key, is_old = opened
    turn = Turn.of(survey.form, request)
    if is_old:
        return _renewed(request, survey, turn, key)
    return _turned(request, survey, turn, key)


def _renewed(request: HttpRequest, survey: Survey, turn: Turn, key: str) -> HttpResponse:
    """A page that was open for too long: sent already, or shown again to be sent once more."""
    if is_stored(survey, intake.row_key(_purpose(survey), key)):
        return _said(request, survey, "thanks", 200)
    return _page(request, survey, turn, turn.page, intake.new_token(_purpose(survey), key), status="old")


def _turned(request: HttpRequest, survey: Survey, turn: Turn, key: str) -> HttpResponse:
    """Go back, stay for something to mend, go on, or store."""
    form, token = survey.form, request.POST["token"]
    pages = form.pages()
    here = pages[turn.page - 1] if 0 < turn.page <= len(pages) else ()
    if turn.asked == "back":
        return _page(request, survey, turn, _beside(form, pages, turn, -1), token)
    if not turn.has_consented:
        return _page(request, survey, turn, 0, token, needs_consent=True)
    wrong = faults(form, here, turn.answers, today())
    if wrong:
        return _page(request, survey, turn, turn.page, token, wrong=wrong)
    after = _beside(form, pages, turn, 1)
    is_done = (
        after > len(pages) and turn.asked == "send"
    )  # nothing is stored before somebody pressed a button that says so
    return _sent(request, survey, turn, token, key) if is_done else _page(request, survey, turn, after, token)


def _sent(request: HttpRequest, survey: Survey, turn: Turn, token: str, key: str) -> HttpResponse:
    """Store, after all pages were looked at once more: what the hidden fields say was on the respondent's device."""
    form, pages = survey.form, survey.form.pages()
    wrong = faults(form, form.questions, turn.answers, today())
    if wrong:
        page = next(number for number, page in enumerate(pages, 1) if any(one.name in wrong for one in page))
        return _page(request, survey, turn, page, token, wrong=wrong)
    if not TAKEN.take():
        return _busy(request, survey, turn, token)
    is_kept = store(survey, intake.row_key(_purpose(survey), key), form.relevant(turn.answers, today()))
    return _said(request, survey, "thanks" if is_kept else "closed", 200)


def _busy(request: HttpRequest, survey: Survey, turn: Turn, token: str) -> HttpResponse:
    response = _page(request, survey, turn, turn.page, token, status="busy")
    response.status_code = 503
    response.headers["Retry-After"] = "20"
    return response


def _beside(form: Form, pages: Sequence[tuple[Question, ...]], turn: Turn, step: int) -> int:
    """The next page, or the one before, on which something is asked; 0 is the notice, one more than there are is the end."""
    page = min(turn.page, len(pages) + 1) + step
    while 0 < page <= len(pages) and not form.asked(pages[page - 1], turn.answers, today()):
        page += step
    return max(page, 0)


def _page(
    request: HttpRequest,
    survey: Survey,
    turn: Turn,
    page: int,
    token: str,
    *,
    wrong: dict[str, Say] | None = None,
    needs_consent: bool = False,
    status: str = "",
) -> HttpResponse:
    form, pages = survey.form, survey.form.pages()
    page = min(page, len(pages) + 1)  # one more than there are: nothing is left to ask, only to send
    shown = form.asked(pages[page - 1], turn.answers, today()) if 0 < page <= len(pages) else []
    names = {question.name for question in shown}
    later = _beside(form, pages, Turn(turn.answers, page, "next", turn.has_consented), 1)
    context: dict[str, Any] = {
        "survey": survey,
        "token": token,
        "page": page,
        "pages": len(pages),
        "questions": [drawn(one, turn.answers.get(one.name, ""), (wrong or {}).get(one.name)) for one in shown],
        "carried": [(PREFIX + name, text) for name, text in turn.answers.items() if name not in names],
        "has_consented": turn.has_consented,
        "needs_consent": needs_consent,
        "is_last": later > len(pages) and not _decides(shown, pages[page:]),
        "status": status,
    }
    return render(request, "surveys/answer.html" if page else "surveys/notice.html", context)


def _decides(shown: Sequence[Question], later: Sequence[tuple[Question, ...]]) -> bool:
    """Whether what is answered here decides what is asked on later pages."""
    names = {question.name for question in shown}
    return any(question.asks() & names for page in later for question in page)


def _said(request: HttpRequest, survey: Survey, what: str, status: int) -> HttpResponse:
    told = {"survey": survey, "what": what}
    page = _for_all(request, survey, what, lambda: render(request, "surveys/said.html", told))
    return HttpResponse(page, status=status)


def _for_all(request: HttpRequest, survey: Survey, name: str, draw: Callable[[], HttpResponse]) -> bytes:
    """A page that is the same for everybody: drawn once in a language for as long as the survey is not read again."""
    key = f"{name}.{request.LANGUAGE_CODE}"
    if key not in survey.drawn:
        survey.drawn[key] = draw().content
    return survey.drawn[key]
