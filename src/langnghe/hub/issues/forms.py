"""Forms of decisions: each kind asks for what its verb needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from langnghe.deciding import accept_issue, add_issue, drop_issue, merge_issues, rename_issue, split_issue
from langnghe.errors import Say
from langnghe.hub.base.templatetags.say import say
from langnghe.words.fold import fold

if TYPE_CHECKING:
    from langnghe.deciding import Decision
    from langnghe.study import Study

LONGEST_ID = 40


def id_of(name: str) -> str:
    """An id made of a name: 'Cơm ca' → 'com_ca'."""
    words = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in fold(name).lower()).split()
    return "_".join(words)[:LONGEST_ID].strip("_")


class _Decision(forms.Form):
    """A decision on an issue or a candidate."""

    issue = forms.CharField(max_length=60, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {
            "name": say("Tên tiếng Việt", "Name in Vietnamese"),
            "name_en": say("Tên tiếng Anh (tuỳ ý)", "Name in English (if you like)"),
            "seeds": say("Cụm từ, mỗi dòng một cụm", "Phrases, one a line"),
            "into": say("Gộp vào", "Merge into"),
            "definition": say("Định nghĩa", "Definition"),
        }
        for name, label in labels.items():
            if name in self.fields:
                self.fields[name].label = label

    def called(self) -> Say:
        """The name in both languages."""
        name: str = self.cleaned_data["name"]
        return Say(name, self.cleaned_data["name_en"] or name)

    def lines(self) -> list[str]:
        """The phrases."""
        return [line.strip() for line in self.cleaned_data["seeds"].splitlines() if line.strip()]

    def decide(self, study: Study, by: str) -> Decision:
        """Call the verb."""
        raise NotImplementedError


class RenameForm(_Decision):
    """Call an issue otherwise."""

    name = forms.CharField(max_length=120)
    name_en = forms.CharField(max_length=120, required=False)

    def decide(self, study: Study, by: str) -> Decision:
        """Rename it."""
        return rename_issue(study, self.cleaned_data["issue"], self.called(), by=by)


class AcceptForm(RenameForm):
    """Take a candidate over."""

    def decide(self, study: Study, by: str) -> Decision:
        """Accept it."""
        name = self.called()
        return accept_issue(study, self.cleaned_data["issue"], id=id_of(name.vi), name=name, by=by)


class SplitForm(RenameForm):
    """Split an issue."""

    seeds = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}))

    def decide(self, study: Study, by: str) -> Decision:
        """Split it."""
        name = self.called()
        return split_issue(study, self.cleaned_data["issue"], id=id_of(name.vi), name=name, phrases=self.lines(), by=by)


class AddForm(SplitForm):
    """Add an issue of one's own."""

    issue = forms.CharField(required=False, widget=forms.HiddenInput)
    definition = forms.CharField(max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def decide(self, study: Study, by: str) -> Decision:
        """Add it."""
        name = self.called()
        text = self.cleaned_data["definition"]
        return add_issue(study, id=id_of(name.vi), name=name, seeds=self.lines(), definition=text, by=by)


class MergeForm(_Decision):
    """Merge an issue or a candidate into another."""

    into = forms.ChoiceField()

    def __init__(self, *args: Any, issues: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"] = forms.ChoiceField(label=say("Gộp vào", "Merge into"), choices=issues)

    def decide(self, study: Study, by: str) -> Decision:
        """Merge it."""
        return merge_issues(study, [self.cleaned_data["issue"]], self.cleaned_data["into"], by=by)


class DropForm(_Decision):
    """Drop an issue or a candidate."""

    def decide(self, study: Study, by: str) -> Decision:
        """Drop it."""
        return drop_issue(study, self.cleaned_data["issue"], by=by)


FORMS: dict[str, type[_Decision]] = {
    "accept": AcceptForm,
    "rename": RenameForm,
    "split": SplitForm,
    "add": AddForm,
    "merge": MergeForm,
    "drop": DropForm,
}
"""What can be decided → its form."""
