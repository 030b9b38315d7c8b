"""The planted truth: one line a row, one small file of facts, and what must hold before anything is written."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from making.names import SHORTEST, fits
from making.nouns import BURST, GREETINGS, ISSUES, MESSAGE, REACTIONS, SOURCES, Row, Written, fold
from making.weeks import FIRST, WEEKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

HEADER = 1
"""Rows above the first comment: row numbers are those of a spreadsheet, where a text of several lines is one row."""

_UNVERIFIED = {
    "verified": False,
    "note": {"vi": "chưa có người đối chiếu với nguồn", "en": "not verified by anybody against the source"},
}
CLAIMS: Mapping[str, Mapping[str, Any]] = {
    "bhxh_mot_lan": {
        "statement": {
            "vi": "Từ tháng 7/2026 không ai được rút bảo hiểm xã hội một lần nữa.",
            "en": "From July 2026 on nobody may take their social insurance out in one sum any more.",
        },
        "false_because": {
            "vi": "Người đã tham gia trước ngày 1/7/2025 vẫn có thể rút một lần nếu đủ điều kiện tại Điều 70 Luật"
            " Bảo hiểm xã hội số 41/2024/QH15.",
            "en": "People who took part before 1 July 2025 may still take it under the conditions of Article 70 of"
            " the Law on Social Insurance No. 41/2024/QH15.",
        },
        **_UNVERIFIED,
    },
    "thuong_5_trieu": {
        "statement": {
            "vi": "Dịp 2/9, công nhân nào cũng được tặng 5 triệu đồng; chỉ cần đăng ký qua đường dẫn.",
            "en": "Every worker is given 5 million dong for National Day; one only has to register through a link.",
        },
        "false_because": {
            "vi": "Câu chuyện do dự án bịa ra cho bộ ví dụ này; dự án không biết chương trình nào như vậy.",
            "en": "The story was invented for this study; its authors know of no such programme.",
        },
        **_UNVERIFIED,
    },
    "viec_nhe_luong_cao": {
        "statement": {
            "vi": "Có việc nhẹ (đóng gói tại nhà hoặc ra nước ngoài), lương 30 triệu một tháng, không cần kinh nghiệm,"
            " chỉ cần đặt cọc 500 nghìn giữ chỗ.",
            "en": "There is light work (packing at home, or abroad) at 30 million dong a month without experience,"
            " for a deposit of 500,000 dong that keeps the place.",
        },
        "false_because": {
            "vi": "Tin tuyển dụng do dự án bịa ra theo kiểu lừa đặt cọc thường gặp; không có công ty nào đứng sau.",
            "en": "The advertisement was invented after a common deposit fraud; no firm stands behind it.",
        },
        **_UNVERIFIED,
    },
}


def lines(rows: Sequence[Row]) -> str:
    """truth.jsonl: the labels of each row of comments.csv, in the same order."""
    found = (_line(number, row.said.written) for number, row in enumerate(rows, HEADER + 1))
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in found)


def _line(number: int, text: Written) -> dict[str, Any]:
    return {
        "row": number,
        "issues": list(text.issues),
        "reaction": text.reaction,
        "pii": [{"kind": kind, "value": value} for kind, value in text.pii],
        "claim": text.claim,
        "shared": text.file == MESSAGE,
        "burst": text.file == BURST,
        "origin": {"file": f"texts/{text.file}.jsonl", "line": text.line},
    }


def facts(rows: Sequence[Row]) -> dict[str, Any]:
    """truth.json: what is planted in the study."""
    accounts = Counter(row.said.who for row in rows if row.said.who is not None)
    return {
        "about": {
            "vi": "Sự thật được cài vào bộ ví dụ quy-3. Toàn bộ nội dung là bịa.",
            "en": "What is planted in the example study quy-3. All of it is invented.",
        },
        "rows": len(rows),
        "weeks": {"count": WEEKS, "first_monday": FIRST.isoformat(), "rows": _by_week(rows)},
        "accounts": {
            "named": len(accounts),
            "texts_of_an_account": _sorted(Counter(accounts.values())),
            "rows_without_a_name": _sorted(Counter(row.author for row in rows if row.said.who is None)),
        },
        "shared_message": _shared(rows),
        "burst": _burst(rows),
        "copies": _copies(rows),
        "claims": [{"id": claim, **about, **_claimed(rows, claim)} for claim, about in CLAIMS.items()],
        "personal_data": _personal(rows),
    }


def _sorted(counts: Mapping[Any, int]) -> dict[str, int]:
    return {str(key): counts[key] for key in sorted(counts)}


def _by_week(rows: Iterable[Row]) -> dict[str, int]:
    return _sorted(Counter((row.at.date().isocalendar().week) for row in rows))


def _numbered(rows: Sequence[Row], file: str) -> list[tuple[int, Row]]:
    return [(number, row) for number, row in enumerate(rows, HEADER + 1) if row.said.written.file == file]


def _speakers(rows: Iterable[Row]) -> int:
    """Accounts behind rows; all generic names together are one."""
    return len({row.said.who for row in rows})


def _shared(rows: Sequence[Row]) -> dict[str, Any]:
    found = _numbered(rows, MESSAGE)
    only = [row for _, row in found]
    return {
        "text": next(row.said.written.text for row in only if row.said.written.line == 1),
        "rows": len(found),
        "accounts": _speakers(only),
        "verbatim_rows": sum(row.said.written.line == 1 for row in only),
        "distinct_wordings": len({row.said.written.text for row in only}),
        "iso_weeks": _by_week(only),
        "sources": _sorted(Counter(row.said.source for row in only)),
        "places": _sorted(Counter(row.said.place for row in only)),
        "issues": ["housing", "cost_of_living"],
        "row_numbers": [number for number, _ in found],
    }


def _burst(rows: Sequence[Row]) -> dict[str, Any]:
    found = _numbered(rows, BURST)
    only = [row for _, row in found]
    return {
        "issue": "meals",
        "also_raised": _sorted(Counter(issue for row in only for issue in row.said.written.issues if issue != "meals")),
        "place": "Đồng Nai",
        "within": "kcn Suối Gáo Dừa (bịa / invented)",
        "rows": len(found),
        "accounts": _speakers(only),
        "iso_weeks": _by_week(only),
        "first_day": min(row.at for row in only).date().isoformat(),
        "row_numbers": [number for number, _ in found],
    }


def _copies(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Groups of rows with the same words; case, diacritics, punctuation and emoji apart. The largest first."""
    groups: dict[str, list[tuple[int, Row]]] = defaultdict(list)
    for number, row in enumerate(rows, HEADER + 1):
        groups[fold(row.said.written.text)].append((number, row))
    several = sorted(
        (group for group in groups.values() if len(group) > 1), key=lambda group: (-len(group), group[0][0])
    )
    return [_group(group) for group in several]


def _group(group: Sequence[tuple[int, Row]]) -> dict[str, Any]:
    typed = Counter(row.said.written.text for _, row in group)
    kinds = {MESSAGE: "shared_message", GREETINGS: "greeting"}
    return {
        "kind": kinds.get(group[0][1].said.written.file, "other"),
        "most_often_typed": typed.most_common(1)[0][0],
        "rows": len(group),
        "typed_alike": typed.most_common(1)[0][1],
        "accounts": _speakers(row for _, row in group),
        "row_numbers": [number for number, _ in group],
    }


def _claimed(rows: Sequence[Row], claim: str) -> dict[str, Any]:
    found = [(number, row) for number, row in enumerate(rows, HEADER + 1) if row.said.written.claim == claim]
    return {
        "rows": len(found),
        "rows_are": "repeat, ask about or deny it",
        "iso_weeks": _by_week(row for _, row in found),
        "row_numbers": [number for number, _ in found],
    }


def _personal(rows: Iterable[Row]) -> dict[str, list[str]]:
    values: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for kind, value in row.said.written.pii:
            values[kind].add(value)
    return {kind: sorted(values[kind]) for kind in sorted(values)}


def faults(rows: Sequence[Row]) -> list[str]:
    """What is wrong with the study; empty when all is well. No text is quoted."""
    texts = {row.said.written for row in rows}
    said = " | ".join(f" {fold(row.said.written.text)} " for row in rows)
    names = sorted({row.author for row in rows if row.said.who is not None})
    whole = " | ".join(row.said.written.text.lower() for row in rows)
    return [
        *(fault for text in sorted(texts, key=lambda text: (text.file, text.line)) for fault in _of_text(text)),
        *_twice([text for text in texts if text.file not in {MESSAGE, GREETINGS}]),
        *(f"name {at} is a word or stands in a text" for at, name in enumerate(names) if not fits(name, said)),
        *(f"name {at} stands in a text" for at, name in enumerate(names) if name.lower() in whole),
        *([] if len({fold(name) for name in names}) == len(names) else ["two accounts are called alike"]),
        *([] if len(names) >= 900 and SHORTEST > 2 else ["too few accounts"]),
    ]


def _of_text(text: Written) -> list[str]:
    where = f"{text.file}:{text.line}"
    rules = {
        "unknown issue": set(text.issues) <= set(ISSUES) and len(set(text.issues)) == len(text.issues) <= 3,
        "unknown reaction": text.reaction in REACTIONS,
        "unknown source": text.source in SOURCES,
        "no place or sector": bool(text.place and text.sector),
        "unknown claim": text.claim is None or text.claim in CLAIMS,
        "personal data that is not in the text": all(value in text.text for _, value in text.pii),
        "not NFC": unicodedata.is_normalized("NFC", text.text),
    }
    return [f"{where}: {fault}" for fault, holds in rules.items() if not holds]


def _twice(texts: Iterable[Written]) -> list[str]:
    places: dict[str, list[str]] = defaultdict(list)
    for text in texts:
        places[fold(text.text) or text.text].append(f"{text.file}:{text.line}")
    return [f"the same text: {', '.join(sorted(found))}" for found in places.values() if len(found) > 1]
