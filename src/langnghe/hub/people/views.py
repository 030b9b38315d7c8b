"""Pages of people: who works here, invitations, and making the account of an invitation."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from allauth.account.internal.flows.login import record_authentication
from django.contrib import messages
from django.contrib.auth import login
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from langnghe.hub.audit.models import record
from langnghe.hub.base.templatetags.say import say
from langnghe.hub.erasures import note
from langnghe.hub.people.forms import AcceptForm, InvitationForm, PersonForm
from langnghe.hub.people.models import Invitation, Person
from langnghe.hub.roles import Role

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Who has an account, and which invitations are open."""
    open_ones = Invitation.objects.filter(used=None, expires__gt=timezone.now()).select_related("unit")
    return render(
        request, "people/list.html", {"people": Person.objects.select_related("unit"), "invitations": open_ones}
    )


@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Make a link with which one person makes one account."""
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = cast("Person", request.user)
        invitation, secret = Invitation.make(form.cleaned_data["role"], form.cleaned_data["unit"], person)
        record(person, "person.invited", invitation)
        link = request.build_absolute_uri(reverse("people:accept", args=[secret]))
        return render(request, "people/invited.html", {"link": link, "invitation": invitation})
    return render(
        request,
        "people/edit.html",
        {
            "form": form,
            "title": say("Mời một người", "Invite somebody"),
            "button": say("Tạo đường dẫn mời", "Make the link"),
        },
    )


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Change a role or a unit, or close an account. The last administrator stays one."""
    person = get_object_or_404(Person, pk=number)
    form = PersonForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        if _leaves_nobody(person):
            form.add_error("role", say("Phải còn ít nhất một người quản trị.", "There must be an administrator left."))
        else:
            saved = form.save()
            if not saved.is_active:
                note("person.closed", saved.pk)
            record(cast("Person", request.user), "person.changed", saved.pk)
            messages.success(request, say("Đã lưu.", "Saved."))
            return redirect("people:list")
    return render(request, "people/edit.html", {"form": form, "title": person.email, "changed": person})


def _leaves_nobody(changed: Person) -> bool:
    """Whether no active administrator would be left."""
    if changed.role == Role.ADMIN and changed.is_active:
        return False
    return not Person.objects.filter(role=Role.ADMIN, is_active=True).exclude(pk=changed.pk).exists()


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, secret: str) -> HttpResponse:
    """Make the account of an invitation, and log in to it."""
    with transaction.atomic():
        invitation = Invitation.open(secret)
        if invitation is None:
            raise Http404
        form = AcceptForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            data = form.cleaned_data
            person = Person.objects.create_user(
                data["email"], data["password"], name=data["name"], role=invitation.role, unit=invitation.unit
            )
            invitation.used = timezone.now()
            invitation.save(update_fields=["used"])
            record(person, "person.joined", person.pk)
            login(request, person, backend="allauth.account.auth_backends.AuthenticationBackend")
            record_authentication(
                request, person, "password"
            )  # the second factor is set up without asking for it again
            return redirect("home")
    title, button = say("Tạo tài khoản của bạn", "Make your account"), say("Tạo tài khoản", "Make the account")
    return render(request, "people/edit.html", {"form": form, "title": title, "button": button})
