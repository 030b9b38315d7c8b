"""How loops become machine code: kernels, which Python calls, and the parts that kernels call.

Compiling costs the user's first run; most of it is Numba reading loops, in Python. What it does for closures, arrays that are computed
with as a whole, and names whose type changes is left out here, as ours are plain loops over numbers: a name has one type in all of a
function. So is what it puts around a function for others to call it: nobody calls ours from C, and a part is called from Python as
the plain function that it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

import numba as nb
from numba.core.compiler import CompilerBase, DefaultPassBuilder
from numba.core.compiler_machinery import PassManager
from numba.core.typed_passes import NopythonTypeInference
from numba.core.untyped_passes import FixupArgs, IRProcessing, TranslateByteCode
from numba.extending import register_jitable

if TYPE_CHECKING:
    from collections.abc import Callable

    Loop = TypeVar("Loop", bound=Callable[..., Any])


class _Plain(CompilerBase):  # type: ignore[misc]  # Numba has no types of its own
    """The way of a plain loop to machine code: two thirds of the time of Numba's own."""

    def define_pipelines(self) -> list[Any]:
        """The steps, as Numba asks for them."""
        steps = PassManager("plain loops")
        steps.add_pass(TranslateByteCode, "read the function")
        steps.add_pass(FixupArgs, "its arguments")
        steps.add_pass(IRProcessing, "its blocks")
        steps.add_pass(NopythonTypeInference, "its types")
        steps.passes.extend(DefaultPassBuilder.define_nopython_lowering_pipeline(self.state).passes)
        steps.finalize()
        return [steps]


_PLAIN: Any = {"pipeline_class": _Plain, "no_cfunc_wrapper": True}


def kernel(loop: Loop) -> Loop:
    """Compile a loop that Python calls, and keep what was compiled for the next run."""
    return cast("Loop", nb.njit(cache=True, nogil=True, **_PLAIN)(loop))


def part(function: Loop) -> Loop:
    """A function that kernels call: it is compiled with them; called from Python, it runs as it stands."""
    return cast("Loop", register_jitable(no_cpython_wrapper=True, **_PLAIN)(function))
