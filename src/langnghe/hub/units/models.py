"""Units: province → commune, zone or sector → grassroots. Districts ended in 2025; their names stay as old names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

from langnghe.errors import Say
from langnghe.words.fold import fold

if TYPE_CHECKING:
    from langnghe.hub.people.models import Person

_SEPARATOR = "/"


class Kind(models.TextChoices):
    """What a unit is."""

    PROVINCE = "province", "Tỉnh, thành phố"
    COMMUNE = "commune", "Xã, phường, đặc khu"
    ZONE = "zone", "Khu công nghiệp, khu kinh tế"
    SECTOR = "sector", "Công đoàn ngành"
    GRASSROOTS = "grassroots", "Công đoàn cơ sở"


CALLED = {
    "province": Say("Tỉnh, thành phố", "Province, city"),
    "commune": Say("Xã, phường, đặc khu", "Commune, ward"),
    "zone": Say("Khu công nghiệp, khu kinh tế", "Industrial or economic zone"),
    "sector": Say("Công đoàn ngành", "Union of a sector"),
    "grassroots": Say("Công đoàn cơ sở", "Grassroots union"),
}
"""Kinds as people call them."""


class Unit(models.Model):
    """A unit. Its path holds the ids from the root to itself, so that what lies below it is one query."""

    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    old_names = models.CharField(max_length=400, blank=True)  # searchable; separated by ';'
    path = models.CharField(max_length=400, editable=False, db_index=True, default="")

    class Meta:
        """In the order of the tree."""

        ordering = ("path",)

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the unit and the path of itself; a unit that moves takes what is below along."""
        before = self.path
        super().save(*args, **kwargs)
        self.path = (self.parent.path if self.parent else _SEPARATOR) + f"{self.pk:08d}{_SEPARATOR}"
        if self.path != before:
            super().save(update_fields=["path"])
            for child in self.children.all():
                child.save()

    @property
    def kind_said(self) -> Say:
        """The kind as people call it."""
        return CALLED[self.kind]

    def is_called(self, asked: str) -> bool:
        """Whether its name or an old one holds what is asked, however it is typed: 'dong anh' finds 'Đông Anh'."""
        return fold(asked).casefold() in fold(f"{self.name}\n{self.old_names}").casefold()

    @property
    def depth(self) -> int:
        """How far below the root: 0 for a root."""
        return self.path.count(_SEPARATOR) - 2

    @classmethod
    def within(cls, person: Person) -> models.QuerySet[Unit]:
        """The units whose rows a person may see: all, or for an officer the own unit and those below it."""
        if person.role != "officer":
            return cls.objects.all()
        return cls.objects.filter(path__startswith=person.unit.path) if person.unit else cls.objects.none()

    def holds(self, other: Unit) -> bool:
        """Whether another unit is this one or lies below it."""
        return other.path.startswith(self.path)
