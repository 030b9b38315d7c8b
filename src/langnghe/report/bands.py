"""Words for the size of a share, bound to fixed bands."""

from __future__ import annotations

from langnghe.errors import Say

MOST = Say("hầu hết", "most")
MAJORITY = Say("đa số", "a majority of")
HALF = Say("khoảng một nửa", "about half of")
MINORITY = Say("thiểu số", "a minority of")
FEW = Say("ít", "few")


def word_for(low: float, high: float) -> Say | None:
    """The word for a share, or None where its interval does not lie in one band as a whole: then figures only.

    Parameters
    ----------
    low, high : limits of the share's interval, in [0, 1].

    Examples
    --------
    >>> word_for(0.76, 0.82).vi, word_for(0.48, 0.53).vi, word_for(0.44, 0.53)
    ('hầu hết', 'khoảng một nửa', None)
    """
    bands = (
        (MOST, low >= 0.75),
        (MAJORITY, low > 0.5),
        (HALF, low >= 0.45 and high <= 0.55),
        (MINORITY, low >= 0.1 and high <= 0.45),
        (FEW, high < 0.1),
    )
    return next((word for word, fits in bands if fits), None)
