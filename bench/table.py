"""Markdown tables, and the sections of a page that a program writes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def markdown(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table: the first column to the left, the others to the right.

    Examples
    --------
    >>> print(markdown(["rows", "CPU-s"], [["10k", "1.5"]]))
    | rows | CPU-s |
    |---|---:|
    | 10k | 1.5 |
    """
    lines = [header, ["---", *["---:"] * (len(header) - 1)], *rows]
    return "\n".join(_line(line, bare=i == 1) for i, line in enumerate(lines))


def _line(cells: Sequence[str], *, bare: bool) -> str:
    if bare:
        return f"|{'|'.join(cells)}|"
    return "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |"


def figure(value: float) -> str:
    """A number with three significant digits, and no fewer than are before the point: 1234.5 → '1,234'."""
    if value != value:  # noqa: PLR0124 - not a number
        return "–"
    digits = max(0, 3 - len(str(int(abs(value)))) + (abs(value) < 1))
    return f"{value:,.{digits}f}"


def write_section(page: Path, name: str, body: str) -> None:
    """Put a section into a page between its markers; the rest of the page stays as it is.

    The markers are ``<!-- begin:name -->`` and ``<!-- end:name -->``; a page without them gets them at its end.
    """
    page.parent.mkdir(parents=True, exist_ok=True)
    begin, end = f"<!-- begin:{name} -->", f"<!-- end:{name} -->"
    section = f"{begin}\n{body.strip()}\n{end}"
    text = page.read_text(encoding="utf-8") if page.is_file() else ""
    if begin in text and end in text:
        pattern = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.DOTALL)
        text = pattern.sub(lambda _match: section, text, count=1)
    else:
        text = f"{text.rstrip()}\n\n{section}\n".lstrip()
    page.write_text(text, encoding="utf-8", newline="\n")
