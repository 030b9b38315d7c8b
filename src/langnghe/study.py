"""A study: a folder with what people decided (text) and what the machine made (Parquet, re-creatable).

    q3/
      study.toml       settings                                  people edit
      codebook.toml    the code-book of this study               people edit
      left-out.csv     rows that were left out, and why          made
      products/        Parquet of every stage, manifest.json     made; may be deleted
      report/          report.html, .pdf, .docx, .json, data/    made

A stage runs again only when something it depends on has changed. Products are written beside their place and then moved
there, and the manifest names them last, so that a run that was killed leaves nothing that the next one would believe.
"""

from __future__ import annotations

import json
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout

from langnghe import usage
from langnghe.errors import Say, StudyError
from langnghe.manifest import Manifest
from langnghe.nouns import Progress, Texts, no_progress
from langnghe.settings import Settings, checked, read_settings, write_settings
from langnghe.write import write_bytes, writing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def _unwatched(_texts: Texts) -> None:
    """Nobody looks at how the inputs were read."""


def stored_path(path: Path, folder: Path) -> str:
    """How the path of an input is kept in a study: relative to the study's parent folder where it lies below, with '/'."""
    whole = path.resolve()
    parent = folder.resolve().parent
    return whole.relative_to(parent).as_posix() if whole.is_relative_to(parent) else whole.as_posix()


def other_inputs(folder: Path) -> StudyError:
    """The error for a folder that would be taken by default but holds the study of other files."""
    return StudyError(
        str(folder),
        Say("đã là nghiên cứu của những tệp khác.", "is the study of other files already."),
        Say("Hãy đặt tên khác bằng --study THƯ_MỤC.", "Give another name with --study FOLDER."),
    )


@dataclass(frozen=True)
class Study:
    """A study folder.

    Attributes
    ----------
    folder : its path.
    settings : as they stand in study.toml.
    progress : called on long work.
    on_read : called with the texts when the inputs were read, before they are cleaned.
    """

    folder: Path
    settings: Settings
    progress: Progress = no_progress
    on_read: Callable[[Texts], None] = _unwatched

    @classmethod
    def create(cls, folder: str | Path, texts: Texts | None = None, *, settings: Settings | None = None) -> Study:
        """Create a study folder, or take the one that is there with the new settings.

        Parameters
        ----------
        folder : where. It is made with its parents; what people edited in it (the code-book) is kept.
        texts : what `langnghe.read` gave; its paths and columns become settings.
        settings : instead of `texts`.

        Raises
        ------
        StudyError
            There is a folder of that name that is no study and not empty.
        OutputError
            It can't be written there.
        """
        place = Path(folder)
        if place.exists() and not (place / "study.toml").is_file() and (not place.is_dir() or any(place.iterdir())):
            raise StudyError(
                str(place),
                Say("đã có ở đó nhưng không phải một nghiên cứu.", "is there already and is no study."),
                Say("Hãy chọn một thư mục khác.", "Choose another folder."),
            )
        chosen = settings or (settings_of(texts, place) if texts else Settings())
        with writing(place):
            place.mkdir(parents=True, exist_ok=True)
        study = cls(place, checked(chosen))
        text = write_settings(chosen).encode()
        if not (place / "study.toml").is_file() or (place / "study.toml").read_bytes() != text:
            with study.lock():
                write_bytes(place / "study.toml", text)
        study.restore_codebook()
        return study

    @classmethod
    def open(cls, folder: str | Path) -> Study:
        """Open a study folder.

        Raises
        ------
        StudyError
            There is no study.
        SettingError
            Its settings can't be.
        """
        place = Path(folder)
        if not (place / "study.toml").is_file():
            raise StudyError(
                str(place),
                Say(
                    "không phải một thư mục nghiên cứu (thiếu study.toml).",
                    "is no study folder (it has no study.toml).",
                ),
                Say(
                    "Hãy tạo bằng 'langnghe report TỆP --study THƯ_MỤC'.",
                    "Make one with 'langnghe report FILE --study FOLDER'.",
                ),
            )
        study = cls(place, read_settings(place / "study.toml"))
        study.restore_codebook()
        return study

    def restore_codebook(self) -> None:
        """Put the code-book labour-vi where a study has none."""
        if not self.codebook_path.is_file():
            write_bytes(self.codebook_path, files("langnghe.vi").joinpath("labour-vi.toml").read_bytes())

    @property
    def manifest(self) -> Manifest:
        """What is fresh and what is stale."""
        return Manifest(self.folder / "products")

    @property
    def codebook_path(self) -> Path:
        """The code-book that people edit."""
        return self.folder / "codebook.toml"

    def product(self, stage: str) -> Path:
        """The folder of a stage's products."""
        return self.folder / "products" / stage

    def watched(self, progress: Progress, on_read: Callable[[Texts], None] | None = None) -> Study:
        """The same study that reports on long work and on how its inputs were read."""
        return replace(self, progress=progress, on_read=on_read or self.on_read)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Keep other runs off the study.

        Raises
        ------
        StudyError
            Another run has it.
        """
        with writing(self.folder):
            (self.folder / "products").mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.folder / "products" / ".lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise StudyError(
                str(self.folder),
                Say("đang được một lượt chạy khác dùng.", "is in use by another run."),
                Say("Hãy chờ lượt đó xong rồi chạy lại.", "Wait until that one has ended, then run again."),
            ) from None
        except OSError:
            with writing(self.folder):
                raise
        try:
            yield
        finally:
            lock.release()

    @contextmanager
    def making(self, stage: str, key: str) -> Iterator[Path]:
        """Make the products of a stage in the folder given; measures time and memory into log.jsonl."""
        before, began = usage.cpu_seconds(), time.perf_counter()
        with self.manifest.making(stage, key) as folder:
            yield folder
        entry: dict[str, Any] = {
            "stage": stage,
            "cpu_s": round(usage.cpu_seconds() - before, 3),
            "wall_s": round(time.perf_counter() - began, 3),
            "peak_mb": round(usage.peak_megabytes()),
        }
        with writing(self.folder), (self.folder / "products" / "log.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry) + "\n")


def settings_of(texts: Texts, folder: Path) -> Settings:
    """The settings that read the same texts again."""
    return Settings(
        inputs=tuple(stored_path(Path(path), folder) for path in texts.inputs),
        text=texts.asked.get("text"),
        date=texts.asked.get("date"),
        author=texts.asked.get("author"),
        source=texts.asked.get("source"),
        groups=texts.asked_groups,
        as_of=texts.as_of,
        k=texts.k,
    )
