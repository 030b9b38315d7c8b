"""Forms for accounts and invitations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from langnghe.hub.base.templatetags.say import said, say
from langnghe.hub.people.models import CALLED, Invitation, Person


class _Labelled(forms.ModelForm[Any]):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {
            "email": say("Thư điện tử", "E-mail"),
            "name": say("Họ tên", "Name"),
            "role": say("Vai trò", "Role"),
            "unit": say("Đơn vị", "Unit"),
            "is_active": say("Được đăng nhập", "May log in"),
        }
        for name, label in labels.items():
            if name in self.fields:
                self.fields[name].label = label
        role = self.fields.get("role")
        if isinstance(role, forms.ChoiceField):
            role.choices = [(value, said(name)) for value, name in CALLED.items()]
            role.help_text = say(
                "Quản trị: người dùng, đơn vị, mọi việc. Nghiên cứu: nghiên cứu, sổ mã, khảo sát. Mã hoá: đọc ý kiến được giao. Cán bộ: góp ý và khảo sát của đơn vị mình. Chỉ xem: báo cáo, kết quả.",
                "Administrator: people, units, everything. Researcher: studies, code-book, surveys. Coder: reads what was given to them. Officer: letters and surveys of the own unit. Viewer: reports and results.",
            )
        unit = self.fields.get("unit")
        if isinstance(unit, forms.ModelChoiceField):
            unit.empty_label = say("(không)", "(none)")
            unit.help_text = say(
                "Cán bộ phải thuộc một đơn vị; vai trò khác thì tuỳ.", "An officer has one; others may."
            )

    def clean(self) -> dict[str, Any]:
        """An officer belongs to a unit."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("role") == "officer" and data.get("unit") is None:
            self.add_error("unit", say("Cán bộ đơn vị phải thuộc một đơn vị.", "An officer belongs to a unit."))
        return data


class InvitationForm(_Labelled):
    """Invite somebody."""

    class Meta:
        """Which fields."""

        model = Invitation
        fields = ("role", "unit")


class PersonForm(_Labelled):
    """Change a role or a unit, or close an account."""

    class Meta:
        """Which fields."""

        model = Person
        fields = ("name", "role", "unit", "is_active")


class AcceptForm(_Labelled):
    """Make the account that an invitation is for."""

    password = forms.CharField(widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), strip=False)

    class Meta:
        """Which fields."""

        model = Person
        fields = ("name", "email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
        self.fields["password"].label = say("Mật khẩu", "Password")
        self.fields["password"].help_text = say(
            "Ít nhất 12 ký tự; một câu dài dễ nhớ là tốt nhất.", "At least 12 characters; a long sentence is best."
        )

    def clean_email(self) -> str:
        """Addresses are compared in lower case."""
        email: str = self.cleaned_data["email"].lower()
        if Person.objects.filter(email=email).exists():
            raise forms.ValidationError(say("Địa chỉ này đã có tài khoản.", "There is an account for this address."))
        return email

    def clean_password(self) -> str:
        """As strong as the settings ask for."""
        password: str = self.cleaned_data["password"]
        validate_password(password, Person(email=self.cleaned_data.get("email", ""), name=self.data.get("name", "")))
        return password


class PasswordForm(forms.Form):
    """Choose a new password."""

    password = forms.CharField(widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), strip=False)

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["password"].label = say("Mật khẩu mới", "New password")

    def clean_password(self) -> str:
        """As strong as the settings ask for."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self.person)
        return password
