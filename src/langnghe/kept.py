"""The texts of a study as they come to cleaning: those of its input files, and masked ones that were kept of files that are gone.

    kept/texts-00000.parquet    texts, masked
    kept/left-out.parquet       rows that were left out, and why
    kept/kept.json              how their files were read

What is kept can't be made again: it stands beside what people decided, not among the products.
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from langnghe.clean.texts import clean_texts
from langnghe.collect import read
from langnghe.collect.files import list_files
from langnghe.manifest import canonical_json, sha256_of
from langnghe.nouns import CLEAN, GROUP_PREFIX, LEFT_OUT
from langnghe.settings import write_settings
from langnghe.write import write_bytes, writing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from langnghe.nouns import Texts
    from langnghe.study import Study

FOLDER = "kept"
"""Folder in a study."""


def kept_reading(study: Study) -> dict[str, Any]:
    """How the files were read whose texts are kept: files, groups, has_authors, parts; nothing is kept where files is empty."""
    path = study.folder / FOLDER / "kept.json"
    nothing: dict[str, Any] = {"files": [], "groups": [], "has_authors": True, "parts": 0}
    return {**nothing, **json.loads(path.read_bytes())} if path.is_file() else nothing


def new_files(study: Study) -> tuple[Path, ...]:
    """The input files of a study whose texts are not kept yet.

    Raises
    ------
    InputError
        One is gone.
    """
    if not study.settings.inputs:
        return ()
    known = {file["sha256"] for file in kept_reading(study)["files"]}
    found = list_files([input_path(study, path) for path in study.settings.inputs])
    return tuple(path for path in found if not known or sha256_of(path) not in known)


def input_path(study: Study, path: str) -> Path:
    """Where an input lies: relative paths count from the study's parent folder."""
    given = Path(path)
    return given if given.is_absolute() else study.folder.parent / given


def input_hashes(study: Study) -> list[list[str]]:
    """What cleaning depends on: name and SHA-256 of each input file, and of what is kept."""
    kept = study.folder / FOLDER / "kept.json"
    files = [[path.name, sha256_of(path)] for path in new_files(study)]
    return [*([[FOLDER, sha256_of(kept)]] if kept.is_file() else []), *files]


def read_texts(study: Study) -> Texts | None:
    """Read the inputs of a study again, as its settings say; None where all of them are kept."""
    s = study.settings
    files = new_files(study)
    if not files and kept_reading(study)["files"]:
        return None
    return read(
        files,
        text=s.text,
        date=s.date,
        author=s.author,
        source=s.source,
        groups=s.groups,
        as_of=s.as_of,
        k=s.k,
        progress=study.progress,
    )


def reading_with_kept(study: Study, texts: Texts | None) -> tuple[dict[str, Any], pl.DataFrame]:
    """How all files of a study were read, those whose texts are kept and then those just read; and the rows left out."""
    kept = kept_reading(study)
    about = {
        "files": [*kept["files"], *map(asdict, texts.files if texts else ())],
        "groups": list(dict.fromkeys([*kept["groups"], *(texts.groups if texts else ())])),
        "has_authors": kept["has_authors"] and (texts is None or texts.has_authors),
    }
    left = study.folder / FOLDER / "left-out.parquet"
    left_out = [pl.read_parquet(left)] if left.is_file() else []
    return about, pl.concat([*left_out, *([texts.left_out.cast(LEFT_OUT)] if texts else [])])


def clean_with_kept(study: Study, texts: Texts | None, groups: Sequence[str]) -> Iterator[pl.DataFrame]:
    """The texts that are kept, as they were cleaned, and then those just read, cleaned: as one corpus.

    Texts and batches are numbered on: a voice that was read with one file says nothing about those of another, and over several
    batches the largest sum counts, never the total.
    """
    kept = kept_reading(study)
    names = [*CLEAN, *(f"{GROUP_PREFIX}{group}" for group in groups)]
    number = 0
    for path in _parts(study, kept):
        frame = pl.read_parquet(path)
        yield _shaped(frame, names)
        number += len(frame)
    for frame in clean_texts(texts.batches()) if texts else ():
        shifts = ((pl.col("text_id") + number).cast(pl.UInt32), (pl.col("batch") + len(kept["files"])).cast(pl.UInt16))
        yield _shaped(frame.with_columns(*shifts), names)


def _parts(study: Study, kept: Mapping[str, Any]) -> list[Path]:
    return [study.folder / FOLDER / f"texts-{part:05d}.parquet" for part in range(kept["parts"])]


def _shaped(frame: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    missing = [pl.lit(None, pl.String).alias(name) for name in names if name not in frame.columns]
    return frame.with_columns(*missing).select(names)


def keep(study: Study, cleaned: Sequence[Path], reading: Mapping[str, Any], left_out: pl.DataFrame) -> Study:
    """Keep the masked texts of a study in it, and take its files out of the settings: they may be erased then.

    Parameters
    ----------
    study : a study whose texts are clean.
    cleaned : the clean texts, of schema `nouns.CLEAN`.
    reading : how all files were read.
    left_out : of schema `nouns.LEFT_OUT`.

    Returns
    -------
    The study with its new settings.
    """
    folder = study.folder / FOLDER
    with writing(folder):
        folder.mkdir(exist_ok=True)
    for number, path in enumerate(cleaned):
        write_bytes(folder / f"texts-{number:05d}.parquet", path.read_bytes())
    with writing(folder):
        left_out.write_parquet(folder / "left-out.parquet")
    about = {name: reading[name] for name in ("files", "groups", "has_authors")} | {"parts": len(cleaned)}
    write_bytes(folder / "kept.json", canonical_json(about))  # the last: what stands before it is not believed
    changed = replace(study, settings=replace(study.settings, inputs=()))
    write_bytes(study.folder / "study.toml", write_settings(changed.settings).encode())
    return changed
