"""The rule: a figure is shown only when it stands for at least k accounts (2 k distinct messages where there are no authors)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from langnghe.errors import Say, SettingError
from langnghe.nouns import LEAST_K, Rule

if TYPE_CHECKING:
    import polars as pl


def rule_for(k: int, *, has_authors: bool) -> Rule:
    """The rule for a corpus: k accounts, or 2 k distinct messages where nothing shows accounts.

    Raises
    ------
    SettingError
        k is below `LEAST_K`.
    """
    if k < LEAST_K:
        raise SettingError(
            "k",
            Say(f"k = {k} quá nhỏ.", f"k = {k} is too small."),
            Say(f"Hãy đặt từ {LEAST_K} trở lên; mặc định là 10.", f"Set {LEAST_K} or more; the default is 10."),
        )
    return Rule(k, "accounts") if has_authors else Rule(2 * k, "messages")


def only_shown(cells: pl.DataFrame, rule: Rule) -> pl.DataFrame:
    """Keep the rows that stand for at least k; for lists that add up to nothing (phrases, shared messages)."""
    return cells.filter(cells["shown_by"] >= rule.k).drop("shown_by", "voice")
