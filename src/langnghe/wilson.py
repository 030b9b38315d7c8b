"""Wilson's interval for a proportion (Wilson 1927), which measuring and judging the machine's errors both need."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


def wilson(rate: Floats, size: Floats, z: Floats | float) -> tuple[Floats, Floats]:
    """Wilson's interval for a rate among `size` texts, which need not be whole."""
    squared = np.square(z) / size
    middle = (rate + squared / 2) / (1 + squared)
    half = np.sqrt(squared * (rate * (1 - rate) + squared / 4)) / (1 + squared)
    low, high = (
        np.minimum(middle - half, rate),
        np.maximum(middle + half, rate),
    )  # rounding must not leave the estimate out
    return np.clip(low, 0, 1), np.clip(high, 0, 1)
