"""Scales that start at zero, with round steps."""

from __future__ import annotations

import math
from collections.abc import Sequence  # noqa: TC003 - part of the signatures
from dataclasses import dataclass

from langnghe.report.charts import svg
from langnghe.report.fonts import text_width


@dataclass(frozen=True)
class Scale:
    """A scale from 0 to `top` with a tick every `step`."""

    top: float
    step: float

    def fraction(self, value: float) -> float:
        """Give where a value lies between 0 (left, bottom) and 1."""
        return max(0.0, min(1.0, value / self.top))

    def ticks(self) -> list[float]:
        """Give the values of the ticks, 0 and `top` included."""
        return [number * self.step for number in range(round(self.top / self.step) + 1)]


def scale(largest: float, steps: int, *, whole: bool = False) -> Scale:
    """Choose a scale that holds `largest` with at most about `steps` steps of 1, 2 or 5 times a power of ten.

    Parameters
    ----------
    largest : largest value; the scale is at least as long.
    whole : steps are whole numbers (counts).
    """
    least = max(largest, 1.0 if whole else 0.01) / steps
    power = 10.0 ** math.floor(math.log10(least))
    step = next(power * times for times in (1, 2, 5, 10) if power * times >= least * (1 - 1e-9))
    if whole:
        step = max(1.0, step)
    step = float(f"{step:.6g}")
    top = math.ceil(max(largest, step) / step - 1e-9) * step
    return Scale(float(f"{top:.6g}"), step)


def thinned(xs: Sequence[float], labels: Sequence[str]) -> int:
    """Find the smallest n with which every n-th label, centred on evenly spaced `xs`, stands clear of the next."""
    if len(xs) < 2:
        return 1
    widest = max(text_width(words, svg.SMALL) for words in labels) + 8
    return max(1, math.ceil(widest / max(xs[1] - xs[0], 0.1)))
