"""Forms of hand-coding: the sample, who codes, one text, a filled sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from langnghe.drawing import LEAST, MOST, MOST_CODERS
from langnghe.hub.base.templatetags.say import said, say
from langnghe.hub.people.models import Person
from langnghe.hub.roles import CODING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from langnghe.measure.coding.sheet import Choices

LETTERS = "asdfghjklqwertyiop"
"""Keys of reactions; u undoes, x is 'no issue', n goes to the note."""


def key_of(number: int) -> str:
    """The key of the issue of a number from 0: 1–9; then 0 and a digit, 01 … 09 and 00; then - and a digit; later ones have none."""
    if number < 9:
        return str(number + 1)
    tens, rest = divmod(number - 9, 10)
    return f"{'0-'[tens]}{(rest + 1) % 10}" if tens < 2 else ""


class SampleForm(forms.Form):
    """Draw a sample."""

    size = forms.IntegerField(min_value=LEAST, max_value=MOST, initial=300, required=False)
    width = forms.FloatField(min_value=1, max_value=50, required=False)
    coders = forms.IntegerField(min_value=1, max_value=MOST_CODERS, initial=2)
    second = forms.IntegerField(min_value=1, max_value=100, initial=20)
    divide = forms.BooleanField(required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["size"].label = say("Số ý kiến rút ngẫu nhiên", "Texts drawn at random")
        self.fields["coders"].label = say("Số người chia nhau mã hoá", "People who share the coding")
        self.fields["second"].label = say(
            "Phần trăm được người thứ hai mã hoá lại", "Per cent that a second person codes too"
        )
        self.fields["second"].help_text = say(
            "Để biết hai người hiểu sổ mã giống nhau đến đâu.", "It tells how far two people read the code-book alike."
        )
        self.fields["width"].label = say(
            "Hoặc: khoảng tin cậy rộng nhất, tính bằng điểm phần trăm", "Or: widest interval, in percentage points"
        )
        self.fields["width"].help_text = say(
            "Ví dụ 10 nghĩa là ±5 điểm. Có ô này thì số ý kiến được tính ra từ nó.",
            "10, say, means ±5 points. If it is filled in, the number of texts follows from it.",
        )
        self.fields["divide"].label = say(
            "Được chia mẫu theo điểm máy chấm, nơi nào hứa hẹn khoảng tin cậy hẹp hơn",
            "The sample may be divided by the machine's scores where that promises narrower intervals",
        )
        self.fields["divide"].help_text = say(
            "Cách tính được chọn và ghi lại ngay khi rút mẫu, trước khi ai mã hoá, và không đổi về sau. Bỏ dấu thì mọi khoảng tính theo Wilson.",
            "How it is estimated is chosen and written down with the draw, before anybody codes, and stays. Without it all intervals are Wilson's.",
        )

    def clean(self) -> dict[str, Any]:
        """A size, or a width from which it follows."""
        data: dict[str, Any] = super().clean() or {}
        if not self.errors and data.get("size") is None and data.get("width") is None:
            self.add_error("size", say("Ghi số ý kiến, hoặc độ rộng ở dưới.", "Say how many texts, or how wide below."))
        return data


class LearnForm(forms.Form):
    """Draw more texts for the machine to learn from."""

    learn = forms.IntegerField(min_value=LEAST, max_value=MOST, initial=100)
    coders = forms.IntegerField(min_value=1, max_value=MOST_CODERS, initial=1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["learn"].label = say("Số ý kiến thêm", "More texts")
        self.fields["coders"].label = say("Số người chia nhau mã hoá", "People who share the coding")


class SeatsForm(forms.Form):
    """Say who is which coder."""

    def __init__(self, numbers: Sequence[int], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Person.objects.filter(role__in=CODING, is_active=True)
        for number in numbers:
            label = say("Người mã hoá {number}", "Coder {number}", number=number)
            self.fields[f"coder_{number}"] = forms.ModelChoiceField(people, label=label, required=False)

    def clean(self) -> dict[str, Any]:
        """One person codes one part: else nobody would code a text a second time."""
        data: dict[str, Any] = super().clean() or {}
        chosen = [person for person in data.values() if person]
        if len(set(chosen)) != len(chosen):
            raise forms.ValidationError(say("Một người chỉ nhận một phần.", "One person takes one part."))
        return data


class CodeForm(forms.Form):
    """Code one text."""

    code = forms.CharField(max_length=20, widget=forms.HiddenInput)
    note = forms.CharField(max_length=400, required=False)

    def __init__(self, choices: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        issues = [(one.id, said(one.name)) for one in choices.issues]
        reactions = [(one.id, said(one.name)) for one in choices.reactions]
        self.fields["issues"] = forms.MultipleChoiceField(choices=issues, required=False)
        self.fields["none"] = forms.BooleanField(required=False)
        self.fields["reaction"] = forms.ChoiceField(choices=reactions)

    def clean(self) -> dict[str, Any]:
        """Either issues or none of them: that a text has none is said, not left open."""
        data: dict[str, Any] = super().clean() or {}
        if bool(data.get("issues")) == bool(data.get("none")):
            raise forms.ValidationError(
                say("Chọn vấn đề, hoặc chọn “không vấn đề nào”.", "Choose issues, or choose “no issue”.")
            )
        return data


class SheetForm(forms.Form):
    """Send a filled sheet."""

    sheet = forms.FileField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sheet"].label = say("Phiếu đã điền (.xlsx)", "Filled sheet (.xlsx)")
        self.fields["sheet"].widget.attrs["accept"] = ".xlsx"
