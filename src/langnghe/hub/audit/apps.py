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
        from allauth.account.signals import password_changed  # noqa: PLC0415 - they need the models
        from allauth.mfa import signals as second  # noqa: PLC0415 - likewise

        user_logged_in.connect(_logged_in, dispatch_uid="audit.in")
        user_logged_out.connect(_logged_out, dispatch_uid="audit.out")
        user_login_failed.connect(_refused, dispatch_uid="audit.refused")
        password_changed.connect(_changed, dispatch_uid="audit.password")
        second.authenticator_added.connect(_second_added, dispatch_uid="audit.added")
        second.authenticator_removed.connect(_second_removed, dispatch_uid="audit.removed")
        second.authenticator_reset.connect(_codes_made, dispatch_uid="audit.codes")
        second.authentication_failed.connect(_second_refused, dispatch_uid="audit.second_refused")


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


def _changed(user: Any, **_: Any) -> None:
    _record(user, "person.password", user.pk)


def _second_added(user: Any, authenticator: Any, **_: Any) -> None:
    if authenticator.type == "totp":  # recovery codes come with it
        _record(user, "person.second_added", user.pk)


def _second_removed(user: Any, authenticator: Any, **_: Any) -> None:
    if authenticator.type == "totp":
        _record(user, "person.second_removed", user.pk)


def _codes_made(user: Any, **_: Any) -> None:
    _record(user, "person.codes_made", user.pk)


def _second_refused(user: Any, **_: Any) -> None:
    _record(None, "person.second_refused", user.pk)


def _record(who: Any, what: str, about: object) -> None:
    from langnghe.hub.audit.models import record  # noqa: PLC0415 - likewise

    record(who, what, about)
