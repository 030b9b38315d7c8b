"""Template tags: a sentence in both languages, and moments as people read them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.utils import timezone, translation
from django.utils.functional import lazy

from langnghe.report.numbers import number

if TYPE_CHECKING:
    import datetime as dt

    from langnghe.errors import Say

register = template.Library()


@register.simple_tag
def say(vi: str, en: str, **values: Any) -> str:
    """The sentence in the language of the page: {% say "Chào {name}" "Hello {name}" name=person %}. It is escaped like any value."""
    chosen = en if translation.get_language() == "en" else vi
    return chosen.format(**values) if values else chosen


say_later = lazy(say, str)
"""The same, chosen when it is shown: for words that stand in a class."""


@register.filter
def said(value: Say) -> str:
    """A `Say` in the language of the page."""
    return value["en" if translation.get_language() == "en" else "vi"]


@register.filter
def thousands(value: int) -> str:
    """A count as people read it: '1.234' in Vietnamese, '1,234' in English."""
    return number(value, "en" if translation.get_language() == "en" else "vi")


@register.filter
def moment(value: dt.datetime | None) -> str:
    """A moment in Viet Nam's time: '25/11/2026 14:05'; '–' where there is none."""
    return "–" if value is None else timezone.localtime(value).strftime("%d/%m/%Y %H:%M")


@register.filter
def day(value: dt.date | None) -> str:
    """A day: '25/11/2026'; '–' where there is none."""
    return "–" if value is None else value.strftime("%d/%m/%Y")
