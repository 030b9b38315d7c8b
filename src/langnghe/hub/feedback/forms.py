"""Forms of the feedback line: the worker's, and those of officers."""

from __future__ import annotations

from typing import Any

from django import forms

from langnghe.hub.base.templatetags.say import said, say
from langnghe.hub.feedback.models import LONGEST, LONGEST_CONTACT, TOPICS, Letter, Rule
from langnghe.hub.feedback.readers import found, is_partial, offered, seen_by
from langnghe.hub.people.models import Person
from langnghe.hub.units.models import Unit

RATHER_NOT = "0"
"""The answer of a worker who does not say which unit it is about, or finds it not in the list."""


class LetterForm(forms.Form):
    """What a worker writes. The unit that it is about is looked for by name, so that the page stays small and needs no script."""

    text = forms.CharField(max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 8, "maxlength": LONGEST}))
    topic = forms.ChoiceField(required=False)
    about_name = forms.CharField(required=False, max_length=160, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    about = forms.ChoiceField(required=False, widget=forms.RadioSelect)
    reader = forms.ChoiceField()
    contact = forms.CharField(
        required=False,
        max_length=LONGEST_CONTACT,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": LONGEST_CONTACT}),
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        given = self.data if self.is_bound else {}
        self.about_unit = _unit(given.get("about", ""))
        self.found = found(given.get("about_name", ""))
        if self.about_unit and self.about_unit not in self.found:
            self.found = [self.about_unit, *self.found]
        self.offered = offered(self.about_unit)
        self._choices()

    def _choices(self) -> None:
        topics = [("", say("Không chọn", "None")), *((one, said(name)) for one, name in TOPICS.items())]
        units = [(str(unit.pk), unit.name) for unit in self.found]
        none = (
            RATHER_NOT,
            say("Không có trong danh sách, hoặc tôi không muốn nói", "Not in this list, or I'd rather not say"),
        )
        choices = {
            "topic": topics,
            "about": [*units, none],
            "reader": [(str(one.pk), one.name) for one in self.offered],
        }
        for name, choice in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choice

    def clean_text(self) -> str:
        """Windows' line ends are one letter; a text of blanks is none."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n").strip()

    def clean(self) -> dict[str, Any]:
        """A name that was typed is chosen from the list; the reader is not the unit that the letter is about."""
        data = super().clean() or {}
        if data.get("about_name") and not data.get("about") and "about" not in self.errors:
            self.add_error("about", say("Hãy chọn một dòng bên dưới.", "Choose one of the lines below."))
        reader = _unit(self.data.get("reader", ""))
        if reader and self.about_unit and is_partial(reader, self.about_unit):
            self.errors.pop("reader", None)
            self.add_error(
                "reader",
                say(
                    "Đơn vị này quá gần nơi bạn phản ánh nên không được đọc. Hãy chọn nơi khác trong danh sách.",
                    "This unit is too close to the one that you write about, so it may not read it. Choose another.",
                ),
            )
        data["reader"], data["about"] = reader, self.about_unit
        return data


class AnswerForm(forms.Form):
    """A message in a thread."""

    text = forms.CharField(max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6, "maxlength": LONGEST}))

    def clean_text(self) -> str:
        """As in the form of letters."""
        return str(self.cleaned_data["text"]).replace("\r\n", "\n").strip()


class AssignForm(forms.Form):
    """Put an officer in charge: one who may see the letter."""

    officer = forms.ModelChoiceField(Person.objects.none())

    def __init__(self, letter: Letter, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        officers = Person.objects.filter(role="officer", is_active=True).select_related("unit")
        able = [one.pk for one in officers if Letter.objects.filter(seen_by(one), pk=letter.pk).exists()]
        field = self.fields["officer"]
        field.label = say("Cán bộ phụ trách", "Officer in charge")
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = officers.filter(pk__in=able)


class RuleForm(forms.ModelForm[Rule]):
    """What a unit promises."""

    answer_days = forms.IntegerField(min_value=1, max_value=60)
    keep_days = forms.IntegerField(min_value=7, max_value=730)

    class Meta:
        """Which fields."""

        model = Rule
        fields = ("answer_days", "keep_days")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer_days"].label = say("Trả lời trong (ngày làm việc)", "Answer within (working days)")
        self.fields["keep_days"].label = say(
            "Xoá dữ liệu cá nhân sau khi đóng (ngày)", "Erase personal data after closing (days)"
        )


def _unit(number: str) -> Unit | None:
    is_number = number.isascii() and number.isdigit() and len(number) < 16
    return Unit.objects.filter(pk=int(number)).first() if is_number else None
