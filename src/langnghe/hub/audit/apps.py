"""The audit log also hears who logged in, and whose password was refused."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed


class Audit(AppConfig):
    """The audit log."""

    name = "langnghe.hub.audit"

    def ready(self) -> None:
        """Listen."""
        user_logged_in.connect(_logged_in, dispatch_uid="audit.in")
        user_logged_out.connect(_logged_out, dispatch_uid="audit.out")
        user_login_failed.connect(_refused, dispatch_uid="audit.refused")


def _logged_in(user: Any, **_: Any) -> None:
    _record(user, "person.logged_in", user.pk)


def _logged_out(user: Any, **_: Any) -> None:
    if user is not None:
        _record(user, "person.logged_out", user.pk)


def _refused(credentials: dict[str, Any], **_: Any) -> None:
    """Keep which account was tried, by its number; what was typed for an account that is not there is nobody's business."""
    from langnghe.hub.people.models import Person  # noqa: PLC0415 - models are there after `ready`

    typed = str(credentials.get("email") or credentials.get("username") or "").lower()
    person = Person.objects.filter(email=typed).first()
    _record(None, "person.refused", person.pk if person else "–")


def _record(who: Any, what: str, about: object) -> None:
    from langnghe.hub.audit.models import record  # noqa: PLC0415 - likewise

    record(who, what, about)
