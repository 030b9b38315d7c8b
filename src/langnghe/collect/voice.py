"""Authors → voice: one account's voice shared among its texts, rounded so that it names nobody.

An account with n texts gives each of them 1/n, rounded down to a power of 1/2. A value that fewer than k accounts share
falls to the next lower value in use, and so on, at last to 0. So the sum of voice over any group of texts is never more
than the number of accounts behind it. Blank and generic names are one account over everything that is read together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

GENERIC = (
    "ẩn danh|an danh|người ẩn danh|thành viên ẩn danh|người tham gia ẩn danh|tài khoản ẩn danh|khách|khách hàng"
    "|khách ẩn danh"
    "|khách vãng lai|người dùng|nguoi dung|người dùng facebook|nguoi dung facebook|người dùng tiktok"
    "|người dùng youtube"
    "|người dùng google|người dùng zalo|thành viên|thành viên facebook|bạn đọc|độc giả|công nhân|người lao động"
    "|không tên"
    "|không rõ|không có|không|vô danh|giấu tên|xin giấu tên|chưa rõ|chưa đặt tên|tài khoản đã xóa"
    "|tài khoản đã xoá|đã xóa"
    "|đã xoá|anonymous|anonymous user|anonymous member|anonymous participant|anon|facebook user|facebook"
    "|tiktok user|tiktok"
    "|youtube user|youtube|google user|a google user|zalo|zalo user|user|users|guest|member|unknown"
    "|unknown user|nobody"
    "|deleted|[deleted]|deleted user|deleted account|removed|[removed]|null|none|nil|nan|n/a|na|#n/a|undefined"
    "|no name"
    "|noname|test|admin|0|id|x|xx|xxx"
).split("|")
"""Names that stand for nobody in particular, in lower case."""

_NUMBERED = r"^(?:(?:thành viên |người tham gia )?ẩn danh|khách|guest|anonymous(?: member| participant)?)[ #_-]*\d*$"
_NO_LETTER = r"^[\s\p{P}\p{Cf}\p{Cc}]*$"
_NOBODY = ""
_MAY_BE_PIECES = r"[^ -~À-ÖØ-öø-ÿĂăĐđĨĩŨũƠơƯưẠ-ỹ]"


def account_keys(authors: pl.Series, seed: int) -> pl.Series:
    """Keys of accounts (UInt64): a hash under a key that lives as long as the process; one key for all generic names.

    Parameters
    ----------
    authors : String, null where empty.
    seed : the key of the hash; no result depends on it.
    """
    name = pl.col("author").fill_null(_NOBODY).str.to_lowercase().str.strip_chars()
    named = _composed(authors).to_frame("author").select(name)
    nobody = pl.col("author").is_in(GENERIC) | pl.col("author").str.contains(f"{_NUMBERED}|{_NO_LETTER}")
    return named.select(pl.when(nobody).then(pl.lit(_NOBODY)).otherwise("author").alias("author"))["author"].hash(seed)


def _composed(authors: pl.Series) -> pl.Series:
    """Authors in NFC: those that hold none but letters that are composed already, which is nearly all, are only looked at."""
    odd = authors.str.contains(_MAY_BE_PIECES).fill_null(value=False).arg_true()
    return authors.scatter(odd, authors.gather(odd).str.normalize("NFC")) if len(odd) else authors


def share_voice(files: Sequence[pl.Series], k: int) -> tuple[pl.Series, ...]:
    """The voice of each text (Float32, a power of 1/2 or 0) in each file, from the keys of their accounts.

    Parameters
    ----------
    files : keys of accounts, one series a file, one key a text.
    k : the least number of accounts that may share a value.
    """
    if not files:
        return ()
    accounts = pl.concat([keys.alias("account") for keys in files]).value_counts(name="texts")
    halvings = accounts.with_columns(_halvings())
    shared = halvings["halvings"].value_counts(name="accounts")
    fallen = fall(dict(shared.iter_rows()), k)
    values = pl.DataFrame(
        {"halvings": list(fallen), "voice": list(fallen.values())}, schema={"halvings": pl.Int32, "voice": pl.Float32}
    )
    table = halvings.join(values, on="halvings", how="left").select("account", "voice")
    return tuple(
        keys.to_frame("account").join(table, on="account", how="left", maintain_order="left")["voice"] for keys in files
    )


def _halvings() -> pl.Expr:
    """How often 1 is halved until it is at most 1/n: ⌈log2 n⌉."""
    powers = (pl.col("texts") > (1 << power) for power in range(32))
    return pl.sum_horizontal([above.cast(pl.Int32) for above in powers]).alias("halvings")


def fall(accounts: Mapping[int, int], k: int) -> dict[int, float]:
    """The voice for each number of halvings in use, after values shared by fewer than k accounts have fallen.

    Parameters
    ----------
    accounts : number of accounts by number of halvings.
    """
    voices: dict[int, float] = {}
    falling: list[int] = []
    together = 0
    for halvings in sorted(accounts):
        falling.append(halvings)
        together += accounts[halvings]
        if together >= k:
            voices |= dict.fromkeys(falling, 2.0**-halvings)
            falling, together = [], 0
    return voices | dict.fromkeys(falling, 0.0)
