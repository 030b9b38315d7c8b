"""What a code-book teaches without a study's texts is learnt once: arrays kept in a folder of the user, and used by all their studies.

A file is named by a hash of all that its arrays depend on, the program itself included, and says so inside. One that is broken,
foreign or gone is made anew; a folder that can't be written to keeps nothing. Nothing of a study's texts comes here.
"""

from __future__ import annotations

import hashlib
import io
import os
import platform
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile
from zlib import error

import numpy as np

from langnghe.errors import LangngheError
from langnghe.write import write_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from importlib.resources.abc import Traversable

    from numpy.typing import NDArray

    Arrays = Mapping[str, NDArray[Any]]

PLACE = "LANGNGHE_CACHE"
"""The environment variable that names another folder, or 'off' for none."""

MOST_FILES = 10
"""Files that are kept: those that were used last. One has some 4 MB."""


@dataclass(frozen=True)
class Cache:
    """A folder of arrays.

    Attributes
    ----------
    folder : where they are; None keeps nothing.
    code : a hash of the program that makes them.
    """

    folder: Path | None = None
    code: str = ""

    def arrays(self, made_of: object, make: Callable[[], Arrays]) -> Arrays:
        """The arrays that were made of something before, or now.

        Parameters
        ----------
        made_of : all that they depend on beside the program, as something whose `repr` tells it.
        make : makes them.
        """
        if self.folder is None:
            return make()
        key = hashlib.sha256(repr((self.code, np.__version__, platform.machine(), made_of)).encode()).hexdigest()
        path = self.folder / f"{key[:32]}.npz"
        kept = read_arrays(path, key)
        if kept is not None:
            with suppress(OSError):
                path.touch()
            return kept
        made = make()
        _keep(path, key, made)
        return made


NO_CACHE = Cache()
"""Keeps nothing."""


def user_cache(code: str) -> Cache:
    """The cache of the user, for what a program makes whose hash is given."""
    return Cache(_user_folder(), code)


def _user_folder() -> Path | None:
    if given := os.environ.get(PLACE):
        return None if given == "off" else Path(given)
    try:
        home = Path.home()
    except RuntimeError:  # a service without a home
        return None
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local")) / "langnghe" / "cache"
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "langnghe"
    return Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache") / "langnghe"


def read_arrays(path: Path | Traversable, key: str) -> Arrays | None:
    """The arrays of a file; None where it is not there, broken, or another's. What the file holds is checked by its own sums."""
    try:
        with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as file:
            kept = {name: file[name] for name in file.files}
    except (
        OSError,
        ValueError,
        EOFError,
        AttributeError,
        KeyError,
        NotImplementedError,
        RuntimeError,
        BadZipFile,
        error,
    ):
        return None
    return kept if str(kept.pop("key", "")) == key else None


def write_arrays(path: Path, key: str, arrays: Arrays) -> None:
    """Write arrays and the key that they are asked for by."""
    data, named = io.BytesIO(), {**arrays, "key": np.array(key)}
    np.savez_compressed(data, **named)  # type: ignore[arg-type]  # the names of arrays are not those of its own arguments
    write_bytes(path, data.getvalue())


def _keep(path: Path, key: str, arrays: Arrays) -> None:
    """Keep arrays, and only the files that were used last; where that can't be, they are made anew the next time."""
    with suppress(OSError, LangngheError):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_arrays(path, key, arrays)
        files = sorted(path.parent.glob("*.npz"), key=lambda file: file.stat().st_mtime_ns)
        for old in files[:-MOST_FILES]:
            old.unlink(missing_ok=True)
