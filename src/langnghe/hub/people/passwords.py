"""A new password for who forgot theirs: an administrator makes a link that works once, and never knows the password."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.contrib.auth.tokens import default_token_generator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from langnghe.hub.audit.models import record
from langnghe.hub.base.templatetags.say import say
from langnghe.hub.people.forms import PasswordForm
from langnghe.hub.people.models import Person

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_POST
def link(request: HttpRequest, number: int) -> HttpResponse:
    """Make the link. The old password and all sessions end at once; a second factor stays."""
    person = get_object_or_404(Person, pk=number, is_active=True)
    person.set_password(get_random_string(40))
    person.save(update_fields=["password"])
    record(cast("Person", request.user), "person.reset", person.pk)
    token = default_token_generator.make_token(person)
    address = request.build_absolute_uri(reverse("people:password", args=[person.pk, token]))
    return render(request, "people/invited.html", {"link": address, "person": person})


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest, number: int, token: str) -> HttpResponse:
    """Choose a new password; who does so logs in with it, and with the second factor."""
    person = Person.objects.filter(pk=number, is_active=True).first()
    if person is None or not default_token_generator.check_token(person, token):
        raise Http404
    form = PasswordForm(person, request.POST or None)
    if request.method == "POST" and form.is_valid():
        person.set_password(form.cleaned_data["password"])
        person.save(update_fields=["password"])
        record(person, "person.password", person.pk)
        messages.success(request, say("Đã đổi mật khẩu. Hãy đăng nhập.", "The password is changed. Log in."))
        return redirect("account_login")
    return render(request, "people/edit.html", {"form": form, "title": say("Mật khẩu mới", "New password")})
