"""The pages of workers: write, get a receipt code, come back with it. No account, no cookie; they work without a script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from langnghe.hub.base.intake import is_from_here, key_of, new_token, row_key, size_of
from langnghe.hub.feedback import flood
from langnghe.hub.feedback.forms import AnswerForm, LetterForm
from langnghe.hub.feedback.models import (
    LONGEST,
    MOST_MESSAGES,
    Letter,
    Message,
    Rule,
    today,
    working_days_after,
)
from langnghe.hub.feedback.receipt import code_of, hashed
from langnghe.hub.units.models import Unit

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

MAX_BODY = 100_000
"""Bytes of a form: the longest text, every letter of it percent-encoded, stays below."""

WRITE, READ, ADD = "feedback", "feedback.read", "feedback.add"
STATUS = {"work": 429, "later": 503, "foreign": 403, "large": 413, "wrong": 404}
"""Purposes of tokens; how what was asked is told to browsers."""


@csrf_exempt  # a cookie would be a mark on the worker: see `langnghe.hub.base.intake`
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """Write a letter."""
    if not Unit.objects.exists():
        return render(request, "feedback/said.html", {"what": "shut"})
    if request.method == "GET":
        return _form(request, LetterForm(), new_token(WRITE))
    opened, refused = _opened(request, WRITE)
    if opened is None:
        return _said(request, refused)
    key, is_old = opened
    return _written(request, key, is_old=is_old)


def _written(request: HttpRequest, key: str, *, is_old: bool) -> HttpResponse:
    """Show what is to be mended or waited for, or store."""
    token = new_token(WRITE, key) if is_old else request.POST["token"]
    form = LetterForm(request.POST)
    if request.POST.get("go") == "find":
        return _form(request, form, token, is_found=True)
    has_consented = request.POST.get("consent") == "yes"
    if not form.is_valid() or not has_consented:
        return _form(request, form, token, needs_consent=not has_consented)
    before = Letter.objects.filter(pk=row_key(WRITE, key)).first()
    if before is not None:
        return _again(request, before, form, key)
    if is_old:
        return _form(request, form, token, status="old")
    asked = _asked(request, "writing", key)
    if asked:
        return _form(request, form, token, status=asked, key=key)
    return _stored(request, form, key)


def _stored(request: HttpRequest, form: LetterForm, key: str) -> HttpResponse:
    data, code, pk = form.cleaned_data, code_of(key), row_key(WRITE, key)
    rule = Rule.of(data["reader"])
    letter = Letter(
        pk=pk,
        code_hash=hashed(code) or "",
        reader=data["reader"],
        about=data["about"],
        topic=data["topic"],
        contact=data["contact"],
        may_study=request.POST.get("may_study") == "yes",
        day=today(),
        due=working_days_after(today(), rule.answer_days),
    )
    try:
        with transaction.atomic():
            letter.save(force_insert=True)
            letter.write(data["text"], key=row_key(ADD, key))
    except IntegrityError:  # the same page, sent twice at once
        return _again(request, Letter.objects.get(pk=pk), form, key)
    return _receipt(request, letter, code)


def _again(request: HttpRequest, letter: Letter, form: LetterForm, key: str) -> HttpResponse:
    """A page that was sent before: the same receipt for the same text, none for another."""
    first = letter.messages.get(number=1)
    if first.text == form.cleaned_data["text"]:
        return _receipt(request, letter, code_of(key))
    return _said(request, "sent")


def _receipt(request: HttpRequest, letter: Letter, code: str) -> HttpResponse:
    return render(request, "feedback/receipt.html", {"letter": letter, "code": code})


def _form(request: HttpRequest, form: LetterForm, token: str, **also: Any) -> HttpResponse:
    is_bare = also.get("is_found") or not form.is_bound
    context = {
        "form": form,
        "token": token,
        "errors": {} if is_bare else form.errors,
        "rule": Rule(),
        "longest": LONGEST,
    }
    context |= _waiting(also) | also
    return _answered(request, "feedback/write.html", context)


def _waiting(also: dict[str, Any]) -> dict[str, Any]:
    """What a page that asks for work or waiting needs."""
    if also.get("status") != "work":
        return {}
    return {"wait": flood.wait_token(also["key"]), "bits": flood.BITS, "seconds": flood.WAIT}


def _answered(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    context = {"posted": request.POST, "code": request.POST.get("code", "")[:80]} | context
    response = render(request, template, context, status=STATUS.get(context.get("status", ""), 200))
    if response.status_code in {429, 503}:
        response.headers["Retry-After"] = str(flood.WAIT)
    return response


def _opened(request: HttpRequest, purpose: str) -> tuple[tuple[str, bool] | None, str]:
    """The key of a page that was sent, and whether it is old; else why it is refused."""
    if size_of(request) > MAX_BODY:
        return None, "large"
    opened = key_of(purpose, request.POST.get("token", "")) if is_from_here(request) else None
    return opened, "" if opened else "foreign"


def _asked(request: HttpRequest, gate: str, key: str) -> str:
    return flood.GATES[gate].asks(key, request.POST.get("work", ""), request.POST.get("wait", ""))


def _said(request: HttpRequest, what: str) -> HttpResponse:
    return render(request, "feedback/said.html", {"what": what}, status=STATUS.get(what, 200))


# --- coming back ------------------------------------------------------------------------------------------------------


@csrf_exempt  # likewise
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def read(request: HttpRequest) -> HttpResponse:
    """Read the answer with the receipt code, add to the letter, or take it back."""
    if request.method == "GET":
        return _answered(request, "feedback/code.html", {"token": new_token(READ)})
    opened, refused = _opened(request, READ)
    if opened is None:
        return _said(request, refused)
    key = opened[0]
    asked = _asked(request, "reading", key)
    if asked:
        context = {"token": new_token(READ, key), "status": asked, "key": key}
        return _answered(request, "feedback/code.html", context | _waiting(context))
    code = request.POST.get("code", "")[:80]
    stored = hashed(code)
    letter = Letter.objects.select_related("reader").filter(code_hash=stored).first() if stored else None
    if letter is None:
        return _answered(request, "feedback/code.html", {"token": new_token(READ), "status": "wrong"})
    return _with_code(request, letter, code, key)


def _with_code(request: HttpRequest, letter: Letter, code: str, key: str) -> HttpResponse:
    what, notice = request.POST.get("go", "read"), ""
    form = AnswerForm(request.POST if what == "add" else None)
    if what == "add" and form.is_valid():
        notice = _added(request, letter, form.cleaned_data["text"], key)
        form = form if notice in {"work", "later"} else AnswerForm()
    elif what == "withdraw":
        notice = "withdrawn" if request.POST.get("sure") == "yes" else "unsure"
        if notice == "withdrawn":
            letter.withdraw()
    is_waiting = notice in {"work", "later"}
    token = new_token(READ, key) if is_waiting else new_token(READ)
    context: dict[str, Any] = {"letter": letter, "thread": letter.messages.all(), "code": code, "token": token}
    context |= {"form": form, "notice": notice, "may_add": may_add(letter)}
    context |= {"status": notice if is_waiting else "", "key": key}
    return _answered(request, "feedback/thread.html", context | _waiting(context))


def _added(request: HttpRequest, letter: Letter, text: str, key: str) -> str:
    """Add to a thread; sent again it is there once."""
    pk = row_key(f"{ADD}.{letter.pk}", key)
    if Message.objects.filter(pk=pk).exists():
        return "added"
    if not may_add(letter):
        return "full"
    asked = _asked(request, "writing", key)
    if asked:
        return asked
    letter.write(text, key=pk)
    letter.reopen()
    return "added"


def may_add(letter: Letter) -> bool:
    """Whether a thread takes more."""
    return not letter.is_withdrawn and letter.messages.count() < MOST_MESSAGES
