"""Forms of logging in, in our words: allauth has them in English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp

from langnghe.hub.base.templatetags.say import say

if TYPE_CHECKING:
    from django import forms


def _labelled(form: forms.Form, **labels: str) -> None:
    """Give fields their labels, and nothing else that allauth puts there."""
    for name, label in labels.items():
        field = form.fields[name]
        field.label, field.help_text = label, ""
        field.widget.attrs.pop("placeholder", None)


class LoginForm(account.LoginForm):  # type: ignore[misc]  # allauth ships no types
    """Log in. There is no link for forgotten passwords: an administrator makes one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _labelled(self, login=say("Thư điện tử", "E-mail"), password=say("Mật khẩu", "Password"))


class AgainForm(account.ReauthenticateForm):  # type: ignore[misc]  # likewise
    """The password once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _labelled(self, password=say("Mật khẩu", "Password"))


class ChangeForm(account.ChangePasswordForm):  # type: ignore[misc]  # likewise
    """Change the own password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _labelled(
            self,
            oldpassword=say("Mật khẩu đang dùng", "Present password"),
            password1=say("Mật khẩu mới", "New password"),
            password2=say("Gõ lại mật khẩu mới", "New password once more"),
        )
        self.fields["password1"].help_text = say(
            "Ít nhất 12 ký tự; một câu dài dễ nhớ là tốt nhất.", "At least 12 characters; a long sentence is best."
        )


def _asks_for_code(form: forms.Form, label: str) -> None:
    _labelled(form, code=label)
    form.fields["code"].widget.attrs |= {"inputmode": "numeric", "class": "digits", "maxlength": 8}


class CodeForm(mfa.AuthenticateForm):  # type: ignore[misc]  # likewise
    """The code that the telephone shows, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _asks_for_code(self, say("Mã 6 số, hoặc mã dự phòng 8 số", "Code of 6 digits, or recovery code of 8"))


class CodeAgainForm(mfa.ReauthenticateForm):  # type: ignore[misc]  # likewise
    """The same once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _asks_for_code(self, say("Mã 6 số, hoặc mã dự phòng 8 số", "Code of 6 digits, or recovery code of 8"))


class ActivateForm(totp.ActivateTOTPForm):  # type: ignore[misc]  # likewise
    """The first code, which shows that the app has the seed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _asks_for_code(self, say("Mã 6 số đang hiện trên điện thoại", "The 6 digits that the telephone shows now"))
