"""An instance of the hub: the folder that holds its database, its secret and its studies."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

FOLDER = "LANGNGHE_HUB"
DATABASE = "DATABASE_URL"
"""Environment variables: the folder of the instance, and a database other than the SQLite file in it."""


@dataclass(frozen=True)
class Instance:
    """Where a hub lives.

    Attributes
    ----------
    folder : its folder.
    database_url : where its database is.
    """

    folder: Path
    database_url: str

    @classmethod
    def from_environment(cls) -> Instance:
        """The instance that the environment names; './langnghe-hub' with SQLite where it names none."""
        folder = Path(os.environ.get(FOLDER, "langnghe-hub")).resolve()
        return cls(folder, os.environ.get(DATABASE) or f"sqlite:///{folder / 'hub.sqlite3'}")

    @property
    def studies(self) -> Path:
        """The folder of its studies."""
        return self.folder / "studies"

    @property
    def uploads(self) -> Path:
        """The folder of files that are being uploaded; each is erased once it was read."""
        return self.folder / "uploads"

    @property
    def checks(self) -> Path:
        """The folder into which `langnghe check publish` writes what everybody may read."""
        return self.folder / "checks"

    @property
    def ledger(self) -> Path:
        """The folder in which is written what was published: see `langnghe.ledger`."""
        return self.folder / "ledger"

    @property
    def demo(self) -> Path:
        """The file that marks the instance as a demo, and holds what a newcomer needs."""
        return self.folder / "demo.txt"

    @property
    def is_demo(self) -> bool:
        """Whether all that it holds is invented."""
        return self.demo.is_file()

    def mark_demo(self, told: str) -> None:
        """Mark it as a demo."""
        self.demo.touch(mode=0o600)
        self.demo.write_text(told, encoding="utf-8")

    def secret(self) -> str:
        """The secret that signs sessions and links: made at the first start, readable by its owner alone."""
        path = self.folder / "secret.key"
        if not path.is_file():
            self.folder.mkdir(parents=True, exist_ok=True)
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(secrets.token_urlsafe(64))
        return path.read_text(encoding="ascii").strip()

    def prepare(self) -> None:
        """Make the folders."""
        for folder in (self.folder, self.studies, self.uploads):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # what lies in it is for its owner alone
