"""People hear who logs in: a session is told when it began; a new second factor ends the sessions that came in without it."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in


class People(AppConfig):
    """People."""

    name = "langnghe.hub.people"

    def ready(self) -> None:
        """Listen."""
        from allauth.mfa.signals import authenticator_added  # noqa: PLC0415 - models are there after all apps are

        from langnghe.hub.people.sessions import begin  # noqa: PLC0415 - likewise

        user_logged_in.connect(begin, dispatch_uid="people.begin")
        authenticator_added.connect(_end_others, dispatch_uid="people.end_others")


def _end_others(request: Any, user: Any, authenticator: Any, **_: Any) -> None:
    from langnghe.hub.people.sessions import end  # noqa: PLC0415 - likewise

    if authenticator.type == "totp":
        end(user, besides=request.session.session_key)
