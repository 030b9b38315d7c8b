"""What is sieved out before the closer look is never what the closer look would have found."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.datasets import masks
from langnghe.clean.masks.addresses import addresses, needed_by_addresses
from langnghe.clean.masks.links import NEEDED_BY_LINKS, emails, handles, links
from langnghe.clean.masks.marks import begun
from langnghe.clean.masks.plates import NEEDED_BY_PLATES, plates
from langnghe.clean.masks.sieve import needed, worth

DETECTORS = {
    "links": (NEEDED_BY_LINKS, (emails, links, handles)),
    "plates": (NEEDED_BY_PLATES, (plates,)),
    "addresses": (needed_by_addresses(), (addresses,)),
}


def lost(kind: str, texts: list[str]) -> list[str]:
    """The texts in which something would be found, but not after sieving."""
    wanted, detectors = DETECTORS[kind]
    drafts = [begun(text) for text in texts]
    kept = worth(drafts, np.ones(len(drafts), dtype=np.uint8), {1: wanted})
    dropped = [draft for draft, bit in zip(drafts, kept.tolist(), strict=True) if not bit]
    return [draft.text for draft in dropped if any(list(detect(draft)) for detect in detectors)]


@pytest.mark.parametrize("kind", DETECTORS)
def test_nothing_of_the_test_sets_is_lost(kind: str) -> None:
    rows = [
        text
        for name in ("address", "plate", "profile_link", "handle", "email", "clean")
        for text in masks(name)["text"]
    ]
    assert lost(kind, rows) == []


_PIECES = st.sampled_from(
    """59F1 123.45 59 f1 1234 năm chín h không hai ba bốn sáu K 51 LD 12345 xe - . / , ( ) ² ①
    12/3 48 bis 7A số nhà phòng P. lô hẻm đường Trần Phú nguyễn thị hoa Ấp 2 Tổ 3 khu phố trọ kdc mười xẹt sáu QL 13 D 5 Út Hiền chung cư B-4
    @ a còng móc [at] (dot) chấm gmail com .vn zalo fb id: ig tiktok hoa.le_92 hoalevidu https:// facebook.com m. xẹt /u12 ‹số điện thoại›""".split()
)


@settings(deadline=None, max_examples=400)
@given(st.lists(st.tuples(_PIECES, st.sampled_from([" ", "", ", "])), max_size=9))
def test_nothing_that_is_put_together_is_lost(pieces: list[tuple[str, str]]) -> None:
    text = "".join(part for piece in pieces for part in piece)
    assert [lost(kind, [text]) for kind in DETECTORS] == [[], [], []]


@pytest.mark.parametrize(
    ("pattern", "wider"),
    [
        (r"(?<!\d)[1-9]\d(?=[a-z](?!x))[a-z]", r"(?:[1-9]\d[a-z])"),
        (r"(?<!\w)(?P<name>a|[)\]]b)(?!,\d)", r"(?:(?:^|[^\p{L}\p{N}_])(?:a|[)\]]b))"),
    ],
)
def test_a_pattern_without_what_it_looks_at(pattern: str, wider: str) -> None:
    assert needed(pattern) == wider
