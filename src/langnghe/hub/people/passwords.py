"""Letting somebody in again who forgot the password, or lost telephone and recovery codes: a link that works once, handed over in person."""

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

from langnghe.errors import InputError, Say
from langnghe.hub.audit.models import record
from langnghe.hub.base.templatetags.say import say
from langnghe.hub.people.forms import PasswordForm
from langnghe.hub.people.models import Person
from langnghe.hub.people.second import remove
from langnghe.hub.people.sessions import end

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def readmit(person: Person, by: Person | None, *, has_lost_second: bool) -> str:
    """Void the password, end all sessions, take away a second factor that was lost; gives back the address of a link that works once.

    Who makes the link never knows the password, and a second factor that is not lost is asked for as before.
    """
    person.set_password(get_random_string(40))
    person.save(update_fields=["password"])
    record(by, "person.reset", person.pk)
    if has_lost_second:
        remove(person)
        record(by, "person.second_removed", person.pk)
    end(person)
    return reverse("people:password", args=[person.pk, default_token_generator.make_token(person)])


def readmitted(email: str) -> str:
    """The same from the machine that hosts the hub, for the last administrator.

    Raises
    ------
    InputError
        There is no such account, or it is closed.
    """
    person = Person.objects.filter(email=email.lower(), is_active=True).first()
    if person is None:
        raise InputError(
            email,
            Say("không có tài khoản nào đang mở với địa chỉ này.", "there is no open account with this address."),
            Say("Xem địa chỉ ở trang Người dùng.", "The page People lists the addresses."),
        )
    return readmit(person, None, has_lost_second=True)


@require_POST
def link(request: HttpRequest, number: int) -> HttpResponse:
    """Make the link. Nobody takes away the own second factor like this."""
    person = get_object_or_404(Person, pk=number, is_active=True)
    by = cast("Person", request.user)
    has_lost = bool(request.POST.get("lost")) and person != by
    address = request.build_absolute_uri(readmit(person, by, has_lost_second=has_lost))
    return render(request, "people/invited.html", {"link": address, "person": person, "has_lost": has_lost})


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
