"""What the code-book and the starter set of this package teach, learnt beforehand: arrays that come with them.

They are used where codes and starter set are those that they were learnt from; else the same is learnt on the spot.
`make learnt` makes them anew.
"""

from __future__ import annotations

import hashlib
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from langnghe.cache import read_arrays, write_arrays
from langnghe.issues.knowledge import starter_files

if TYPE_CHECKING:
    from langnghe.cache import Arrays

_PLACE = files("langnghe.vi").joinpath("learnt")


def shipped(name: str, made_of: object) -> Arrays | None:
    """The arrays of a name; None where they were not learnt from this and the starter set as it stands."""
    return read_arrays(_PLACE.joinpath(f"{name}.npz"), _key(made_of))


def save_shipped(name: str, made_of: object, arrays: Arrays) -> Path:
    """Write arrays into the package: for `tools/learnt.py`."""
    path = Path(str(_PLACE)) / f"{name}.npz"
    write_arrays(path, _key(made_of), arrays)
    return path


def _key(made_of: object) -> str:
    told = hashlib.sha256(repr(made_of).encode())
    for file in starter_files():
        told.update(hashlib.sha256(file.read_bytes()).digest())
    return told.hexdigest()
