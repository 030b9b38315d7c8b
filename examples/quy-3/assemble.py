"""Put the example study together: texts/ → comments.csv, truth.jsonl, truth.json, README.md.

    python assemble.py            write the four files
    python assemble.py --check    say whether the files here are what would be written; exit code 1 where they are not

Only the standard library is used, and the result is the same bytes everywhere.
"""  # noqa: INP001 - a script, not a package

from __future__ import annotations

import csv
import io
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from making import accounts, datasheet, names, nouns, truth, weeks
from making.chance import Dice

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HERE = Path(__file__).resolve().parent
SEED = 20260629
TRIES = 200
COLUMNS = ("Thời gian", "Nền tảng", "Người bình luận", "Tỉnh thành", "Ngành", "Nội dung", "Lượt thích")

_LIKED = {"TikTok": 6.0, "YouTube": 3.0, "Facebook": 2.0, "Báo điện tử": 1.5}
_MOST_LIKES = 900


def make_rows(folder: Path) -> list[nouns.Row]:
    """Make all rows of the export: by source, the newest first, as platforms give them."""
    texts = nouns.read_texts(folder)
    windows = weeks.read_windows(folder / "days.csv")
    dice = Dice(SEED)
    cast = accounts.cast(texts, dice)
    called = names.invent(cast.people, [text.text for each in texts.values() for text in each], dice)
    moments = weeks.moments(cast.said, _steady_weeks(cast.said, windows), windows, dice)
    rows = [
        nouns.Row(said, said.generic if said.who is None else called[said.who], at, _likes(said, dice))
        for said, at in zip(cast.said, moments, strict=True)
    ]
    newest_first = sorted(_original_first(rows), key=lambda row: row.at, reverse=True)
    return sorted(newest_first, key=lambda row: nouns.SOURCES.index(row.said.source))


def _steady_weeks(said: Sequence[nouns.Said], windows: Mapping[tuple[str, int], weeks.Window]) -> list[int]:
    """Choose weeks anew until no issue has a week that stands out by accident."""
    for attempt in range(1, TRIES + 1):
        chosen = weeks.plan(said, windows, Dice(SEED + attempt))
        if not weeks.unsteady(said, chosen):
            return chosen
    message = f"no steady weeks in {TRIES} tries: {weeks.unsteady(said, chosen)}"
    raise SystemExit(message)


def _original_first(rows: Sequence[nouns.Row]) -> list[nouns.Row]:
    """Let the shared message begin with its first wording: it changes times with the earliest row of the message."""
    message = [at for at, row in enumerate(rows) if row.said.written.file == nouns.MESSAGE]
    earliest = min(message, key=lambda at: rows[at].at)
    original = next(at for at in message if rows[at].said.written.line == 1 and rows[at].said.source == "Facebook")
    swapped = list(rows)
    swapped[earliest] = replace(rows[earliest], at=rows[original].at)
    swapped[original] = replace(rows[original], at=rows[earliest].at)
    return swapped


def _likes(said: nouns.Said, dice: Dice) -> int | None:
    """Few for most, many for some; none on the feedback line, where nobody likes anything."""
    share = dice.share()
    if said.source == nouns.FEEDBACK_LINE:
        return None
    return min(int(_LIKED[said.source] * share / (1 - share)), _MOST_LIKES)


def as_csv(rows: Sequence[nouns.Row]) -> str:
    """comments.csv: UTF-8, commas, quotes where they are needed."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(
        (
            row.at.strftime("%d/%m/%Y %H:%M"),
            row.said.source,
            row.author,
            row.said.place,
            row.said.sector,
            row.said.written.text,
            "" if row.likes is None else row.likes,
        )
        for row in rows
    )
    return text.getvalue()


def make_files(folder: Path) -> dict[str, bytes]:
    """Make the files of the study, by name."""
    rows = make_rows(folder)
    faults = truth.faults(rows)
    if faults:
        raise SystemExit("\n".join(faults))
    facts = truth.facts(rows)
    files = {
        "comments.csv": as_csv(rows),
        "truth.jsonl": truth.lines(rows),
        "truth.json": json.dumps(facts, ensure_ascii=False, indent=2) + "\n",
        "README.md": datasheet.write(rows, facts),
    }
    return {name: text.encode() for name, text in files.items()}


def main(arguments: Sequence[str]) -> int:
    """Write the files, or compare them with `--check`."""
    files = make_files(HERE / "texts")
    if list(arguments) not in ([], ["--check"]):
        sys.stderr.write(__doc__ or "")
        return 2
    if not arguments:
        for name, content in files.items():
            (HERE / name).write_bytes(content)
        return 0
    other = [name for name, content in files.items() if not _same(HERE / name, content)]
    sys.stdout.write(f"khác / not the same: {', '.join(other)}\n" if other else "khớp / the same\n")
    return 1 if other else 0


def _same(path: Path, content: bytes) -> bool:
    return path.exists() and path.read_bytes().replace(b"\r\n", b"\n") == content


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
