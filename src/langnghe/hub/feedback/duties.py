"""What is done every day: close what is settled, erase what was to be kept no longer, remind of what is overdue."""

from __future__ import annotations

import datetime as dt
import logging
from typing import TYPE_CHECKING

from django.db.models import Max, Q

from langnghe.hub.feedback.models import OPEN, Letter, Rule, State, today

if TYPE_CHECKING:
    from langnghe.hub.people.models import Person

QUIET = dt.timedelta(days=30)
"""How long an answered letter waits for more."""

_LOG = logging.getLogger("langnghe.feedback")


def erase_old() -> int:
    """Erase the personal data of letters that were closed long enough ago; gives back how many."""
    closed = Letter.objects.filter(state=State.CLOSED, erased_on=None).select_related("reader")
    old = [one for one in closed if one.closed_on and one.closed_on + _kept(one) <= today()]
    for letter in old:
        letter.erase()
    return len(old)


def close_quiet() -> int:
    """Close letters that were answered and to which nobody has added since `QUIET`, so that they too are erased; gives back how many."""
    answered = Letter.objects.filter(state=State.ANSWERED).annotate(last=Max("messages__day"))
    quiet = answered.filter(last__lte=today() - QUIET)
    return Letter.objects.filter(pk__in=list(quiet.values_list("pk", flat=True))).update(
        state=State.CLOSED, closed_on=today()
    )


def _kept(letter: Letter) -> dt.timedelta:
    return dt.timedelta(days=Rule.of(letter.reader).keep_days)


def overdue(person: Person) -> list[Letter]:
    """The letters that a person should see to: in charge of them or, where nobody is yet, able to take them."""
    mine = Q(in_charge=None) | Q(in_charge=person) if person.role == "officer" else Q()
    return list(Letter.within(person).filter(mine, state__in=OPEN, due__lt=today()))


def daily() -> None:
    """Do what is done every day."""
    closed, erased = close_quiet(), erase_old()
    late = Letter.objects.filter(state__in=OPEN, due__lt=today()).count()
    _LOG.info("feedback: %d letters closed, personal data of %d erased, %d overdue", closed, erased, late)
