"""Reminders for the first page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from langnghe.hub.feedback.duties import overdue
from langnghe.hub.roles import Role, may_open

if TYPE_CHECKING:
    from langnghe.hub.feedback.models import Letter
    from langnghe.hub.people.models import Person

register = template.Library()


@register.simple_tag
def overdue_letters(person: Person) -> list[Letter]:
    """The letters that a person should see to; none for whom the inbox is closed."""
    return overdue(person) if may_open(Role(person.role), "feedback:inbox") else []
