"""Arrays that stand in a folder and are mapped into memory: reading them costs nothing until they are asked."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from langnghe.write import writing

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Mapped:
    """A dataclass whose fields are all arrays; each is a file of its name."""

    def save(self, folder: Path) -> None:
        """Write the arrays into a folder."""
        with writing(folder):
            folder.mkdir(parents=True, exist_ok=True)
            for field in fields(self):
                np.save(folder / f"{field.name}.npy", getattr(self, field.name), allow_pickle=False)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Map the arrays of a folder into memory."""
        arrays: dict[str, Any] = {
            field.name: np.load(folder / f"{field.name}.npy", mmap_mode="c", allow_pickle=False).view(np.ndarray)
            for field in fields(cls)
        }
        return cls(**arrays)

    @property
    def size(self) -> int:
        """Bytes of the arrays."""
        return sum(int(getattr(self, field.name).nbytes) for field in fields(self))
