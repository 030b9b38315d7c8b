"""Forms of staff: about a survey, and the spreadsheet with its questions."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from django import forms

from langnghe.errors import LangngheError
from langnghe.hub.base.templatetags.say import said, say
from langnghe.hub.studies.models import safe_name
from langnghe.hub.surveys.models import Survey, today
from langnghe.hub.surveys.workbook import MAX_BYTES, Refused
from langnghe.hub.surveys.xlsform import read_form
from langnghe.hub.units.models import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.core.files.uploadedfile import UploadedFile

    from langnghe.hub.people.models import Person
    from langnghe.hub.surveys.form import Form


class SurveyForm(forms.ModelForm[Survey]):
    """Make or change a survey."""

    questions = forms.FileField(widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}))

    class Meta:
        """Which fields."""

        model = Survey
        fields = (
            "questions",
            "title_vi",
            "title_en",
            "unit",
            "purpose_vi",
            "purpose_en",
            "contact",
            "opens",
            "closes",
            "keep_months",
        )
        widgets = {name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d") for name in ("opens", "closes")}

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, hint) in _labels().items():
            self.fields[name].label, self.fields[name].help_text = label, hint
        cast("forms.ModelChoiceField[Unit]", self.fields["unit"]).queryset = Unit.within(person)
        for name in ("purpose_vi", "purpose_en"):
            self.fields[name].widget.attrs["rows"] = 3
        self.fields["questions"].required = self.instance.pk is None
        self.fields["opens"].initial = today()
        if self.instance.is_released:  # what respondents were told stays
            for name in set(self.fields) - {"closes"}:
                del self.fields[name]

    def clean_questions(self) -> Form | None:
        """Read the spreadsheet; every fault in it becomes an error of the field."""
        upload: UploadedFile[Any] | None = self.cleaned_data["questions"]
        if upload is None:
            return None
        if (upload.size or 0) > MAX_BYTES or not (upload.name or "").lower().endswith(".xlsx"):
            raise forms.ValidationError(say("Hãy chọn tệp XLSX nhỏ hơn 2 MB.", "Choose an XLSX file below 2 MB."))
        try:
            with on_disk(upload) as path:
                return read_form(path)
        except Refused as found:
            raise forms.ValidationError([_sentence(fault) for fault in found.faults]) from found
        except LangngheError as found:
            raise forms.ValidationError(_sentence(found)) from found

    def clean_closes(self) -> Any:
        """The last day is not before the first, nor gone."""
        closes, opens = self.cleaned_data["closes"], self.cleaned_data.get("opens", self.instance.opens)
        if closes < today() or (opens and closes < opens):
            raise forms.ValidationError(
                say("Ngày đóng phải từ hôm nay và sau ngày mở.", "The last day can't be gone, nor before the first.")
            )
        return closes

    def clean_keep_months(self) -> int:
        """No longer than three years."""
        months: int = self.cleaned_data["keep_months"]
        if not 1 <= months <= 36:
            raise forms.ValidationError(say("Từ 1 đến 36 tháng.", "From 1 to 36 months."))
        return months

    def save(self, commit: bool = True) -> Survey:  # noqa: FBT001, FBT002 - Django's signature
        """Save, with the form that was read."""
        read: Form | None = self.cleaned_data.get("questions")
        if read is not None:
            self.instance.form_json = read.to_json()
        return super().save(commit)


class ImportForm(forms.Form):
    """Answers from ODK or KoboToolbox."""

    answers = forms.FileField(widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answers"].label = say("Tệp CSV hoặc XLSX", "CSV or XLSX file")


@contextmanager
def on_disk(upload: UploadedFile[Any]) -> Iterator[Path]:
    """An upload as a file, which is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="langnghe-") as folder:
        path = Path(folder) / safe_name(upload.name or "form.xlsx")
        path.write_bytes(upload.read())
        yield path


def _sentence(fault: LangngheError) -> str:
    """An error on one line. The sheet and the row come first: 'survey, dòng 4'."""
    sheet, mark, row = fault.where.rpartition(", ")
    where = f"{sheet}, {say('dòng', 'row')} {row}" if mark and row.isdigit() else fault.where
    return f"{where}: {said(fault.what)} {said(fault.mend)}"


def sentences(fault: Refused | LangngheError) -> Iterator[str]:
    """All that an error says, line by line."""
    yield from (_sentence(one) for one in (fault.faults if isinstance(fault, Refused) else [fault]))


def _labels() -> dict[str, tuple[str, str]]:
    return {
        "questions": (
            say("Bảng hỏi (XLSForm, tệp XLSX)", "Questions (XLSForm, an XLSX file)"),
            "",
        ),
        "title_vi": (say("Tên khảo sát (tiếng Việt)", "Title in Vietnamese"), ""),
        "title_en": (say("Tên khảo sát (tiếng Anh)", "Title in English"), say("Có thể để trống.", "May be empty.")),
        "unit": (say("Đơn vị hỏi", "Unit that asks"), ""),
        "purpose_vi": (
            say("Để làm gì (người trả lời sẽ đọc)", "What for, in Vietnamese (respondents read it)"),
            say("Ví dụ: để công đoàn đề nghị cải thiện bữa ăn ca.", "For instance: to ask for better meals."),
        ),
        "purpose_en": (say("Để làm gì (tiếng Anh)", "What for, in English"), say("Có thể để trống.", "May be empty.")),
        "contact": (
            say("Liên hệ của đơn vị", "How to reach the unit"),
            say("Địa chỉ hoặc điện thoại của cơ quan, không phải của cá nhân.", "An office, not a person."),
        ),
        "opens": (say("Ngày mở", "First day"), ""),
        "closes": (say("Ngày đóng", "Last day"), say("Hết ngày này thì đóng.", "It closes when this day has ended.")),
        "keep_months": (say("Giữ câu trả lời (tháng)", "Months to keep the answers"), ""),
    }
