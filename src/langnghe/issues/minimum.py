"""The least of a smooth function, by L-BFGS-B (Byrd, Lu, Nocedal and Zhu 1995)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Floats = NDArray[Any]


def least(loss: Callable[..., tuple[float, Floats]], start: Floats, args: tuple[Any, ...], **options: float) -> Floats:
    """Where a loss is least; it gives its value and its gradient, `args` go to it after the place."""
    from scipy.optimize import minimize  # noqa: PLC0415 - loading it takes a quarter of a second, and most runs fit nothing

    found: Floats = minimize(loss, start, args, "L-BFGS-B", jac=True, options=options).x
    return found
