"""Forms for units."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from langnghe.hub.base.templatetags.say import said, say
from langnghe.hub.units.models import CALLED, Unit


class UnitForm(forms.ModelForm[Unit]):
    """Add or change a unit."""

    class Meta:
        """Which fields."""

        model = Unit
        fields = ("name", "kind", "parent", "old_names")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {
            "name": say("Tên đơn vị", "Name of the unit"),
            "kind": say("Loại", "Kind"),
            "parent": say("Thuộc đơn vị", "Belongs to"),
            "old_names": say("Tên cũ, cách nhau bằng dấu chấm phẩy", "Old names, separated by semicolons"),
        }
        for name, label in labels.items():
            self.fields[name].label = label
        self.fields["old_names"].help_text = say(
            "Để người dùng tên huyện, xã cũ vẫn tìm thấy. Có thể để trống.",
            "So that who uses the name of a former district or commune finds it. May be empty.",
        )
        none = say("(không thuộc đơn vị nào: cấp cao nhất)", "(to none: the highest)")
        cast("forms.ModelChoiceField[Unit]", self.fields["parent"]).empty_label = none
        cast("forms.ChoiceField", self.fields["kind"]).choices = [(kind, said(name)) for kind, name in CALLED.items()]

    def clean_parent(self) -> Unit | None:
        """Refuse a unit below itself."""
        parent: Unit | None = self.cleaned_data["parent"]
        if parent and self.instance.pk and self.instance.holds(parent):
            raise forms.ValidationError(
                say("Một đơn vị không thể thuộc chính nó.", "A unit can't belong to itself or to a unit below it.")
            )
        return parent
