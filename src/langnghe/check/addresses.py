"""Web addresses in a text, in one spelling: the same page typed, shared or copied from a telephone is one address."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"'“”‘’()\[\]{}]+", re.IGNORECASE)
_TRAILING = ".,;:!?…"
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|zarsrc|mibextid|igshid|ref(?:_src|erer)?|_rdr|__\w+|si|share_\w+|source|spm|tracking\w*|from", re.IGNORECASE)  # fmt: skip
_FRONT = re.compile(r"^(?:www|m|mobile|amp|web|mbasic)\.")
_AMP = re.compile(r"/amp/?$|^/amp(?=/)")


def addresses(text: str) -> tuple[str, ...]:
    """The web addresses of a text in one spelling, in order, each once.

    Examples
    --------
    >>> addresses("xem https://www.Vidu.vn/tin/?utm_source=zalo&id=5#top nha")
    ('vidu.vn/tin?id=5',)
    """
    found = (one_spelling(match.rstrip(_TRAILING)) for match in _ADDRESS.findall(text[:100_000]))
    return tuple(dict.fromkeys(address for address in found if address))


def one_spelling(address: str) -> str:
    """An address in one spelling: no scheme, no 'www' or 'm', no fragment, no tracking, parameters sorted; '' for none."""
    try:
        parts = urlsplit(address if "://" in address else f"http://{address}")
        host, port = (parts.hostname or "").lower().rstrip("."), parts.port
    except ValueError:
        return ""
    if "." not in host:
        return ""
    host = _FRONT.sub("", host)
    kept = sorted((k, v) for k, v in parse_qsl(parts.query) if not _TRACKING.fullmatch(k) and k != "amp")
    path = _AMP.sub("", unquote(parts.path)).rstrip("/")
    where = host if port in (None, 80, 443) else f"{host}:{port}"
    return where + path + (f"?{urlencode(kept)}" if kept else "")


def without_addresses(text: str) -> str:
    """A text without its web addresses."""
    return _ADDRESS.sub(" ", text)
