"""Pages of the code-book as a whole: reading it, and signing it as its second person."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET, require_POST

import langnghe as ln
from langnghe.deciding import deciders
from langnghe.hub.base.templatetags.say import say
from langnghe.hub.issues.views import decided, study_of
from langnghe.issues.codebook import read_codebook
from langnghe.issues.custom import is_custom, is_signed, same_person

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest, HttpResponse

    from langnghe.hub.people.models import Person


class SignForm(forms.Form):
    """Sign: who edited it, what was read, and that it was read."""

    editor = forms.CharField(max_length=120)
    read = forms.CharField(max_length=64, widget=forms.HiddenInput)
    sure = forms.BooleanField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["editor"].label = say("Người soạn sổ mã", "Who edited the code-book")
        self.fields["sure"].label = say(
            "Tôi không soạn sổ mã này; tôi đã đọc hết và đồng ý công bố theo nó.",
            "I did not edit this code-book; I have read all of it and stand for publishing by it.",
        )


@require_GET
def book(request: HttpRequest, number: int) -> HttpResponse:
    """The whole code-book; who may sign it finds the form at its end."""
    study = study_of(number)
    folder = study.open()
    read = read_codebook(folder.codebook_path)
    edited = sorted(deciders(folder))
    start = {"read": read.content_sha256(), "editor": ", ".join(edited)}
    is_own = any(same_person(str(request.user), one) for one in edited)
    page = {"study": study, "book": read, "is_custom": is_custom(read), "is_signed": is_signed(read), "edited": edited}
    signed = parse_date(read.signature.date) if read.signature else None
    return render(
        request, "issues/book.html", {**page, "is_own": is_own, "signed": signed, "form": SignForm(initial=start)}
    )


@require_POST
def sign(request: HttpRequest, number: int) -> HttpResponse:
    """Sign the code-book that was shown, as the person who is logged in."""
    study = study_of(number)
    form = SignForm(request.POST)
    if not form.is_valid():
        messages.error(
            request,
            say("Hãy ghi người soạn và đánh dấu rằng bạn đã đọc.", "Name the editor and tick that you have read it."),
        )
        return redirect("issues:book", number)
    if form.cleaned_data["read"] != read_codebook(study.open().codebook_path).content_sha256():
        messages.error(request, say("Sổ mã vừa đổi; hãy đọc lại.", "The code-book has just changed; read it again."))
        return redirect("issues:book", number)
    editor, signer = form.cleaned_data["editor"], str(cast("Person", request.user))
    return decided(request, study, lambda folder, _: ln.sign_codebook(folder, editor=editor, signer=signer))
