"""The yardstick: what one bare pass over a file costs in Polars.

``python -m bench.bare_pass FILE [COLUMN]`` reads, composes (NFC), lower-cases, folds (marks off, đ → d), splits
and counts.
"""

from __future__ import annotations

import sys
from pathlib import Path

TEXT = "Nội dung"


def words(path: Path, column: str = TEXT) -> int:
    """The number of words of a file of comments."""
    import polars as pl  # noqa: PLC0415 - this process is measured from its start; who only imports the name stays small

    folded = (
        pl.col(column)
        .str.normalize("NFC")
        .str.to_lowercase()
        .str.normalize("NFD")
        .str.replace_all(r"\p{M}", "")
        .str.replace_all("đ", "d", literal=True)
    )
    counted = pl.scan_csv(path).select(folded.str.split(" ").list.len().sum())
    return int(counted.collect(engine="streaming").item())


def main() -> int:
    """Run the command."""
    print(words(Path(sys.argv[1]), *sys.argv[2:3]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
