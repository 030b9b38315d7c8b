"""What `clean` and `words` did to a file, with counts and examples, so that a person can see it and trust it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from langnghe.errors import Say
from langnghe.verbs import clean_texts, find_copies, find_words
from langnghe.words.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from langnghe.study import Study

EXAMPLES = 5
LISTED = 25
"""Examples shown of a kind; rows of a list."""

LANGUAGES = {
    "vi": Say("tiếng Việt có dấu", "Vietnamese with diacritics"),
    "vi-plain": Say("tiếng Việt không dấu", "Vietnamese without diacritics"),
    "other": Say("tiếng khác", "other languages"),
    "none": Say("không có chữ", "no words"),
}


def explain_cleaning(study: Study, lang: str) -> str:
    """What cleaning did: languages, masks by kind with examples, flags, copies. Only masked texts are shown."""
    texts = clean_texts(study)
    copies = find_copies(study)
    lines = [Say(f"{len(texts)} văn bản đã làm sạch.", f"{len(texts)} texts cleaned.")[lang]]
    counted = texts["language"].value_counts(sort=True)
    lines += [f"  {LANGUAGES[name][lang]}: {count}" for name, count in counted.iter_rows()]
    lines += _masks(texts, lang)
    if "flag" in texts.columns:
        lines += _flags(texts, lang)
    return "\n".join([*lines, *_copies(texts, copies, lang)])


def _masks(texts: pl.DataFrame, lang: str) -> list[str]:
    marked = texts.filter(pl.col("masks") > 0)
    kinds = marked["text"].str.extract_all("‹[^›]+›").explode().value_counts(sort=True)
    lines = ["", Say(f"Đã che {texts['masks'].sum()} chỗ:", f"{texts['masks'].sum()} masks set:")[lang]]
    for kind, count in kinds.iter_rows():
        lines.append(f"  {kind}: {count}")
        lines += _examples(marked.filter(pl.col("text").str.contains(kind, literal=True))["text"])
    return lines


def _flags(texts: pl.DataFrame, lang: str) -> list[str]:
    flagged = texts.filter(pl.col("flag").is_not_null())
    lines = [
        "",
        Say(f"Đánh dấu quảng cáo, thư rác: {len(flagged)}", f"Flagged as adverts or spam: {len(flagged)}")[lang],
    ]
    for reason, count in flagged["flag"].value_counts(sort=True).iter_rows():
        lines.append(f"  {reason}: {count}")
        lines += _examples(flagged.filter(pl.col("flag") == reason)["text"])
    return lines


def _copies(texts: pl.DataFrame, copies: pl.DataFrame, lang: str) -> list[str]:
    groups = copies.group_by("copy_of").agg(pl.len().alias("size"), (pl.col("similarity") < 1).sum().alias("near"))
    large = groups.filter(pl.col("size") > 1).sort(["size", "copy_of"], descending=[True, False])
    distinct = len(groups)
    head = Say(
        f"{distinct} thông điệp khác nhau; {len(texts) - distinct} bản sao trong {len(large)} nhóm:",
        f"{distinct} distinct messages; {len(texts) - distinct} copies in {len(large)} groups:",
    )[lang]
    said = dict(
        texts.filter(pl.col("text_id").is_in(large["copy_of"].head(LISTED).implode()))
        .select("text_id", "text")
        .iter_rows()
    )
    rows = [
        Say(f"  {size} lần ({near} lần sửa nhẹ): ", f"  {size} times ({near} lightly edited): ")[lang]
        + _short(said[root])
        for root, size, near in large.head(LISTED).select("copy_of", "size", "near").iter_rows()
    ]
    return ["", head, *rows]


def explain_words(study: Study, lang: str) -> str:
    """What splitting into words did: the vocabulary, writings that were read as something else, and spellings of one key."""
    vocabulary = find_words(study)
    total = int(vocabulary["count"].sum())
    lines = [
        Say(
            f"{total} từ và dấu câu; {len(vocabulary)} cách viết khác nhau.",
            f"{total} words and breaks; {len(vocabulary)} different writings.",
        )[lang],
        "",
        Say("Viết tắt, teencode được đọc là:", "Abbreviations and teencode read as:")[lang],
    ]
    changed = vocabulary.filter(
        pl.struct("surface", "keys").map_elements(
            lambda row: (
                bool(row["keys"]) and row["surface"][0] != "‹" and " ".join(row["keys"]) != fold(row["surface"])
            ),
            return_dtype=pl.Boolean,
        )
    ).sort(["count", "surface"], descending=[True, False])
    lines += [f"  {written} → {' '.join(keys)} ({count})" for written, keys, count in changed.head(LISTED).iter_rows()]
    lines += ["", Say("Một khoá, nhiều cách viết:", "One key, many writings:")[lang]]
    return "\n".join([*lines, *_writings(vocabulary)])


def _writings(vocabulary: pl.DataFrame) -> Iterable[str]:
    keyed = vocabulary.with_columns(key=pl.col("keys").list.join(" ")).filter(pl.col("key") != "")
    grouped = (
        keyed.sort(["count", "surface"], descending=[True, False])
        .group_by("key", maintain_order=True)
        .agg("surface", "count", pl.col("count").sum().alias("total"))
        .filter(pl.col("surface").list.len() > 2)
        .sort(["total", "key"], descending=[True, False])
    )
    for key, surfaces, counts in grouped.head(LISTED).select("key", "surface", "count").iter_rows():
        pairs = list(zip(surfaces, counts, strict=True))[:6]
        yield f"  {key}: " + ", ".join(f"{surface} ({count})" for surface, count in pairs)


def _examples(texts: pl.Series) -> list[str]:
    return [f"    … {_short(text)}" for text in texts.head(EXAMPLES)]


def _short(text: str, width: int = 110) -> str:
    return text if len(text) <= width else text[:width].rsplit(" ", 1)[0] + " …"
