"""How loops become machine code: kernels, which Python calls, and the parts that kernels call.

Compiling costs the user's first run, and what Numba puts around a function so that others can call it costs as much as a small one.
Nobody calls ours from C, and a part is called from Python as the plain function that it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

import numba as nb
from numba.extending import register_jitable

if TYPE_CHECKING:
    from collections.abc import Callable

    Loop = TypeVar("Loop", bound=Callable[..., Any])

_BARE: Any = {"no_cfunc_wrapper": True}


def kernel(loop: Loop) -> Loop:
    """Compile a loop that Python calls, and keep what was compiled for the next run."""
    return cast("Loop", nb.njit(cache=True, nogil=True, **_BARE)(loop))


def part(function: Loop) -> Loop:
    """A function that kernels call: it is compiled with them; called from Python, it runs as it stands."""
    return register_jitable(**_BARE)(function)
