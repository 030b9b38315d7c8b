"""Limits against floods that look at nobody's address: a factory behind one address is never held up alone.

Below a rate over all people together nothing is asked. Above it, a browser does some work (a hash with many zero bits in front, a
second on a cheap phone, and costly a million times) or, without JavaScript, its owner waits half a minute and presses again. Above a
cap everybody waits. All counters live in memory.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256

from django.core.signing import BadSignature, SignatureExpired, TimestampSigner

from langnghe.hub.base.intake import HOLDS, Bucket

BITS = 18
"""Zero bits of the hash that is asked for: 260,000 tries on average."""

WAIT = 30
"""Seconds to wait without JavaScript."""


@dataclass
class Gate:
    """Lets through, or says what is asked.

    Attributes
    ----------
    calm : what is let through without anything being asked.
    patient : what is let through for waiting.
    cap : what is let through at all.
    """

    calm: Bucket
    patient: Bucket
    cap: Bucket
    bits: int = field(default=BITS)

    def asks(self, key: str, work: str, wait: str) -> str:
        """What is asked of a request: '' nothing, 'work' a proof or waiting, 'later' that it comes back.

        Parameters
        ----------
        key : of the page, which is new for each page; a proof is worth one page.
        work : a number that was found for the key.
        wait : a token that says since when somebody waits.
        """
        is_let = self.calm.take() or is_worked(key, work, self.bits) or (has_waited(key, wait) and self.patient.take())
        if not is_let:
            return "work"
        return "" if self.cap.take() else "later"


def is_worked(key: str, work: str, bits: int = BITS) -> bool:
    """Whether SHA-256 of 'key:work' begins with so many zero bits."""
    if not (work.isascii() and work.isdigit() and len(work) <= 12):
        return False
    return int.from_bytes(sha256(f"{key}:{work}".encode()).digest(), "big") >> (256 - bits) == 0


def wait_token(key: str) -> str:
    """A token that says since when somebody waits."""
    return _signer().sign(key)


def has_waited(key: str, token: str) -> bool:
    """Whether a token was given for the page long enough ago, and not too long."""
    is_for_page = False
    try:
        is_for_page = _signer().unsign(token, max_age=HOLDS) == key
        _signer().unsign(token, max_age=WAIT)
    except SignatureExpired:
        return is_for_page
    except BadSignature:
        return False
    return False


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="langnghe.feedback.wait")


def new_writing() -> Gate:
    """The gate of letters: 30 a minute are calm, 60 more may wait, 600 a minute are the most."""
    return Gate(Bucket(0.5, 60), Bucket(1, 60), Bucket(10, 300))


def new_reading() -> Gate:
    """The gate of receipt codes: 60 tries a minute are calm, 600 a minute are the most, right or wrong."""
    return Gate(Bucket(1, 60), Bucket(1, 60), Bucket(10, 100))


GATES = {"writing": new_writing(), "reading": new_reading()}
"""The gates of this process."""
