"""How files were read, in a few lines for the person who started the run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from langnghe.errors import Say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from langnghe.nouns import FileReading

_ROLES = {
    "text": Say(vi="nội dung", en="text"),
    "date": Say(vi="ngày", en="date"),
    "author": Say(vi="người viết (chỉ để đếm, rồi bỏ)", en="author (only counted, then dropped)"),
    "source": Say(vi="nguồn", en="source"),
}
_DATES = {
    "iso": Say(vi="năm-tháng-ngày", en="year-month-day"),
    "dmy": Say(vi="ngày/tháng/năm", en="day/month/year"),
    "mdy": Say(vi="tháng/ngày/năm", en="month/day/year"),
    "epoch": Say(vi="giây kể từ 1970", en="seconds since 1970"),
    "serial": Say(vi="số ngày của Excel", en="Excel's day numbers"),
    "words": Say(vi="ngày viết bằng chữ", en="dates in words"),
    "relative": Say(vi="'hôm qua', '2 tuần trước'", en="'yesterday', '2 weeks ago'"),
}
REPAIRS = {
    "bad_bytes": Say(vi="ký tự hỏng (thay bằng �)", en="broken characters (replaced by �)"),
    "nul_bytes": Say(vi="ký tự NUL (bỏ)", en="NUL characters (dropped)"),
    "stray_quotes": Say(vi="dấu ngoặc kép lạc", en="stray quotes"),
    "unclosed_quote": Say(vi="dấu ngoặc kép không đóng", en="quotes that never close"),
    "short_row": Say(vi="dòng thiếu cột", en="rows with too few fields"),
    "empty_fields": Say(vi="dòng thừa ô trống", en="rows with empty fields too many"),
    "joined_fields": Say(vi="nội dung bị tách được ghép lại", en="texts joined that a delimiter had cut"),
    "blank_lines": Say(vi="dòng trắng", en="blank lines"),
    "no_header": Say(vi="tệp không có dòng tên cột", en="no row of column names"),
    "date_unreadable": Say(vi="ngày không đọc được", en="dates that can't be read"),
    "date_out_of_range": Say(
        vi="ngày trước 2004 hoặc ở tương lai (bỏ)", en="dates before 2004 or in the future (dropped)"
    ),
}
"""What each kind of repair is called."""

REASONS = {
    "bad_row": Say(vi="dòng hỏng, không tách được cột", en="broken rows"),
    "not_a_text": Say(vi="không phải văn bản", en="not a text"),
    "empty_text": Say(vi="không có chữ", en="no text"),
    "too_long": Say(vi="dài quá 20.000 ký tự", en="longer than 20,000 characters"),
}
"""What each reason for leaving a row out is called."""

_DELIMITERS = {"\t": Say(vi="dấu tab", en="tab"), "": Say(vi="một cột", en="one column")}


def describe(readings: Sequence[FileReading], lang: str = "vi") -> str:
    """Say how files were read: format, rows, the column of each role, dates, what is ignored and left out.

    Parameters
    ----------
    readings : how each file was read.
    lang : 'vi' or 'en'.
    """
    return "\n".join(line for reading in readings for line in _lines(reading, lang))


def _lines(reading: FileReading, lang: str) -> list[str]:
    told = [_roles(reading, lang), _dates(reading, lang), _repairs(reading, lang), _left_out(reading, lang)]
    return [_head(reading, lang), *(f"  {line}" for line in told if line)]


def _head(reading: FileReading, lang: str) -> str:
    form = [reading.format.upper(), reading.encoding, _delimiter(reading, lang)]
    rows = Say(
        vi=f"{_number(reading.rows, 'vi')} dòng, giữ {_number(reading.kept, 'vi')}",
        en=f"{_number(reading.rows, 'en')} rows, {_number(reading.kept, 'en')} kept",
    )
    return f"{reading.name} ({', '.join(part for part in form if part)}): {rows[lang]}"


def _delimiter(reading: FileReading, lang: str) -> str:
    if reading.format not in {"csv", "tsv"}:
        return ""
    named = _DELIMITERS.get(reading.delimiter)
    return named[lang] if named else f"'{reading.delimiter}'"


def _roles(reading: FileReading, lang: str) -> str:
    parts = [f"{_ROLES[role][lang]} = '{column}'" for role, column in reading.columns.items()]
    if reading.groups:
        parts.append(Say(vi="nhóm = ", en="groups = ")[lang] + ", ".join(f"'{group}'" for group in reading.groups))
    if reading.ignored:
        said = Say(vi="cột khác không dùng, không lưu", en="other columns not used, not stored")
        parts.append(f"{said[lang]}: {reading.ignored}")
    return "; ".join(parts)


def _dates(reading: FileReading, lang: str) -> str:
    if "date" not in reading.columns:
        return ""
    parts = [" + ".join(_DATES[kind][lang] for kind in reading.dates.split("+") if kind)]
    if reading.as_of:
        shown = reading.as_of.strftime("%d/%m/%Y") if lang == "vi" else reading.as_of.isoformat()
        parts.append(Say(vi=f"tính từ ngày {shown}", en=f"counted from {shown}")[lang])
    if reading.ambiguous_dates:
        count = _number(reading.ambiguous_dates, lang)
        order = _DATES["mdy" if "mdy" in reading.dates and "dmy" not in reading.dates else "dmy"][lang]
        parts.append(
            Say(
                vi=f"{count} ngày có thể hiểu hai cách (như 03/04), đọc là {order}",
                en=f"dates with two readings (such as 03/04): {count}, read as {order}",
            )[lang]
        )
    if reading.undated:
        count = _number(reading.undated, lang)
        parts.append(Say(vi=f"{count} dòng không có ngày", en=f"rows without a date: {count}")[lang])
    return Say(vi="Ngày: ", en="Dates: ")[lang] + "; ".join(part for part in parts if part)


def _repairs(reading: FileReading, lang: str) -> str:
    return _counts(Say(vi="Đã sửa: ", en="Repaired: ")[lang], reading.repaired, REPAIRS, lang)


def _left_out(reading: FileReading, lang: str) -> str:
    return _counts(Say(vi="Đã bỏ: ", en="Left out: ")[lang], reading.left_out, REASONS, lang)


def _counts(title: str, counts: Mapping[str, int], named: Mapping[str, Say], lang: str) -> str:
    parts = [
        f"{named[kind][lang] if kind in named else kind}: {_number(count, lang)}" for kind, count in counts.items()
    ]
    return title + "; ".join(parts) if parts else ""


def _number(count: int, lang: str) -> str:
    return f"{count:,}".replace(",", ".") if lang == "vi" else f"{count:,}"
