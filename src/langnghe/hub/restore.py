"""Restoring a backup into a new folder: looked through first, nothing overwritten, and what was erased since stays erased."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from langnghe.errors import CheckFailed, InputError, OutputError, Say
from langnghe.hub.backup import FACTS, FORMAT, Facts, proof_of
from langnghe.hub.erasures import FILE, noted
from langnghe.hub.instance import DATABASE, Instance
from langnghe.hub.serve import connect, prepare
from langnghe.write import writing

if TYPE_CHECKING:
    from collections.abc import Iterator

SECRET = "secret.key"  # noqa: S105 - the name of a file
_PIECE = 1 << 20


@dataclass(frozen=True)
class Restored:
    """What was restored: from when, and how much of it was erased again."""

    made: str
    erased: int
    knows_erasures: bool


def restore(path: Path, folder: Path, keys: Path) -> Restored:
    """Restore a backup.

    Parameters
    ----------
    path : the backup.
    folder : where the hub will be; it must not be there yet.
    keys : a folder with `secret.key` and `erased.log`: the hub's old folder, or where they were kept.

    Raises
    ------
    InputError, CheckFailed
        The backup is damaged, of a newer version or of another hub; or keys are missing.
    OutputError
        The folder is there already.
    """
    folder = folder.resolve()
    if folder.exists():
        raise OutputError(
            folder.name,
            Say("thư mục này đã có; khôi phục không ghi đè.", "this folder is there already; nothing is overwritten."),
            Say("Hãy đặt tên thư mục mới: --folder hub-moi.", "Name a new folder: --folder hub-new."),
        )
    with writing(folder), _beside(folder) as made:
        facts = unpacked(path, made)
        _take_keys(keys, made, facts)
        erased = _settled(made, facts)
        made.rename(folder)
    return Restored(facts.made, erased, (keys / FILE).is_file())


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    """A folder beside the one to be made, which takes its place at the end; it goes where something failed."""
    made = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def unpacked(path: Path, folder: Path) -> Facts:
    """Unpack a backup into a folder, each file compared with its hash.

    Raises
    ------
    InputError
        It is no backup, or of a newer format.
    CheckFailed
        A file in it is damaged or missing.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            read = json.loads(archive.read(FACTS))
            if read["format"] > FORMAT:
                raise _newer(path)
            facts = Facts(**read)
            for name, known in facts.files.items():
                if _unpacked_one(archive, name, folder) != known:
                    raise _damaged(path)
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError, EOFError, zlib.error) as fault:
        raise _damaged(path) from fault
    except FileNotFoundError as fault:
        raise InputError(
            path.name,
            Say("không có tệp này.", "there is no such file."),
            Say("Hãy xem lại đường dẫn.", "Look at the path again."),
        ) from fault
    return facts


def _unpacked_one(archive: zipfile.ZipFile, name: str, folder: Path) -> str:
    place = PurePosixPath(name)
    if place.is_absolute() or ".." in place.parts or "\\" in name:
        raise ValueError(name)
    target = folder / place
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    known = hashlib.sha256()
    with archive.open(name) as source, target.open("wb") as file:
        while piece := source.read(_PIECE):
            known.update(piece)
            file.write(piece)
    return known.hexdigest()


def _damaged(path: Path) -> CheckFailed:
    return CheckFailed(
        path.name,
        Say("bản sao lưu bị hỏng.", "the backup is damaged."),
        Say("Hãy dùng một bản khác.", "Use another one."),
    )


def _newer(path: Path) -> InputError:
    return InputError(
        path.name,
        Say("bản sao lưu này do phiên bản mới hơn làm ra.", "this backup was made by a newer version."),
        Say("Hãy cập nhật langnghe rồi khôi phục.", "Update langnghe, then restore."),
    )


def _take_keys(keys: Path, folder: Path, facts: Facts) -> None:
    """Put the secret and the list of what was erased into the folder, if they belong to the backup."""
    secret = keys / SECRET
    if not secret.is_file() or proof_of(secret.read_text(encoding="ascii").strip(), facts.salt) != facts.proof:
        raise InputError(
            SECRET,
            Say("thiếu, hoặc không phải của hệ thống này.", "is missing, or is not that of this hub."),
            Say(
                "Hãy chỉ thư mục cũ của hệ thống, hoặc nơi bạn cất hai tệp secret.key và erased.log: --keys THƯ_MỤC.",
                "Name the hub's old folder, or where you keep secret.key and erased.log: --keys FOLDER.",
            ),
        )
    if (keys / FILE).is_file() and len(noted(keys)) < facts.erased:
        raise InputError(
            FILE,
            Say("cũ hơn bản sao lưu.", "is older than the backup."),
            Say("Hãy chỉ thư mục có tệp mới nhất.", "Name the folder with the newest one."),
        )
    for name in (SECRET, FILE):
        if (keys / name).is_file():
            shutil.copyfile(keys / name, folder / name)
            (folder / name).chmod(0o600)


def _settled(folder: Path, facts: Facts) -> int:
    """Start the restored hub once: load, migrate, erase what was erased or is due, end what was at work."""
    _check_database(facts)
    instance = connect(folder)
    from langnghe.hub import dump, settling  # noqa: PLC0415 - after `connect`

    if facts.database == "sqlite":
        dump.look_through(folder / dump.NAMES["sqlite"])
    else:
        dump.load(folder / dump.NAMES["postgresql"])
        (folder / dump.NAMES["postgresql"]).unlink()
    settling.refuse_newer()
    prepare(folder)
    return settling.settle(instance, facts.erased)


def _check_database(facts: Facts) -> None:
    """Refuse a backup of the other kind of database than the one that DATABASE_URL names."""
    wanted = Instance.from_environment().database_url if os.environ.get(DATABASE) else "sqlite"
    if facts.database != ("postgresql" if wanted.startswith("postgres") else "sqlite") or (
        os.environ.get(DATABASE) and facts.database == "sqlite"
    ):
        raise InputError(
            DATABASE,
            Say(
                f"bản sao lưu là của {facts.database}, không khôi phục được vào đây.",
                f"the backup is one of {facts.database} and can't be restored there.",
            ),
            Say(
                "Với SQLite hãy bỏ biến DATABASE_URL; với PostgreSQL hãy đặt nó là một cơ sở dữ liệu mới, trống.",
                "For SQLite unset DATABASE_URL; for PostgreSQL let it name a new, empty database.",
            ),
        )
