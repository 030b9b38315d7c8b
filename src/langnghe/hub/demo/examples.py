"""Files of the examples: beside this module where it was installed, in `examples/` where one works on it."""

from __future__ import annotations

from pathlib import Path

from langnghe.errors import InputError, Say

WORKED_ON = {"quy-3.csv": "quy-3/comments.csv", "checks.jsonl": "check-desk/claims.jsonl"}
"""Name where it was installed → place in `examples/`."""


def example(name: str) -> bytes:
    """The bytes of a file.

    Raises
    ------
    InputError
        It is in neither place.
    """
    here = Path(__file__).resolve()
    for path in (here.parent / name, here.parents[4] / "examples" / WORKED_ON[name]):
        if path.is_file():
            return path.read_bytes()
    raise InputError(
        name,
        Say("thiếu tệp của bộ ví dụ.", "the file of the example is missing."),
        Say("Hãy cài lại langnghe[hub].", "Install langnghe[hub] again."),
    )
