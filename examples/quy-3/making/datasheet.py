"""README.md of the example study: its datasheet (datasheet.md), with the counts as they are."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from making.nouns import Row

_PAGE = Path(__file__).with_suffix(".md")


def write(rows: Sequence[Row], facts: Mapping[str, Any]) -> str:
    """Write the datasheet."""
    texts = [row.said.written for row in rows]
    issues = Counter(issue for text in texts for issue in text.issues)
    return Template(_PAGE.read_text(encoding="utf-8")).substitute(
        rows=len(rows),
        accounts=facts["accounts"]["named"],
        places=len({row.said.place for row in rows}),
        shared_rows=facts["shared_message"]["rows"],
        shared_accounts=facts["shared_message"]["accounts"],
        wordings=facts["shared_message"]["distinct_wordings"],
        burst_rows=facts["burst"]["rows"],
        greetings=sum(group["rows"] for group in facts["copies"] if group["kind"] == "greeting"),
        claims=sum(claim["rows"] for claim in facts["claims"]),
        pii=sum(len(values) for values in facts["personal_data"].values()),
        nameless=sum(facts["accounts"]["rows_without_a_name"].values()),
        issues=_told({**issues, "(không / none)": sum(not text.issues for text in texts)}),
        reactions=_told(Counter(text.reaction for text in texts)),
        sources=_told(Counter(row.said.source for row in rows)),
        located=_told(Counter(row.said.place for row in rows)),
    )


def _told(counts: Mapping[str, int]) -> str:
    """Counts in a row, the largest first."""
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return ", ".join(f"{name} {count}" for name, count in ranked)
