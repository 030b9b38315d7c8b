"""Light edits: how people change a message that they pass on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.pieces import strip_marks

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Sequence

EMOJI = "😭😂🙏💔👍😡❤😢🔥👏😤🥺"
HASHTAGS = ("chiase", "congnhan", "doisong", "cogiandong", "mongmoinguoibiet", "tamsu", "congdong", "gopy", "canhbao")
OPENINGS = (
    "mọi người ơi", "chia sẻ giúp em", "copy từ nhóm khác", "đọc đi mọi người", "nhờ ad duyệt bài", "em gửi lại",
    "ai cũng nên biết", "thấy đúng quá", "sao y bản chính", "đồng cảm với bạn này", "cho mình đăng lại",
    "ý kiến của em là",
)  # fmt: skip


def _exact(words: list[str], _chance: random.Random, _others: Sequence[str]) -> str:
    return " ".join(words)


def _emoji_end(words: list[str], chance: random.Random, _others: Sequence[str]) -> str:
    return f"{' '.join(words)} {''.join(chance.choices(EMOJI, k=chance.randint(1, 3)))}"


def _hashtag_end(words: list[str], chance: random.Random, _others: Sequence[str]) -> str:
    return " ".join(words + [f"#{tag}" for tag in chance.sample(HASHTAGS, chance.randint(1, 2))])


def _words_before(words: list[str], chance: random.Random, _others: Sequence[str]) -> str:
    return f"{chance.choice(OPENINGS)} {' '.join(words)}"


def _word_changed(words: list[str], chance: random.Random, others: Sequence[str]) -> str:
    place = chance.randrange(len(words))
    return " ".join([*words[:place], chance.choice(others), *words[place + 1 :]])


def _word_dropped(words: list[str], chance: random.Random, _others: Sequence[str]) -> str:
    place = chance.randrange(len(words))
    return " ".join([*words[:place], *words[place + 1 :]])


def typo(words: list[str], chance: random.Random, _others: Sequence[str] = ()) -> str:
    """One letter of one word left out, doubled, or changed places with the next."""
    long = [i for i, word in enumerate(words) if len(word) > 2] or [0]
    place = chance.choice(long)
    word = words[place]
    at = chance.randrange(max(len(word) - 1, 1))
    slips = (
        word[:at] + word[at + 1 :],
        word[: at + 1] + word[at:],
        word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
    )
    return " ".join([*words[:place], chance.choice(slips) or word, *words[place + 1 :]])


def _stripped(words: list[str], _chance: random.Random, _others: Sequence[str]) -> str:
    return strip_marks(" ".join(words))


def _case(words: list[str], chance: random.Random, _others: Sequence[str]) -> str:
    return chance.choice((str.upper, str.lower, str.title))(" ".join(words))


EDITS: dict[str, tuple[int, Callable[[list[str], random.Random, Sequence[str]], str]]] = {
    "exact": (30, _exact),
    "emoji_end": (10, _emoji_end),
    "hashtag_end": (8, _hashtag_end),
    "words_before": (10, _words_before),
    "word_changed": (9, _word_changed),
    "word_dropped": (9, _word_dropped),
    "typo": (8, typo),
    "stripped": (8, _stripped),
    "case": (8, _case),
}
"""Kind of edit → its share of the copies in per cent."""

TWICE = 0.12
"""Share of the edited copies that are edited in a second way too; their kind is 'two_edits'."""

_KINDS = tuple(EDITS)
_SHARES = tuple(share for share, _ in EDITS.values())


def edited(text: str, chance: random.Random, others: Sequence[str]) -> tuple[str, str]:
    """A copy of a message as someone else posts it.

    Parameters
    ----------
    text : the message.
    chance : source of chance.
    others : words that may take a word's place.

    Returns
    -------
    The copy and its kind of edit.
    """
    kind = chance.choices(_KINDS, _SHARES)[0]
    copy = EDITS[kind][1](text.split(), chance, others)
    if kind == "exact" or chance.random() >= TWICE:
        return copy, kind
    second = chance.choice([k for k in _KINDS if k not in {kind, "exact"}])
    return EDITS[second][1](copy.split(), chance, others), "two_edits"
