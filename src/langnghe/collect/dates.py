"""Columns of dates → days in Viet Nam, with a stated reading of ambiguous ones.

Values in numbers are read by vectorised expressions, each distinct value once; the rest one by one (`date_words`).

* yyyy-mm-dd with any separator; a time with a zone is brought to the time in Viet Nam (UTC+7).
* dd/mm/yyyy with any separator and two-digit years. The second number is the day (mm/dd/yyyy) where some value of the
  column has a second number above 12 and none has such a first one. Values that could be both are counted as ambiguous.
* Plain numbers: yyyymmdd, epoch in seconds, milliseconds, microseconds or nanoseconds, days as Excel counts them.
* Words, and dates relative to the day of export: `as_of`, else the latest absolute date of the column, else the day on
  which the file was written.

Days before 2004 and days after the day of export are no dates of comments: they are counted and dropped. The day of
export is `as_of` where it was given, else the day on which the file was written. One day is added for time zones. Where
most dates lie after it, the file's date is not believed (an archive unpacked with an old date) and the day of reading
counts.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import polars as pl

from langnghe.collect.date_words import Worded, read_words
from langnghe.collect.files import VIET_NAM

EARLIEST = dt.date(2004, 1, 1)
READINGS = ("iso", "dmy", "mdy", "epoch", "serial", "words", "relative")

_ISO = r"(?:^|\D)(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?:\D|$)"
_DAYS = r"(?:^|\D)(?P<a>\d{1,2})[-/.](?P<b>\d{1,2})[-/.](?P<y>\d{4}|\d{2})(?:\D|$)"
_PLAIN = r"^\d{5,19}(?:\.\d*)?$"
_ZONE = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)? ?(?:Z|z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})$"
_TIMED = (
    r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})[T ]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2})?(?:[.,]\d+)?"
    r" ?(?:Z|z|UTC|GMT|(?P<sign>[+-])(?P<zone_hour>\d{2}):?(?P<zone_minute>\d{2})?)$"
)
_USUAL_TIME = r"^(?:\d{4}-\d\d-\d\d|\d\d/\d\d/\d{4})[T ]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?$"
_USUAL_ZONE = r"^(\d{4}-\d\d-\d\d[T ]\d\d):\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?00)$"
_MOST_MONTHS = 12
_AWAY = 7 * 60
_MINUTES = 24 * 60
_EXCEL_START = dt.date(1899, 12, 30)

_SCHEMA = pl.Schema({"value": pl.String(), "day": pl.Date(), "reading": pl.String(), "ambiguous": pl.Boolean()})
_UNREAD = {"day": pl.lit(None, pl.Date), "reading": pl.lit(None, pl.String), "ambiguous": pl.lit(value=False)}


@dataclass(frozen=True)
class Dates:
    """A column of dates, read.

    Attributes
    ----------
    days : a day or null for each value (Date), in order.
    reading : how they were read: 'iso', 'dmy' …, joined by '+'; '' where there is none.
    ambiguous : values such as 03/04/2026.
    unreadable, out_of_range : values that are no date; that are no possible date.
    as_of : the day from which relative dates were counted; None where there are none.
    """

    days: pl.Series
    reading: str
    ambiguous: int
    unreadable: int
    out_of_range: int
    as_of: dt.date | None


def read_dates(values: pl.Series, *, as_of: dt.date | None, written: dt.date) -> Dates:
    """Read a column of dates.

    Parameters
    ----------
    values : String, null where empty.
    as_of : the day of export, where the user knows it.
    written : the day on which the file was last changed.
    """
    bare = _shortened(values.str.strip_chars()).alias("value")
    counted = bare.drop_nulls().value_counts(name="count").filter(pl.col("value") != "").sort("value")
    absolute = read_numbers(counted["value"])
    worded = _worded(absolute.filter(pl.col("day").is_null())["value"])
    table = _known(counted, absolute, worded)
    last = _last_day(table, as_of, written)
    origin = as_of or _latest(table, last) or written
    table = _in_range(pl.concat([table, _relative(counted, worded, origin)]), last)
    days = bare.to_frame().join(table.select("value", "day"), on="value", how="left", maintain_order="left")["day"]
    return _summed(days, counted, table, origin if any(word.relative for word in worded.values()) else None)


def _shortened(values: pl.Series) -> pl.Series:
    """Drop from the usual forms what does not change the day, so that far fewer distinct values are left."""
    timed = values.str.contains(_USUAL_TIME)
    short = values.to_frame("value").select(pl.when(timed).then(pl.col("value").str.slice(0, 10)).otherwise("value"))[
        "value"
    ]
    return short.str.replace(_USUAL_ZONE, "$1:00$2") if short.str.contains(_USUAL_ZONE).any() else short


def read_numbers(values: pl.Series) -> pl.DataFrame:
    """Read distinct values in numbers: columns value, day, reading, ambiguous; day is null where it can't be read."""
    iso = values.str.contains(_ISO)
    days = ~iso & values.str.contains(_DAYS)
    plain = ~iso & ~days & values.str.contains(_PLAIN)
    rest = values.filter(~iso & ~days & ~plain).to_frame("value").with_columns(**_UNREAD)
    read = [_iso(values.filter(iso)), _day_month(values.filter(days)), _plain_numbers(values.filter(plain)), rest]
    return pl.concat([frame.select(*_SCHEMA).cast(_SCHEMA) for frame in read])


def _iso(values: pl.Series) -> pl.DataFrame:
    zoned = values.str.contains(_ZONE)
    local = _groups(values.filter(~zoned), _ISO).with_columns(day=_civil("y", "m", "d"))
    away = _groups(values.filter(zoned), _TIMED)
    both = pl.concat([local.select("value", "day"), away.select("value", day=_at_home())])
    return both.with_columns(reading=pl.lit("iso"), ambiguous=pl.lit(value=False))


def _groups(values: pl.Series, pattern: str) -> pl.DataFrame:
    return (
        values.to_frame("value").with_columns(pl.col("value").str.extract_groups(pattern).alias("part")).unnest("part")
    )


def _civil(year: str, month: str, day: str) -> pl.Expr:
    written = pl.concat_str(pl.col(year), pl.col(month), pl.col(day), separator="-")
    return written.str.to_date("%Y-%m-%d", strict=False)


def _at_home() -> pl.Expr:
    """The day in Viet Nam of a time with a zone."""
    sign = pl.when(pl.col("sign") == "-").then(-1).otherwise(1)
    zone = sign * (_number("zone_hour").fill_null(0) * 60 + _number("zone_minute").fill_null(0))
    minutes = _number("hour") * 60 + _number("minute") - zone + _AWAY
    return (_civil("y", "m", "d").cast(pl.Int32) + minutes.floordiv(_MINUTES)).cast(pl.Int32).cast(pl.Date)


def _number(name: str) -> pl.Expr:
    return pl.col(name).cast(pl.Int32, strict=False)


def _day_month(values: pl.Series) -> pl.DataFrame:
    """Read dd/mm/yyyy and mm/dd/yyyy: the reading is decided over all values."""
    cut = _groups(values, _DAYS).with_columns(
        _number("a"),
        _number("b"),
        pl.when(pl.col("y").str.len_bytes() == 2).then("20" + pl.col("y")).otherwise("y").alias("y"),
    )
    month_first = bool((cut["b"] > _MOST_MONTHS).any()) and not bool((cut["a"] > _MOST_MONTHS).any())
    swapped = (pl.col("b") > _MOST_MONTHS) | pl.lit(month_first)
    return cut.with_columns(
        month=pl.when(swapped).then("a").otherwise("b").cast(pl.String),
        dom=pl.when(swapped).then("b").otherwise("a").cast(pl.String),
        reading=pl.when(swapped).then(pl.lit("mdy")).otherwise(pl.lit("dmy")),
        ambiguous=(pl.col("a") <= _MOST_MONTHS) & (pl.col("b") <= _MOST_MONTHS) & (pl.col("a") != pl.col("b")),
    ).with_columns(day=_civil("y", "month", "dom"))


def _plain_numbers(values: pl.Series) -> pl.DataFrame:
    digits = pl.col("value").str.extract(r"^(\d+)").str.len_bytes()
    number = pl.col("value").cast(pl.Float64, strict=False)
    seconds = number / pl.when(digits <= 10).then(1.0).when(digits <= 13).then(1e3).when(digits <= 16).then(
        1e6
    ).otherwise(1e9)
    epoch = ((seconds + _AWAY * 60) / (_MINUTES * 60)).floor().cast(pl.Int32, strict=False).cast(pl.Date)
    serial = (number.floor().cast(pl.Int32, strict=False) + (_EXCEL_START - dt.date(1970, 1, 1)).days).cast(pl.Date)
    compact = pl.col("value").str.slice(0, 8).str.to_date("%Y%m%d", strict=False)
    kind = pl.when(digits == 5).then(pl.lit("serial")).when(digits == 8).then(pl.lit("iso"))
    day = pl.when(digits == 5).then(serial).when(digits == 8).then(compact).when(digits >= 9).then(epoch)
    return values.to_frame("value").with_columns(
        day=day, reading=kind.otherwise(pl.lit("epoch")), ambiguous=pl.lit(value=False)
    )


def _worded(values: pl.Series) -> dict[str, Worded]:
    found = ((value, read_words(value)) for value in values)
    return {value: word for value, word in found if word}


def _known(counted: pl.DataFrame, absolute: pl.DataFrame, worded: dict[str, Worded]) -> pl.DataFrame:
    """All values with an absolute day, and how often each occurs."""
    words = [(value, word.day, "words", False) for value, word in worded.items() if not word.relative]
    named = pl.DataFrame(words, schema=_SCHEMA, orient="row")
    return pl.concat([absolute.filter(pl.col("day").is_not_null()), named]).join(
        counted, on="value", maintain_order="left"
    )


def _relative(counted: pl.DataFrame, worded: dict[str, Worded], origin: dt.date) -> pl.DataFrame:
    rows = [(value, word.on(origin), "relative", False) for value, word in worded.items() if word.relative]
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row").join(counted, on="value", maintain_order="left")


def _last_day(table: pl.DataFrame, as_of: dt.date | None, written: dt.date) -> dt.date:
    """The last day that is possible for a comment."""
    one = dt.timedelta(days=1)
    if as_of is not None:
        return as_of + one
    later = int(table.filter(pl.col("day") > written + one)["count"].sum())
    if 2 * later > int(table["count"].sum()):
        return dt.datetime.now(tz=VIET_NAM).date() + one
    return written + one


def _latest(table: pl.DataFrame, last: dt.date) -> dt.date | None:
    day = table.filter(pl.col("day").is_between(EARLIEST, last))["day"].max()
    return day if isinstance(day, dt.date) else None


def _in_range(table: pl.DataFrame, last: dt.date) -> pl.DataFrame:
    possible = pl.col("day").is_between(EARLIEST, last)
    return table.with_columns(
        out=(~possible).fill_null(value=True),
        day=pl.when(possible).then("day"),
    )


def _summed(days: pl.Series, counted: pl.DataFrame, table: pl.DataFrame, origin: dt.date | None) -> Dates:
    used = table.filter(~pl.col("out"))
    seen = set(used["reading"].unique().to_list())
    return Dates(
        days=days,
        reading="+".join(reading for reading in READINGS if reading in seen),
        ambiguous=int(used.filter(pl.col("ambiguous"))["count"].sum()),
        unreadable=int(counted["count"].sum()) - int(table["count"].sum()),
        out_of_range=int(table.filter(pl.col("out"))["count"].sum()),
        as_of=origin,
    )
