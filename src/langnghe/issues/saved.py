"""What is kept of an issue model: enough to read the placed texts and to name the issues."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from langnghe.issues.model import IssueModel


@dataclass(frozen=True)
class SavedModel:
    """The kept part of an `IssueModel`: see there.

    `stated` is as in `stated.Stated`, None where nothing can be said; `confused` are pairs of ids of which the first is taken for the
    second.
    """

    ids: tuple[str, ...]
    guided: int
    covered: float
    phrases: tuple[tuple[str, ...], ...]
    shown: tuple[str, ...]
    naming: tuple[float, ...]
    main: tuple[int, ...]
    stated: Mapping[str, float | None] = field(default_factory=dict)
    confused: tuple[tuple[str, str], ...] = ()


def save_model(model: IssueModel, folder: Path) -> None:
    """Write model.json into a folder."""
    covered = round(model.covered, 6)
    stated = {} if model.issues is None else asdict(model.issues.stated)
    told = {name: None if math.isnan(value) else round(value, 6) for name, value in stated.items()}
    pairs = () if model.issues is None else tuple((model.ids[a], model.ids[b]) for a, b in model.issues.confused)
    kept = SavedModel(
        model.ids, model.guided, covered, model.phrases, model.shown, model.naming, model.main, told, pairs
    )
    (folder / "model.json").write_text(json.dumps(asdict(kept), ensure_ascii=False, indent=1), encoding="utf-8")


def load_model(folder: Path) -> SavedModel:
    """Read model.json of a folder."""
    data = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    return SavedModel(
        tuple(data["ids"]),
        data["guided"],
        data["covered"],
        tuple(tuple(keys) for keys in data["phrases"]),
        tuple(data["shown"]),
        tuple(data["naming"]),
        tuple(data["main"]),
        data["stated"],
        tuple((a, b) for a, b in data["confused"]),
    )
