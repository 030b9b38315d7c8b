"""`python -m django daily`: do now what is done every day, for who would rather use the clock of the machine."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from langnghe.hub.base.daily import do_all


class Command(BaseCommand):
    """Do what is done every day."""

    help = "Do what is done every day: erase what was to be kept no longer, remind of what is overdue."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Do it."""
        do_all()
