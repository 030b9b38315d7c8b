"""How allauth works here: nobody signs up by themselves; who has just logged in is not asked for the password again."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.app_settings import REAUTHENTICATION_TIMEOUT
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context

from langnghe.hub.base.templatetags.say import say_later

if TYPE_CHECKING:
    from django.http import HttpRequest

WRONG = {
    "email_password_mismatch": ("Thư điện tử hoặc mật khẩu không đúng.", "The e-mail or the password is wrong."),
    "enter_current_password": ("Mật khẩu đang dùng không đúng.", "This is not your present password."),
    "incorrect_password": ("Mật khẩu không đúng.", "The password is wrong."),
    "too_many_login_attempts": (
        "Đã thử sai quá nhiều lần. Hãy đợi 15 phút rồi thử lại, hoặc nhờ người quản trị cấp đường dẫn mới.",
        "Too many wrong tries. Wait for 15 minutes, or ask an administrator for a link.",
    ),
    "rate_limited": ("Thao tác quá nhanh. Hãy đợi một phút.", "That was too fast. Wait for a minute."),
}
"""What allauth says in English → (Vietnamese, English)."""


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts are made by invitation alone."""

    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        name: say_later(*both) for name, both in WRONG.items()
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse."""
        del request
        return False

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Ask again but for the five minutes after a login: a second factor is set up right after it."""
        records = get_authentication_records(context.request, context.request.user)
        is_fresh = bool(records) and time.time() - records[-1]["at"] < REAUTHENTICATION_TIMEOUT
        return not is_fresh and bool(super().is_reauthentication_required(app=app))
