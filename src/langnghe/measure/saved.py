"""Figures as files: a Parquet per table and figures.json for the rest."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, fields
from typing import TYPE_CHECKING

import polars as pl

from langnghe.nouns import Figures, Overview, Rule

if TYPE_CHECKING:
    from pathlib import Path

TABLES = tuple(entry.name for entry in fields(Figures) if entry.name not in {"rule", "every", "overview"})
"""The tables of `Figures`."""


def save_figures(figures: Figures, folder: Path) -> None:
    """Write figures into a folder."""
    for name in TABLES:
        getattr(figures, name).write_parquet(folder / f"{name}.parquet", compression="zstd")
    rest = {"rule": asdict(figures.rule), "every": figures.every, "overview": asdict(figures.overview)}
    (folder / "figures.json").write_text(json.dumps(rest, default=str, indent=1), encoding="utf-8")


def load_figures(folder: Path) -> Figures:
    """Read figures from a folder."""
    rest = json.loads((folder / "figures.json").read_text(encoding="utf-8"))
    overview = rest["overview"]
    for name in ("first", "last"):
        overview[name] = dt.date.fromisoformat(overview[name]) if overview[name] else None
    tables = {name: pl.read_parquet(folder / f"{name}.parquet") for name in TABLES}
    return Figures(rule=Rule(**rest["rule"]), every=rest["every"], overview=Overview(**overview), **tables)
