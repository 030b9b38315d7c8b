"""The page of one's own account: second factor, sessions, and what happened to the account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from langnghe.hub.audit.models import Entry, record
from langnghe.hub.base.templatetags.say import say
from langnghe.hub.people.models import Session
from langnghe.hub.people.second import codes_left, has_second
from langnghe.hub.people.sessions import end
from langnghe.hub.roles import MINUTES, SECOND_FACTOR, role_of

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

    from langnghe.hub.people.models import Person

TOLD = (
    *("person.refused", "person.second_refused", "person.password", "person.reset", "person.changed"),
    *("person.second_added", "person.second_removed", "person.codes_made", "person.sessions_ended"),
)
"""What its owner is told of an account."""


@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """The own account."""
    person, role = cast("Person", request.user), role_of(request)
    page = {
        "has_second": has_second(person),
        "must_have": role in SECOND_FACTOR and not settings.INSTANCE.is_demo,
        "codes_left": codes_left(person),
        "sessions": person.sessions.all(),
        "mine": request.session.session_key,
        "hours": MINUTES[role] // 60,
        "happened": happened(person)[:10],
    }
    return render(request, "people/account.html", page)


def happened(person: Person) -> QuerySet[Entry]:
    """What happened to an account, the newest first."""
    return Entry.objects.filter(what__in=TOLD, about=str(person.pk)).select_related("who")


def since_last_login(person: Person) -> dict[str, Any]:
    """What happened to an account between the login before and this one, for the first page to tell."""
    logins = Entry.objects.filter(what="person.logged_in", about=str(person.pk)).values_list("id", flat=True)[:2]
    return {"news": happened(person).filter(id__range=(logins[1], logins[0]))[:5] if len(logins) > 1 else []}


@require_POST
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth ships no types
def end_own(request: HttpRequest) -> HttpResponse:
    """End one of the own sessions, or all but this one."""
    person, name = cast("Person", request.user), request.POST.get("name", "")
    key = request.session.session_key
    if name:
        for one in person.sessions.exclude(session_key=key):
            if one.name == name:
                one.delete()
    else:
        end(person, besides=key)
    record(person, "person.sessions_ended", person.pk)
    messages.success(request, say("Đã đăng xuất ở nơi ấy.", "That session has ended.") if name else say("Đã đăng xuất ở mọi nơi khác.", "All other sessions have ended."))  # fmt: skip
    return redirect("mfa_index")


@require_POST
@reauthentication_required  # type: ignore[untyped-decorator]  # likewise
def end_all(request: HttpRequest) -> HttpResponse:
    """End the sessions of everybody but one's own."""
    Session.objects.exclude(session_key=request.session.session_key).delete()
    record(cast("Person", request.user), "person.everybody_ended")
    messages.success(request, say("Mọi người khác đã bị đăng xuất.", "Everybody else is logged out."))
    return redirect("people:list")
