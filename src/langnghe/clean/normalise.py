"""Unicode as people really type it → one plain form."""

from __future__ import annotations

import re
import unicodedata

import polars as pl

from langnghe.words.fold import LOOKALIKES

_INVISIBLE = r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]+"
_SPACES = r"[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]+"
_PLAIN = r"[^ -~À-ÖØ-öø-ÿĂăĐđĨĩŨũƠơƯưẠ-ỹ–—‘’“”…•₫\x{1F300}-\x{1F5FF}\x{1F600}-\x{1F64F}\x{1F900}-\x{1F9FF}❤♥☺]|  |^ | $"
_STRANGE = r"[\p{M}\x{0370}-\x{03FF}\x{0400}-\x{052F}\x{0250}-\x{02AF}\x{1D00}-\x{1D2F}\x{249C}-\x{24E9}\x{FB00}-\x{FB06}\x{FF01}-\x{FF5E}\x{1D400}-\x{1D7FF}\x{1F110}-\x{1F169}\x{1F170}-\x{1F189}]"

_FONTS = re.compile("[\u249c-\u24e9\ufb00-\ufb06\uff01-\uff5e\U0001d400-\U0001d7ff\U0001f110-\U0001f149]")
_SMALL = dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢɑɡ", "abcdefghijklmnoprstuvwyzag", strict=True))
_BOXED = {0x1F150 + i: chr(65 + i) for i in range(26)} | {
    0x1F170 + i: chr(65 + i) for i in range(26) if i not in {0, 1, 14, 15}
}
_BOXED_OR_SMALL = {ord(k): v for k, v in _SMALL.items()} | _BOXED
_KEYCAP = re.compile("([0-9#*])\ufe0f?\u20e3")
_MARKED = re.compile(
    "([A-Za-z0-9\u00c0-\u024f\u1e00-\u1eff]?)([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+)"
)
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_FOREIGN = re.compile("[\u0370-\u03ff\u0400-\u052f\u0250-\u02af]")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_SHAPES = {"a": "\u0302\u0306", "e": "\u0302", "o": "\u0302\u031b", "u": "\u031b"}
_CAPITALS = dict(zip("АВЕКМНОРСТХІЅЈΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEKMHOPCTXISJABEZHIKMNOPTYX", strict=True))
_LOOKALIKES = str.maketrans(LOOKALIKES | _CAPITALS)


def normalise(text: pl.Expr) -> pl.Expr:
    """Bring a column of texts into one plain form: see :func:`normalised`.

    Parameters
    ----------
    text : expression of String.

    Returns
    -------
    expression of String.
    """
    return text.map_batches(normalised, return_dtype=pl.String, is_elementwise=True)


def normalised(texts: pl.Series) -> pl.Series:
    """Compose (NFC), drop invisible and control characters, resolve look-alike letters, make every run of space one space.

    - Letters of other fonts become plain ones (𝗯𝗼𝗹𝗱, ｆｕｌｌ ｗｉｄｔｈ, ⓒⓘⓡⓒⓛⓔⓓ, ꜱᴍᴀʟʟ), and so do digits in boxes; '½' and '²' stay.
    - Cyrillic and Greek letters that look like Latin ones become those in words that have Latin letters.
    - Of marks piled on a letter the ones of Vietnamese spelling stay, in whichever order they were typed.
    - The brackets ‹ › that mark masks become < > where people typed them. Emoji and the placement of tones stay as they are.

    Texts that are plain already, which is most of them, are only looked at.

    Parameters
    ----------
    texts : Series of String.

    Returns
    -------
    Series of String of the same length and name; idempotent.
    """
    rows = texts.str.contains(_PLAIN).arg_true()
    if not len(rows):
        return texts
    odd = texts.gather(rows).to_frame("text")
    mended = odd.select(_spaced(_resolved(pl.col("text").str.replace_all(_INVISIBLE, "").str.normalize("NFC"))))["text"]
    return texts.scatter(rows, mended) if len(rows) < len(texts) else mended.rename(texts.name)


def _resolved(text: pl.Expr) -> pl.Expr:
    strange = pl.when(text.str.contains(_STRANGE)).then(text)
    return pl.coalesce(strange.map_elements(resolve, return_dtype=pl.String, skip_nulls=True), text)


def _spaced(text: pl.Expr) -> pl.Expr:
    return (
        text.str.normalize("NFC")
        .str.replace_all("‹", "<", literal=True)
        .str.replace_all("›", ">", literal=True)
        .str.replace_all(_SPACES, " ")
        .str.strip_chars()
    )


def resolve(text: str) -> str:
    """A text with the letters of other fonts and alphabets, and piled marks, as Latin letters.

    Examples
    --------
    >>> resolve("𝗧𝗮̆𝗻𝗴 ca, сhậm l̷ương, москва")
    'Tăng ca, chậm lương, москва'
    """
    plain = _KEYCAP.sub(r"\1", text)
    plain = _FONTS.sub(lambda letter: _letters(letter[0]), plain).translate(_BOXED_OR_SMALL)
    plain = _MARKED.sub(lambda cluster: _spelt(cluster[1], cluster[2]), unicodedata.normalize("NFC", plain))
    return _WORD.sub(_latin, plain) if _FOREIGN.search(plain) else plain


def _letters(character: str) -> str:
    return unicodedata.normalize("NFKC", character).strip("()")


def _latin(word: re.Match[str]) -> str:
    return word[0].translate(_LOOKALIKES) if _LATIN.search(word[0]) else word[0]


def _spelt(base: str, marks: str) -> str:
    """A letter with the marks that Vietnamese spelling knows: one of shape, one of tone."""
    if not base:
        return ""
    letter, *own = list(unicodedata.normalize("NFD", base))
    shapes = _SHAPES.get(letter.lower(), "")
    tones = _TONES if letter.lower() in "aeiouy" else ""
    every = [*own, *marks]
    shape = next((mark for mark in every if mark in shapes), "")
    tone = next((mark for mark in every if mark in tones), "")
    spelt = unicodedata.normalize("NFC", letter + shape + tone)
    return spelt if shape or tone or not own else base
