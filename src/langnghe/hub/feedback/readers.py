"""Who may read a letter. Never the unit that it is about, nothing below it, and nothing between it and the province.

A workplace union may be close to the employer, and what stands above it in a zone may be close to both. The province (a unit
without a parent) is the one that may read about units below it, but not about itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from langnghe.hub.units.models import Kind, Unit

if TYPE_CHECKING:
    from langnghe.hub.people.models import Person


def is_partial(unit: Unit, about: Unit) -> bool:
    """Whether a unit is too close to the one that a letter is about to read it."""
    return about.holds(unit) or (unit.holds(about) and unit.parent_id is not None)


def offered(about: Unit | None) -> list[Unit]:
    """The units that may be chosen to read a letter, provinces first.

    Provinces, and the units below them that have an officer; grassroots units are not offered, a worker who trusts one can walk in.
    """
    staffed = Q(people__is_active=True, people__role="officer") & ~Q(kind=Kind.GRASSROOTS)
    units = Unit.objects.filter(Q(parent=None) | staffed).distinct()
    fair = [unit for unit in units if about is None or not is_partial(unit, about)]
    return sorted(fair, key=lambda unit: (unit.parent_id is not None, unit.path))


def found(asked: str, most: int = 30) -> list[Unit]:
    """Units by a part of their name or of an old one."""
    if not asked.strip():
        return []
    named = (unit for unit in Unit.objects.all() if unit.is_called(asked.strip()))
    return [unit for unit, _ in zip(named, range(most), strict=False)]


def seen_by(person: Person) -> Q:
    """The letters that a person may see, as a condition: addressed to the own unit or below, and not about it.

    The same walls hold as for choosing a reader, so that a letter to a neighbour is not read by the unit above both. An administrator
    sees the letters that are addressed to anybody, except those that are about the administrator's unit.
    """
    seen = Q(reader__in=Unit.within(person))
    unit = person.unit
    if unit is None:
        return seen
    own_and_above = [int(part) for part in unit.path.split("/") if part]
    below = [] if unit.parent_id is None else list(Unit.objects.filter(path__startswith=unit.path))
    return seen & (Q(about=None) | ~Q(about__in=[*own_and_above, *(one.pk for one in below)]))
