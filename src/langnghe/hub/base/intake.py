"""Taking what anybody writes without a cookie: a signed token in the page, a look at where the request comes from, and a limit.

The token holds a random key and says what it is for ('feedback', 'survey.7'). The key becomes that of the stored row, through a hash,
so that what is sent again is stored once. When a page is older than `HOLDS`, it is shown again with the same key.
"""

from __future__ import annotations

import secrets
import threading
import time
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.core.signing import BadSignature, SignatureExpired, TimestampSigner

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

HOLDS = 24 * 3600
"""Seconds that a page may be filled in."""


def new_token(purpose: str, key: str | None = None) -> str:
    """A token for a page, with a new random key or that of an older page."""
    return _signer(purpose).sign(key or secrets.token_urlsafe(16))


def key_of(purpose: str, token: str) -> tuple[str, bool] | None:
    """The key of a token, and whether the page has grown too old; None where we never signed it."""
    signer = _signer(purpose)
    try:
        return signer.unsign(token, max_age=HOLDS), False
    except SignatureExpired:
        return signer.unsign(token), True
    except BadSignature:
        return None


def size_of(request: HttpRequest) -> int:
    """Bytes of what is sent, as its header says; 0 where that is no number."""
    written = request.META.get("CONTENT_LENGTH") or ""
    return int(written) if written.isascii() and written.isdigit() else 0


def row_key(purpose: str, key: str) -> int:
    """The key of the row for the key of a page: 62 bits of a hash. It can't be traced back to a page without that page."""
    return int.from_bytes(sha256(f"{purpose}:{key}".encode()).digest()[:8], "big") >> 2


def _signer(purpose: str) -> TimestampSigner:
    return TimestampSigner(salt=f"langnghe.{purpose}")


def is_from_here(request: HttpRequest) -> bool:
    """Whether a form was sent from a page of this hub: what the browser says itself, in headers that no page can set.

    Browsers that say nothing (older than 2020) are let through: a foreign page has no token.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.get_host()


@dataclass
class Bucket:
    """A limit over all requests together, in memory: nobody's address is looked at, so that a factory behind one is not held up.

    Attributes
    ----------
    rate : how many a second.
    most : how many at once.
    clock : gives seconds.
    """

    rate: float
    most: float
    clock: Callable[[], float] = time.monotonic
    left: float = field(init=False)
    seen: float = field(init=False)
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def __post_init__(self) -> None:
        self.left, self.seen = self.most, self.clock()

    def take(self) -> bool:
        """Take one; False where none is left."""
        with self.lock:
            now = self.clock()
            self.left = min(self.most, self.left + (now - self.seen) * self.rate)
            self.seen = now
            if self.left < 1:
                return False
            self.left -= 1
            return True
