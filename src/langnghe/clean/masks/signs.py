"""What the words of a text tell at a first glance: bits for each word, and tables in which a compiled pass finds them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from langnghe.clean.masks.lexicon import lexicon, street_names
from langnghe.clean.masks.marks import plain

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from numpy.typing import NDArray

(
    SURNAME,
    MIDDLE,
    GIVEN,
    SURE_GIVEN,
    TITLE,
    DIGIT_WORD,
    AREA,
    VEHICLE,
    SIGN,
    TLD,
    CALL,
    STREET,
    CUE,
    WEAK,
    MAIL,
    HOME,
    STRONG,
    PROPER,
) = (1 << n for n in range(18))
"""What a word may be in a name, a number, a link, a plate or an address."""

_DIGIT_WORDS = "không khong hông hong ko một mot mốt mụt hai ba bốn bon tư tu năm nam lăm lam sáu sau bảy bẩy bay tám tam chín chin chính chinh linh"
_AREAS = (
    "số so đường duong phòng phong hẻm hem ngõ ngo ngách ngach kiệt kiet tổ to ấp ap thôn thon xóm xom khu kp trọ tro nhà nha dãy day cư cu lầu lau block lô lo sn ktx đội doi phố pho ql tl "
    "căn đg dg tdp xẹt xet xuyệt xuyet bis lộ"
)
_VEHICLES = "xe biển bien bs bks bsx oto cốp cop lái lai cont container nguội nguoi wave vision lead future tô"
_SIGNS = (
    "facebook fb fbook zalo tiktok tok ig insta instagram instagr tele telegram youtube viber threads linkedin twitter locket shopee messenger "
    "tg wa id nick acc user username line skype discord yt"
)
_TLDS = "com vn net org me ly info top xyz shop site link be io am cam co app live to cc page"
_CALLS = "ơi oi ui ới"
_MAILS = "gmail gmai gmal gmial gamil gmaill gmailcom yahoo yaho ymail hotmail outlook icloud mailto acong amoc"
_HOMES = "thôn thon ấp ap xóm xom trọ tro hẻm hem ngõ ngo ngách ngach kiệt kiet ktx cư cu sn kp kdc tdp block lô lo xẹt xet xuyệt xuyet bis"

FNV_OFFSET = np.uint64(14695981039346656037)
FNV_PRIME = np.uint64(1099511628211)
SIZE = 1 << 13


def word_hash(word: str) -> int:
    """The hash of a word in small letters, as the pass computes it from bytes."""
    value = int(FNV_OFFSET)
    for character in word:
        value = (value ^ ord(character)) * int(FNV_PRIME) & 0xFFFFFFFFFFFFFFFF
    return value


@cache
def table() -> tuple[NDArray[np.uint64], NDArray[np.uint32]]:
    """Open addressing: the hashes of all words that tell something, and what they tell."""
    classes: dict[str, int] = {}

    def add(words: Iterable[str], bit: int) -> None:
        for word in words:
            for written in {word, *_spellings(word)}:
                classes[written] = classes.get(written, 0) | bit

    known = lexicon()
    for table, bit in ((known.surnames, SURNAME), (known.middle, MIDDLE), (known.given, GIVEN)):
        add((w for key, forms in table.items() for w in (key, *forms)), bit)
    add((w for key in known.sure_surnames for w in known.surnames[key] if not w.isascii()), STRONG)
    add(["nguyen"], STRONG)
    add((key for key in known.given if key not in known.stripped), SURE_GIVEN)
    add((w for forms in known.given.values() for w in forms if not w.isascii() and w not in known.common), SURE_GIVEN)
    add((w for forms in known.given.values() for w in forms if w.isascii() and w not in known.common), PROPER)
    for phrases, bit in ((known.kin, TITLE), (known.work, TITLE), (known.cues, CUE), (known.weak_cues, WEAK)):
        add((form[-1] for endings in phrases.values() for forms in endings.values() for form in forms), bit)
        add(phrases, bit)
    for words, bit in (
        (_DIGIT_WORDS, DIGIT_WORD), (_AREAS, AREA), (_VEHICLES, VEHICLE), (_SIGNS, SIGN), (_TLDS, TLD), (_CALLS, CALL), (_MAILS, MAIL), (_HOMES, HOME), (_street_words(), STREET),
    ):  # fmt: skip
        add(words.split() if isinstance(words, str) else words, bit)
    return _addressed({word_hash(word): bits for word, bits in classes.items()})


def _street_words() -> list[str]:
    """The first words of names of streets, with diacritics and without."""
    return sorted(
        {word for name in street_names() for word in (name.split()[0], plain(name.split()[0]))} | {"đường", "duong"}
    )


@cache
def compounds_of_two() -> NDArray[np.uint64]:
    """Hashes of the pairs of syllables that no name is read into, as written and without diacritics, sorted."""
    forms = {form for key, written in lexicon().compounds.items() for form in (key, *written)}
    return np.array(sorted({_pair(word_hash(a), word_hash(b)) for a, b in forms}), dtype=np.uint64)


@cache
def streets_of_two() -> NDArray[np.uint64]:
    """Hashes of the first two syllables of names of streets, as written and without diacritics, sorted."""
    names = (name.split()[:2] for name in street_names() if " " in name)
    return np.array(
        sorted({_pair(word_hash(a), word_hash(b)) for x, y in names for a, b in ((x, y), (plain(x), plain(y)))}),
        dtype=np.uint64,
    )


def _spellings(word: str) -> Iterable[str]:
    """The older spelling of a tone's place beside the newer ('hoà', 'hòa')."""
    for a, b in (("oà", "òa"), ("oá", "óa"), ("oả", "ỏa"), ("oã", "õa"), ("oạ", "ọa"), ("oè", "òe"), ("oé", "óe"), ("oẻ", "ỏe"), ("oẽ", "õe"), ("oẹ", "ọe"), ("uỳ", "ùy"), ("uý", "úy"), ("uỷ", "ủy"), ("uỹ", "ũy"), ("uỵ", "ụy")):  # fmt: skip
        if word.endswith(a):
            yield word[: -len(a)] + b


def _addressed(classes: dict[int, int]) -> tuple[NDArray[np.uint64], NDArray[np.uint32]]:
    hashes, bits = np.zeros(SIZE, dtype=np.uint64), np.zeros(SIZE, dtype=np.uint32)
    for value, told in sorted(classes.items()):
        slot = value % SIZE
        while hashes[slot]:
            slot = (slot + 1) % SIZE
        hashes[slot], bits[slot] = value, told
    return hashes, bits


def pairs_of(known_names: Collection[str]) -> NDArray[np.uint64]:
    """Hashes of the first two syllables of known names, sorted."""
    firsts = {tuple(form.split()[:2]) for name in known_names for form in (name.lower(), plain(name))}
    return np.array(
        sorted({_pair(word_hash(a), word_hash(b)) for a, b in (p for p in firsts if len(p) == 2)}), dtype=np.uint64
    )


def _pair(first: int, second: int) -> int:
    return (first * 31 + second) & 0xFFFFFFFFFFFFFFFF
