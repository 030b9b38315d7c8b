"""Reading what other desks publish, as it really is: ClaimReview in JSON, JSON-LD in pages, feeds and dumps, with a report of what was odd."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from langnghe.check.addresses import one_spelling
from langnghe.check.checks import Check, Source, checks_of, row_of
from langnghe.check.documents import MOST_BYTES
from langnghe.errors import InputError, Say
from langnghe.words.fold import fold
from langnghe.write import write_bytes, writing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_PERSON = "‹tên người›"
_SCRIPT = re.compile(r"<script[^>]*application/ld\+json[^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_PHRASES = {
    "false": ("false", "fake", "sai", "bia dat", "tin gia", "gia", "sai su that", "khong dung", "incorrect", "untrue", "pants on fire", "wrong", "hoax", "khong chinh xac"),
    "true": ("true", "dung", "chinh xac", "correct", "accurate", "dung su that", "mostly true"),
    "misleading": ("misleading", "gay hieu nham", "gay hieu lam", "mot phan dung", "partly false", "half true", "mixture", "mixed", "partly true", "mostly false", "missing context", "thieu boi canh", "nua dung"),
    "outdated": ("outdated", "da cu", "het hieu luc"),
    "unproven": ("unproven", "chua co can cu", "unverified", "chua xac minh", "no evidence", "chua ro", "unsupported"),
}  # fmt: skip
_BY_WORD = {phrase: verdict for verdict, phrases in _PHRASES.items() for phrase in phrases}
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5}

ODD = {
    "no_claim": Say("không có nội dung điều được kiểm chứng; bỏ qua", "no claim; left out"),
    "no_address": Say("không có địa chỉ", "no address"),
    "no_rating": Say("không có đánh giá", "no rating"),
    "unknown_rating": Say("đánh giá không rõ nghĩa", "a rating whose meaning is not known"),
    "rating_in_words": Say("số điểm viết bằng chữ", "a number of the rating in words"),
    "rating_outside": Say("điểm nằm ngoài thang", "a rating outside its scale"),
    "no_date": Say("không có ngày", "no date"),
    "unreadable_date": Say("ngày không đọc được", "a date that can't be read"),
    "no_publisher": Say("không rõ ai kiểm chứng", "no publisher"),
    "twice": Say("trùng địa chỉ và nội dung; giữ một", "the same address and claim again; one is kept"),
    "not_json": Say("đoạn JSON hỏng; bỏ qua", "a piece of broken JSON; left out"),
    "names_person": Say("nêu tên một người; bỏ qua", "names a person; left out"),
}
"""What may be odd in what others publish."""


@dataclass(frozen=True)
class Imported:
    """What was read.

    Attributes
    ----------
    checks : the checks, in the order of the file.
    odd : what was odd → how often; keys of `ODD`.
    """

    checks: tuple[Check, ...]
    odd: Mapping[str, int]


def read_reviews(path: Path) -> Imported:
    """Read a file of ClaimReviews: JSON, JSONL, a feed of data (`dataFeedElement`), or a page with JSON-LD.

    Raises
    ------
    InputError
        The file is missing, too large, not UTF-8, or holds no ClaimReview at all.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _unusable(path, Say("Tệp quá lớn.", "The file is too large."))
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise _unusable(path, Say("Không đọc được tệp.", "The file can't be read.")) from fault
    odd: Counter[str] = Counter()
    reviews = [review for value in _values(text, odd) for review in _reviews(value)]
    if not reviews:
        raise _unusable(path, Say("Không thấy ClaimReview nào.", "No ClaimReview was found."))
    checks: dict[tuple[str, str], Check] = {}
    for review in reviews:
        check = _check(review, len(checks) + 1, path.stem, odd)
        if check is not None:
            key = (check.addresses[0] if check.addresses else "", fold(check.claim))
            odd["twice"] += key in checks
            checks.setdefault(key, check)
    return Imported(tuple(checks.values()), {name: count for name, count in sorted(odd.items()) if count})


def import_reviews(path: Path, desk: Path, mask: Callable[[str], tuple[str, int]]) -> Imported:
    """Read a file of checks or ClaimReviews and keep it in a desk's folder, where matching finds it.

    Parameters
    ----------
    path : a file as `read_reviews` reads it, or checks in our own form (JSONL with id and claim on each line, or a desk's `checks.json`).
    desk : folder of the desk.
    mask : masks personal data; what names a person is left out.
    """
    read = _own(path) or read_reviews(path)
    kept = tuple(check for check in read.checks if _PERSON not in mask(check.claim)[0])
    odd = dict(read.odd)
    if len(kept) < len(read.checks):
        odd["names_person"] = len(read.checks) - len(kept)
    folder = desk / "imported"
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    rows = (json.dumps(row_of(check), ensure_ascii=False, default=str) for check in kept)
    write_bytes(folder / f"{path.stem}.jsonl", "".join(f"{row}\n" for row in rows).encode())
    return Imported(kept, odd)


def _own(path: Path) -> Imported | None:
    """Checks in our own form, one a line or as a list; None where the file is something else.

    Those of another desk bear its name, and its ids stand behind the name of the file, so that they are not taken for ours.
    """
    try:
        text = path.read_text(encoding="utf-8-sig") if path.stat().st_size <= MOST_BYTES else ""
        listed = text.lstrip().startswith("[")
        rows = json.loads(text) if listed else [json.loads(text.partition("\n")[0])]
    except (OSError, ValueError, RecursionError):
        return None
    if not rows or not all(isinstance(row, dict) and "claim" in row for row in rows):
        return None
    lines = map(json.dumps, rows) if listed else text.splitlines()
    checks = checks_of(path.name, lines)
    stem = fold(path.stem).replace(" ", "-")
    return Imported(tuple(replace(c, id=f"{stem}-{c.id}") if c.publisher else c for c in checks), {})


def _values(text: str, odd: Counter[str]) -> Iterator[Any]:
    pieces = [html.unescape(piece) if "&quot;" in piece else piece for piece in _SCRIPT.findall(text)]
    if not pieces:
        try:
            yield json.loads(text)
        except (ValueError, RecursionError):
            pieces = [line for line in text.splitlines() if line.strip()]
    for piece in pieces:
        try:
            yield json.loads(piece)
        except (ValueError, RecursionError):
            odd["not_json"] += 1


def _reviews(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """All ClaimReviews inside a value, however they are wrapped: lists, @graph, dataFeedElement, item."""
    if depth > 8:
        return
    if isinstance(value, list):
        for part in value:
            yield from _reviews(part, depth + 1)
    elif isinstance(value, dict):
        kinds = value.get("@type")
        if "ClaimReview" in (kinds if isinstance(kinds, list) else [kinds]) or "claimReviewed" in value:
            yield value
        else:
            for part in value.values():
                if isinstance(part, dict | list):
                    yield from _reviews(part, depth + 1)


def _check(review: Mapping[str, Any], number: int, stem: str, odd: Counter[str]) -> Check | None:
    claim = _string(review.get("claimReviewed")) or _string(_in(review.get("itemReviewed"), "text", "name"))
    if not claim:
        odd["no_claim"] += 1
        return None
    address = _string(review.get("url"))
    odd["no_address"] += not address
    publisher = _string(_in(review.get("author"), "name")) or _string(_in(review.get("publisher"), "name"))
    if not publisher and not isinstance(review.get("author"), dict | list):
        publisher = _string(review.get("author"))
    odd["no_publisher"] += not publisher
    verdict, word = _verdict(review.get("reviewRating"), odd)
    headline = _string(review.get("name")) or _string(review.get("headline"))
    seen = [one_spelling(a) for a in [address, *_appearances(review)] if urlsplit(a).scheme in {"http", "https"}]
    return Check(
        id=f"{fold(stem).replace(' ', '-')}-{number}",
        claim=claim,
        title=headline,
        summary=_string(review.get("reviewBody")) or word,
        verdict=verdict,
        sources=(Source(publisher or (urlsplit(address).hostname or ""), url=address),) if address else (),
        date=_date(review.get("datePublished"), odd),
        addresses=tuple(dict.fromkeys(a for a in seen if a)),
        publisher=publisher or urlsplit(address).hostname or "?",
    )


def _appearances(review: Mapping[str, Any]) -> list[str]:
    about = review.get("itemReviewed")
    found = [_in(about, name) for name in ("appearance", "firstAppearance")] if isinstance(about, dict) else []
    flat = [part for one in found for part in (one if isinstance(one, list) else [one])]
    return [url for part in flat if (url := _string(part if isinstance(part, str) else _in(part, "url", "@id")))]


def _verdict(rating: Any, odd: Counter[str]) -> tuple[str, str]:
    """The verdict that a rating means ('' where that is not clear), and its word."""
    if isinstance(rating, list):
        rating = rating[0] if rating else None
    if rating in (None, "", {}):
        odd["no_rating"] += 1
        return "", ""
    word = _string(rating) if not isinstance(rating, dict) else _string(_in(rating, "alternateName", "name"))
    known = _BY_WORD.get(fold(word).strip(" .!?:"))
    if known:
        return known, word
    value = _number(_in(rating, "ratingValue"), odd) if isinstance(rating, dict) else None
    best, worst = (_number(_in(rating, name), odd) if isinstance(rating, dict) else None for name in ("bestRating", "worstRating"))  # fmt: skip
    if not word and value is not None and best is not None and worst is not None and best > worst:
        odd["rating_outside"] += not worst <= value <= best
        if value in (worst, best):
            return ("false" if value == worst else "true"), word
    odd["unknown_rating" if word or value is not None else "no_rating"] += 1
    return "", word


def _number(value: Any, odd: Counter[str]) -> float | None:
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return float(value)
    word = fold(str(value)).strip()
    if word in _NUMBERS:
        odd["rating_in_words"] += 1
        return float(_NUMBERS[word])
    try:
        return float(word.replace(",", "."))
    except ValueError:
        return None


def _date(value: Any, odd: Counter[str]) -> dt.date | None:
    text = _string(value)
    if not text:
        odd["no_date"] += 1
        return None
    for read in (lambda t: dt.date.fromisoformat(t[:10]), lambda t: parsedate_to_datetime(t).date(), _day_first):
        try:
            return read(text)
        except (ValueError, TypeError, IndexError):
            continue
    odd["unreadable_date"] += 1
    return None


def _day_first(text: str) -> dt.date:
    found = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text.strip())
    if found is None:
        message = "no date"
        raise ValueError(message)
    return dt.date(int(found[3]), int(found[2]), int(found[1]))


def _in(value: Any, *names: str) -> Any:
    """The first of several fields of an object, or of the first object of a list."""
    if isinstance(value, list):
        value = value[0] if value else None
    if not isinstance(value, Mapping):
        return None
    return next((value[name] for name in names if value.get(name) not in (None, "")), None)


def _string(value: Any) -> str:
    """Text of a value as feeds have it: a string, the first of a list, with tags and entities taken out."""
    if isinstance(value, Sequence) and not isinstance(value, str):
        value = value[0] if value else ""
    if isinstance(value, Mapping):
        value = value.get("@value") or value.get("name") or ""
    plain = re.sub(r"<[^>]*>", " ", html.unescape(str(value))) if value is not None else ""
    return " ".join(plain.split())


def _unusable(path: Path, what: Say) -> InputError:
    return InputError(
        path.name,
        what,
        Say("Hãy dùng tệp JSON, JSONL hoặc trang HTML có ClaimReview, mã hoá UTF-8.", "Use JSON, JSONL or an HTML page with ClaimReview, in UTF-8."),
    )  # fmt: skip
