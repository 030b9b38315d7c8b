"""Entries of the audit log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from django.conf import settings
from django.db import models

from langnghe.errors import Say
from langnghe.hub.audit.words import WHAT

if TYPE_CHECKING:
    from langnghe.hub.people.models import Person


class Entry(models.Model):
    """One thing that a member of staff did. Entries are never changed or deleted: the database refuses it too."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    who = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    what = models.CharField(max_length=60)  # noun.verb: 'survey.opened'
    about = models.CharField(max_length=200, blank=True)  # which one, by its id or name; never what anybody wrote

    class Meta:
        """Newest first."""

        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.what} {self.about}".strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the entry; one that is there can't be changed."""
        if not self._state.adding:
            self._refuse()
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse."""
        self._refuse()

    @property
    def what_said(self) -> Say:
        """What was done, as people say it."""
        return WHAT.get(self.what) or Say(self.what, self.what)

    def _refuse(self) -> NoReturn:
        message = "entries of the audit log are only added"
        raise TypeError(message)


def record(who: Person | None, what: str, about: object = "") -> Entry:
    """Add to the audit log."""
    return Entry.objects.create(who=who, what=what, about=str(about)[:200])
