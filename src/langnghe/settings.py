"""The settings of a study: a small TOML file that a person reads and edits."""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from langnghe.errors import Say, SettingError
from langnghe.nouns import LEAST_K

if TYPE_CHECKING:
    from pathlib import Path

LANGUAGES = ("vi", "en")


@dataclass(frozen=True)
class Settings:
    """What a person decides about a study before it runs.

    Attributes
    ----------
    inputs : paths of files or folders, as typed; relative ones count from the study's parent folder.
    text, date, author, source, groups : columns; None where they are recognised.
    as_of : the day from which 'hôm qua' is counted; None takes the latest date of the file.
    k : least number of accounts behind a published figure.
    codebook : 'auto' uses the study's code-book where it fits, 'always' always, 'none' never.
    title, reporter, lang : of the report.
    random_state : seed of everything random.
    embeddings : points of texts from outside for discovery (see `langnghe.issues.embeddings`); '' for none.
    send_masked_texts_to : the host that may get masked texts for that; '' for none.
    sampling : how people came to be asked, 'random' or 'opt-in'; '' is 'opt-in'. It counts where margins.csv gives known shares.
    population : whom these shares are of, as the report calls them.
    """

    inputs: tuple[str, ...] = ()
    text: str | None = None
    date: str | None = None
    author: str | None = None
    source: str | None = None
    groups: tuple[str, ...] = ()
    as_of: dt.date | None = None
    k: int = 10
    codebook: str = "auto"
    title: str = ""
    reporter: str = ""
    lang: str = "vi"
    random_state: int = 0
    embeddings: str = ""
    send_masked_texts_to: str = ""
    sampling: str = ""
    population: str = ""


_RARE = frozenset({"embeddings", "send_masked_texts_to", "sampling", "population"})
"""Settings of text that are left out of the file while they are empty."""

_HEAD = """# Cài đặt của nghiên cứu này. Có thể sửa bằng trình soạn thảo văn bản; lượt chạy sau sẽ làm lại những bước cần thiết.
# Settings of this study. Edit with any text editor; the next run does again what has to be done again.
"""


def checked(settings: Settings) -> Settings:
    """Give settings back when they can be.

    Raises
    ------
    SettingError
        A value can't be; the message names the key.
    """
    for entry in fields(settings):
        value = getattr(settings, entry.name)
        if value is not None and not _fits(entry.name, value):
            raise _fault(
                entry.name,
                "có giá trị không hợp lệ" + _because(entry.name)["vi"],
                "has a value that can't be" + _because(entry.name)["en"],
            )
    return settings


def _because(name: str) -> Say:
    reasons = {
        "k": Say(f" (một số nguyên từ {LEAST_K} trở lên)", f" (a whole number, {LEAST_K} or more)"),
        "lang": Say(" ('vi' hoặc 'en')", " ('vi' or 'en')"),
        "codebook": Say(" ('auto', 'always' hoặc 'none')", " ('auto', 'always' or 'none')"),
        "sampling": Say(" ('random' hoặc 'opt-in')", " ('random' or 'opt-in')"),
        "as_of": Say(" (một ngày như 2026-09-30)", " (a date such as 2026-09-30)"),
    }
    return reasons.get(name, Say("", ""))


def write_settings(settings: Settings) -> str:
    """The TOML text of settings; keys without a value are left out."""
    rows = []
    for entry in fields(settings):
        value = getattr(settings, entry.name)
        if value is None or value == () or (value == "" and entry.name in _RARE):
            continue
        rows.append(f"{entry.name} = {_toml(value)}")
    return _HEAD + "\n".join(rows) + "\n"


def _toml(value: Any) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(_toml(part) for part in value) + "]"
    if isinstance(value, dt.date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False)


def read_settings(path: Path) -> Settings:
    """Read and check a study's settings.

    Raises
    ------
    SettingError
        The file is no TOML, has an unknown key, or a value of the wrong kind; the message names the key.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _fault(path.name, f"không đọc được: {error}", f"can't be read: {error}") from None
    known = {entry.name: entry for entry in fields(Settings)}
    unknown = sorted(set(data) - set(known))
    if unknown:
        raise _fault(path.name, f"có khoá lạ: {', '.join(unknown)}", f"has unknown keys: {', '.join(unknown)}")
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}
    return checked(Settings(**values))


def _fits(name: str, value: Any) -> bool:
    checks = {
        "inputs": isinstance(value, tuple) and all(isinstance(v, str) for v in value),
        "groups": isinstance(value, tuple) and all(isinstance(v, str) for v in value),
        "as_of": isinstance(value, dt.date) and not isinstance(value, dt.datetime),
        "k": isinstance(value, int) and not isinstance(value, bool) and value >= LEAST_K,
        "random_state": isinstance(value, int) and not isinstance(value, bool),
        "codebook": value in {"auto", "always", "none"},
        "lang": value in LANGUAGES,
        "sampling": value in {"", "random", "opt-in"},
    }
    return checks.get(name, isinstance(value, str))


def _fault(where: str, vi: str, en: str) -> SettingError:
    return SettingError(
        where, Say(f"{vi}.", f"{en}."), Say("Hãy sửa chỗ đó trong study.toml.", "Mend that place in study.toml.")
    )
