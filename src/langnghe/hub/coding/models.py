"""Who codes as which coder. What they code stands in the folder of the study, the same as with sheets."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from langnghe.hub.studies.models import Study

REMEMBERED = 200
"""Texts that can be taken back one after the other."""


class Seat(models.Model):
    """A person who codes a study as coder 1, 2 and so on."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="seats")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="seats")
    number = models.PositiveSmallIntegerField()
    last = models.JSONField(default=list, blank=True)  # codes of the texts coded last, the newest at the end

    class Meta:
        """One person, one part."""

        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=("study", "person"), name="one_seat_a_person"),
            models.UniqueConstraint(fields=("study", "number"), name="one_person_a_seat"),
        ]

    def __str__(self) -> str:
        return f"{self.study} {self.number}"

    def remember(self, code: str) -> None:
        """Remember which text was coded last."""
        self.last = [*(one for one in self.last if one != code), code][-REMEMBERED:]
        self.save(update_fields=["last"])
