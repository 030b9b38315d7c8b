"""ClaimReview, the form in which checks are exchanged (schema.org/ClaimReview), written and held against our own schema."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from langnghe.check.checks import VERDICTS
from langnghe.errors import CheckFailed, Say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from langnghe.check.acts import File
    from langnghe.check.desk import DeskSettings

RATINGS = {"false": 1, "misleading": 2, "unproven": 3, "outdated": 4, "true": 5}
"""Verdict → its number on the scale from 1 to 5 that readers of ClaimReview expect; the word is what counts."""


def claim_review(file: File, desk: DeskSettings, lang: str) -> dict[str, Any]:
    """The ClaimReview of a published check.

    Raises
    ------
    CheckFailed
        It would lack something that readers of ClaimReview need.
    """
    check = file.published
    if check is None:
        raise invalid(file.id, ["published"])
    modified = file.corrections[-1].date if file.corrections else file.first_published
    review = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": f"{desk.url}/checks/{file.id}.html",
        "datePublished": file.first_published,
        "dateModified": modified,
        "inLanguage": lang,
        "claimReviewed": check.claim,
        "reviewBody": check.summary,
        "author": {"@type": "Organization", "name": desk.name, "url": desk.url},
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": RATINGS[check.verdict],
            "bestRating": 5,
            "worstRating": 1,
            "alternateName": VERDICTS[check.verdict][0][lang],
        },
        "itemReviewed": {"@type": "Claim", **_appearances(check.addresses)},
        "citation": [source.citation(lang) for source in check.sources],
    }
    faults = check_review(review)
    if faults:
        raise invalid(file.id, faults)
    return review


def _appearances(addresses: tuple[str, ...]) -> dict[str, Any]:
    seen = [{"@type": "CreativeWork", "url": f"https://{address}"} for address in addresses]
    return {"appearance": seen} if seen else {}


def check_review(review: Mapping[str, Any]) -> list[str]:
    """What is wrong with a ClaimReview: paths of fields, sorted; empty where it is good.

    The schema is ours: an empty ClaimReview is valid by schema.org's own rules, which ask for nothing.
    """
    faults = [name for name, holds in _SCHEMA.items() if not holds(review)]
    return sorted(faults)


def _text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _at(review: Mapping[str, Any], *path: str) -> Any:
    value: Any = review
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _day(value: Any) -> bool:
    try:
        return isinstance(value, str) and dt.date.fromisoformat(value[:10]) is not None
    except ValueError:
        return False


def _address(value: Any) -> bool:
    return isinstance(value, str) and urlsplit(value).scheme in {"http", "https"} and bool(urlsplit(value).hostname)


def _rated(review: Mapping[str, Any]) -> bool:
    value, best, worst = (_at(review, "reviewRating", name) for name in ("ratingValue", "bestRating", "worstRating"))
    return all(isinstance(v, int) for v in (value, best, worst)) and worst <= value <= best and worst < best


_SCHEMA: Mapping[str, Callable[[Mapping[str, Any]], bool]] = {
    "@context": lambda r: r.get("@context") in {"https://schema.org", "http://schema.org"},
    "@type": lambda r: r.get("@type") == "ClaimReview",
    "url": lambda r: _address(r.get("url")),
    "claimReviewed": lambda r: _text(r.get("claimReviewed")),
    "datePublished": lambda r: _day(r.get("datePublished")),
    "author.name": lambda r: _text(_at(r, "author", "name")),
    "author.url": lambda r: _address(_at(r, "author", "url")),
    "reviewRating": _rated,
    "reviewRating.alternateName": lambda r: _text(_at(r, "reviewRating", "alternateName")),
    "itemReviewed.@type": lambda r: _at(r, "itemReviewed", "@type") == "Claim",
    "citation": lambda r: isinstance(r.get("citation"), list) and bool(r["citation"]) and all(map(_text, r["citation"])),
}  # fmt: skip


def json_in_page(review: Mapping[str, Any]) -> str:
    """JSON-LD that may stand in a <script> of a page: nothing in it can end the script."""
    text = json.dumps(review, ensure_ascii=False, indent=1)
    return re.sub(r"[<>&\u2028\u2029]", lambda found: f"\\u{ord(found[0]):04x}", text)


def invalid(where: str, faults: list[str]) -> CheckFailed:
    """The error for a ClaimReview that must not leave."""
    return CheckFailed(
        where,
        Say(f"ClaimReview thiếu hoặc sai: {', '.join(faults)}.", f"The ClaimReview lacks or has wrong: {', '.join(faults)}."),
        Say("Hãy điền 'url' và 'name' trong desk.toml, và đủ căn cứ cho bài này.", "Fill in 'url' and 'name' in desk.toml, and the sources of this check."),
    )  # fmt: skip
