"""What is said about a text as a whole: its language, and whether it is an advert or spam, with the reason."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import polars as pl

from langnghe.words.fold import fold

_VIETNAMESE = r"(?i)[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]"
_SYLLABLE = (
    r"(?i)\b(?:ngh|ng|nh|gh|gi|kh|ch|ph|qu|th|tr|[bcdghklmnpqrstvx])?"
    r"[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?\b"
)
REASONS = ("loan", "gambling", "easy-money", "goods", "broker", "links", "repeated")
"""Ids of the reasons for which a text is flagged."""

_LINK = re.compile(r"‹liên kết›|https?://\S+|www\.\S+", re.IGNORECASE)
_LINKS = ["‹liên kết›", "http", "www."]
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Adverts:
    """The phrases of `vi/adverts.toml`, folded.

    Attributes
    ----------
    sure, likely : reason → pattern of its phrases.
    contact : pattern of what invites the reader to write or call.
    sure_forms, likely_forms, signs : the same as they are typed, with all diacritics or none: texts that hold none of them
        are not looked at.
    """

    sure: dict[str, re.Pattern[str]]
    likely: dict[str, re.Pattern[str]]
    contact: re.Pattern[str]
    sure_forms: list[str]
    likely_forms: list[str]
    signs: list[str]


@lru_cache(maxsize=1)
def adverts() -> Adverts:
    """Read the phrases."""
    data = tomllib.loads(files("langnghe.vi").joinpath("adverts.toml").read_text(encoding="utf-8"))
    kinds = {reason: data[reason] for reason in REASONS if reason in data}
    return Adverts(
        {reason: _any_of(kind["sure"]) for reason, kind in kinds.items()},
        {reason: _any_of(kind["likely"]) for reason, kind in kinds.items()},
        _any_of(data["contact"]["signs"]),
        _forms([phrase for kind in kinds.values() for phrase in kind["sure"]]),
        _forms([phrase for kind in kinds.values() for phrase in kind["likely"]]),
        _forms(data["contact"]["signs"]),
    )


def _forms(phrases: list[str]) -> list[str]:
    every = ((phrase, phrase.upper(), fold(phrase)) for phrase in phrases)
    return sorted({form for forms in every for form in forms})


def _any_of(phrases: list[str]) -> re.Pattern[str]:
    folded = sorted({fold(phrase) for phrase in phrases}, key=lambda phrase: (-len(phrase), phrase))
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, folded)) + r")(?!\w)")


def flag(texts: pl.Series) -> pl.Series:
    """Flag adverts and spam.

    A text is flagged, for the first reason that holds, as

    - loan, gambling, easy-money, goods, broker (labour brokers and recruiters): two different phrases of the kind and a way to get
      in touch (a masked number or link, 'inbox', 'zalo', 'liên hệ' …), or a sure phrase and one, or two sure phrases. One phrase
      alone never flags a text: people complain of loan sharks and quote adverts;
    - links: links and hardly a word beside them (at most three words a link);
    - repeated: ten words or more of which one makes up more than 60 %.

    A flag changes nothing of the text: who reads or counts decides.

    Parameters
    ----------
    texts : Series of String, normalised and masked, without nulls.

    Returns
    -------
    Series of String named 'flag': one of `REASONS`, or null.
    """
    frame = texts.to_frame("text")
    hints = [*adverts().sure_forms, *adverts().likely_forms, *_LINKS]
    hinted = frame.select(_holds(hints) | _monotonous(pl.col("text")))["text"].arg_true()
    rows = hinted.filter(frame[hinted].select(_worth_reading())["text"])
    reasons = pl.Series("flag", [reason(text) for text in texts.gather(rows)], dtype=pl.String)
    return pl.repeat(None, len(texts), dtype=pl.String, eager=True).alias("flag").scatter(rows, reasons)


def _holds(forms: list[str]) -> pl.Expr:
    return pl.col("text").str.contains_any(forms, ascii_case_insensitive=True)


def _worth_reading() -> pl.Expr:
    known = adverts()
    advert = _holds(known.sure_forms) | (_holds(known.likely_forms) & _holds(known.signs))
    return advert | _holds(_LINKS) | _monotonous(pl.col("text"))


def _monotonous(text: pl.Expr) -> pl.Expr:
    """Whether a text may repeat one word: a rough look at its beginning, as long as ten words at least."""
    return text.str.contains(r"^(?:\S+\s+){9}\S") & (text.str.head(60).str.split(" ").list.n_unique() <= 6)


def reason(text: str) -> str | None:
    """Why a text is flagged, or None.

    Examples
    --------
    >>> reason("Vay tiền nhanh, giải ngân trong ngày, lh ‹số điện thoại›")
    'loan'
    >>> reason("Lương trễ nên em phải vay tiền nhanh của người quen")
    """
    folded = fold(text)
    known = adverts()
    contact = known.contact.search(folded) is not None
    for kind, pattern in known.sure.items():
        sure = set(pattern.findall(folded))
        if len(sure) >= 2 or (contact and (sure or len(set(known.likely[kind].findall(folded))) >= 2)):
            return kind
    words = _WORD.findall(_LINK.sub(" ", text).lower())
    links = len(_LINK.findall(text))
    if links and len(words) <= 3 * links:
        return "links"
    most = max((words.count(word) for word in set(words)), default=0)
    return "repeated" if len(words) >= 10 and most > 0.6 * len(words) else None


def language(text: pl.Expr) -> pl.Expr:
    """A guess per text: 'vi' (has Vietnamese letters), 'vi-plain' (reads as Vietnamese without diacritics), 'other', 'none'.

    Without diacritics a text counts as Vietnamese when at least 60 % of its words have the form of a Vietnamese syllable.
    """
    words = text.str.count_matches(r"\p{L}+")
    syllables = text.str.count_matches(_SYLLABLE)
    plain = pl.when(words == 0).then(pl.lit("none")).when(syllables >= words * 0.6).then(pl.lit("vi-plain"))
    return pl.when(text.str.contains(_VIETNAMESE)).then(pl.lit("vi")).otherwise(plain.otherwise(pl.lit("other")))
