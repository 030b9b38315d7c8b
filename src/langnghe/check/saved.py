"""The claims of a study on disk: one file of JSON that `make_report` reads."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from langnghe.errors import Say
from langnghe.nouns import ClaimSeen

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_FILE = "claims.json"


def save_claims(claims: Sequence[ClaimSeen], folder: Path, clean: str) -> None:
    """Write claims into a folder, with the hash of the clean texts that they were counted in."""
    rows = [{**asdict(one), "weeks": {day.isoformat(): texts for day, texts in one.weeks.items()}} for one in claims]
    text = json.dumps({"clean": clean, "claims": rows}, ensure_ascii=False, indent=1) + "\n"
    (folder / _FILE).write_bytes(text.encode())


def load_claims(folder: Path, clean: str) -> tuple[ClaimSeen, ...]:
    """Read them back; none where they were not counted, or in other texts than those of the hash `clean`."""
    if not (folder / _FILE).is_file():
        return ()
    read = json.loads((folder / _FILE).read_bytes())
    rows = read["claims"] if read["clean"] == clean else []
    return tuple(
        ClaimSeen(
            **{
                **row,
                "verdict": Say(**row["verdict"]),
                "sources": tuple(row["sources"]),
                "weeks": {dt.date.fromisoformat(day): texts for day, texts in row["weeks"].items()},
            }
        )
        for row in rows
    )
