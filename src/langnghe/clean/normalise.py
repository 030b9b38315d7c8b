"""Unicode as people really type it → one plain form."""

from __future__ import annotations

import polars as pl

_INVISIBLE = r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]+"
_NOT_COMPOSED = r"\p{M}"
_COMPATIBLE = r"[\x{1D400}-\x{1D7FF}\x{FF01}-\x{FF5E}\x{24B6}-\x{24E9}\x{FB00}-\x{FB06}\x{20E3}]"
_SPACES = r"[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]+"
_VIETNAMESE = r"(?i)[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]"
_SYLLABLE = (
    r"(?i)\b(?:ngh|ng|nh|gh|gi|kh|ch|ph|qu|th|tr|[bcdghklmnpqrstvx])?"
    r"[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?\b"
)


def normalise(text: pl.Expr) -> pl.Expr:
    """Compose (NFC), drop invisible and control characters, resolve look-alike fonts, make every run of space one space.

    Compatibility forms are resolved only where people use them as letters (𝗯𝗼𝗹𝗱, ｆｕｌｌ ｗｉｄｔｈ, ⓒⓘⓡⓒⓛⓔⓓ): '½' and '²' stay.

    Parameters
    ----------
    text : expression of String.

    Returns
    -------
    expression of String, idempotent. The brackets ‹ › that mark masks are replaced by < > where people typed them.
    """
    composed = pl.when(text.str.contains(_NOT_COMPOSED)).then(text.str.normalize("NFC")).otherwise(text)
    resolved = (
        pl.when(composed.str.contains(_COMPATIBLE))
        .then(composed.str.normalize("NFKC").str.replace_all("\u20e3", ""))
        .otherwise(composed)
    )
    return (
        resolved.str.replace_all(_INVISIBLE, "")
        .str.replace_all("‹", "<", literal=True)
        .str.replace_all("›", ">", literal=True)
        .str.replace_all(_SPACES, " ")
        .str.strip_chars()
    )


def language(text: pl.Expr) -> pl.Expr:
    """A guess per text: 'vi' (has Vietnamese letters), 'vi-plain' (reads as Vietnamese without diacritics), 'other', 'none'.

    Without diacritics a text counts as Vietnamese when at least 60 % of its words have the form of a Vietnamese syllable.
    """
    words = text.str.count_matches(r"\p{L}+")
    syllables = text.str.count_matches(_SYLLABLE)
    plain = pl.when(words == 0).then(pl.lit("none")).when(syllables >= words * 0.6).then(pl.lit("vi-plain"))
    return pl.when(text.str.contains(_VIETNAMESE)).then(pl.lit("vi")).otherwise(plain.otherwise(pl.lit("other")))
