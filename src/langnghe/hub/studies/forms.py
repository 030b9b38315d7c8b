"""Forms of studies: title, file, and what a person says about its columns."""

from __future__ import annotations

from typing import Any

from django import forms

from langnghe.hub.base.templatetags.say import say
from langnghe.hub.studies.models import MOST_BYTES, Study

NONE = "\0none"
"""The choice 'use no column' (the empty choice recognises one)."""

SUFFIXES = (".csv", ".tsv", ".xlsx", ".json", ".jsonl", ".parquet")


class StudyForm(forms.ModelForm[Study]):
    """Begin a study."""

    class Meta:
        """Which fields."""

        model = Study
        fields = ("title",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].label = say(
            "Tên nghiên cứu (in trên báo cáo)", "Title of the study (printed on the report)"
        )


class FileForm(forms.Form):
    """Upload a file in one go."""

    file = forms.FileField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].label = say("Tệp ý kiến", "File of comments")
        self.fields["file"].widget.attrs["accept"] = ",".join(SUFFIXES)
        self.fields["file"].help_text = say(
            "CSV, XLSX, JSON hoặc Parquet, tối đa 200 MB. Tệp bị xoá khỏi máy chủ ngay khi đọc xong; chỉ giữ ý kiến đã che thông tin cá nhân.",
            "CSV, XLSX, JSON or Parquet, 200 MB at most. The file is erased once it was read; only texts with personal data masked are kept.",
        )

    def clean_file(self) -> Any:
        """Refuse what is too large."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(say("Tệp lớn hơn 200 MB.", "The file is larger than 200 MB."))
        return file


def _recognised(names: list[str] | None) -> str:
    """The choice that leaves it to the program, with what it has found."""
    if names is None:
        return say("(tự nhận ra)", "(recognise it)")
    found = ", ".join(names) or say("không có", "none")
    return say("(tự nhận ra: {found})", "(recognised: {found})", found=found)


class ColumnsForm(forms.Form):
    """Correct how the columns of a file are read."""

    def __init__(self, columns: list[str], used: dict[str, list[str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {
            "text": say("Cột nội dung", "Column of texts"),
            "date": say("Cột ngày", "Column of dates"),
            "author": say("Cột người viết (chỉ để đếm, rồi bỏ)", "Column of authors (only counted, then dropped)"),
            "source": say("Cột nguồn", "Column of sources"),
        }
        known = [(name, name) for name in columns]
        for role, label in labels.items():
            none = [] if role == "text" else [(NONE, say("(không dùng cột nào)", "(use no column)"))]
            choices = [("", _recognised(used.get(role))), *none, *known]
            self.fields[role] = forms.ChoiceField(label=label, choices=choices, required=False)
        self.fields["groups"] = forms.MultipleChoiceField(
            label=say("Cột nhóm", "Columns of groups"),
            help_text=say(
                "Để so sánh: ngành, khu vực… Để trống: {found}",
                "To compare: sector, area… Left empty: {found}",
                found=_recognised(used.get("groups")),
            ),
            choices=known,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["as_of"] = forms.DateField(
            label=say("Ngày xuất tệp (để hiểu 'hôm qua')", "Day of the export (to read 'yesterday')"),
            required=False,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        )

    def asked(self) -> dict[str, Any]:
        """What was said, as settings of a study; what is recognised is None."""
        data = self.cleaned_data
        columns = {
            role: "" if data[role] == NONE else data[role] or None for role in ("text", "date", "author", "source")
        }
        return {**columns, "groups": data["groups"], "as_of": data["as_of"].isoformat() if data["as_of"] else None}

    @staticmethod
    def said(asked: dict[str, Any]) -> dict[str, Any]:
        """The form's values of settings."""
        return {name: NONE if value == "" else value for name, value in asked.items()}
