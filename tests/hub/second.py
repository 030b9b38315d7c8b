"""The second factor in tests: people who have one, and the code that a telephone would show."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value

from langnghe.hub.roles import SECOND_FACTOR, Role

if TYPE_CHECKING:
    from langnghe.hub.people.models import Person

SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PERIOD, SLACK = 30, 4
"""Seconds that a code holds; seconds in which it is typed and looked at."""


def with_second(person: Person) -> Person:
    """Set up a second factor, where the role needs one."""
    if Role(person.role) in SECOND_FACTOR:
        TOTP.activate(person, SEED)
    return person


def code_of(seed: str) -> str:
    """The code that the telephone shows now; a moment later where the next one comes at once."""
    left = PERIOD - time.time() % PERIOD
    if left < SLACK:
        time.sleep(left)
    return str(format_hotp_value(hotp_value(seed, int(time.time()) // PERIOD)))
