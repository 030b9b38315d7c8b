"""What is fresh and what is stale: a manifest of stages, their keys and the hashes of what they made."""

from __future__ import annotations

import hashlib
import json
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from langnghe.write import write_bytes, writing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def sha256_of(path: Path) -> str:
    """SHA-256 of a file as hexadecimal digits. A file that did not change in this process is read once."""
    state = path.stat()
    return _sha256(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=4096)
def _sha256(path: Path, _changed: int, _size: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def key_of(parts: Mapping[str, Any]) -> str:
    """A key for everything that a stage depends on: equal when all parts are equal."""
    return hashlib.sha256(canonical_json(parts)).hexdigest()


def canonical_json(value: Any) -> bytes:
    """JSON with sorted keys and no spare space: equal values give equal bytes."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str).encode()


@dataclass(frozen=True)
class Manifest:
    """The manifest of a folder of products."""

    folder: Path

    @property
    def path(self) -> Path:
        """Where it is kept."""
        return self.folder / "manifest.json"

    def stages(self) -> dict[str, dict[str, Any]]:
        """Stage → its key and the hashes of its files. A damaged manifest counts as an empty one: everything runs again."""
        try:
            read = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return read if isinstance(read, dict) else {}

    def is_fresh(self, stage: str, key: str) -> bool:
        """Whether a stage was made from exactly this key and all its files are there unchanged."""
        entry = self.stages().get(stage)
        if not isinstance(entry, dict) or entry.get("key") != key:
            return False
        kept = {name: self.folder / stage / name for name in entry["files"]}
        return all(path.is_file() and sha256_of(path) == entry["files"][name] for name, path in kept.items())

    def hash_of(self, stage: str) -> str:
        """One hash for all files of a stage."""
        return key_of(self.stages()[stage]["files"])

    @contextmanager
    def making(self, stage: str, key: str) -> Iterator[Path]:
        """Give an empty folder to write a stage into; when the block ends well the folder takes the stage's place."""
        fresh = self.folder / f"{stage}.new"
        with writing(self.folder):
            shutil.rmtree(fresh, ignore_errors=True)
            fresh.mkdir(parents=True)
        with writing(fresh):
            yield fresh
        with writing(self.folder):
            files = {path.name: sha256_of(path) for path in sorted(fresh.iterdir())}
            place = self.folder / stage
            self._write({name: entry for name, entry in self.stages().items() if name != stage})
            shutil.rmtree(place, ignore_errors=True)
            fresh.replace(place)
            self._write({**self.stages(), stage: {"key": key, "files": files}})

    def _write(self, stages: Mapping[str, Any]) -> None:
        text = json.dumps(stages, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
        write_bytes(self.path, text.encode())


@cache
def code_hash() -> str:
    """One hash for the whole package: what another version made is made again."""
    folder = Path(__file__).parent
    kinds = {".py", ".toml", ".txt", ".html", ".css", ".typ", ".json", ".jsonl", ".npz"}
    sources = sorted(path for path in folder.rglob("*") if path.suffix in kinds)
    return key_of({path.relative_to(folder).as_posix(): sha256_of(path) for path in sources})
