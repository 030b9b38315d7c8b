"""Hand-coding a study: draw a sample, write the sheets that people fill in, read them back, say how far they agree.

The sample is drawn from the cleaned texts alone: nothing that a machine says of them is looked at. What people decide is kept in
the study's folder `coding` (see `langnghe.measure.coding.store`).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from langnghe.coded import FOLDER, pairs_in
from langnghe.collect.sheets import open_sheet
from langnghe.drawing import Draw, alone, draw_period, draw_round, files_of
from langnghe.errors import InputError, Say, SettingError
from langnghe.issues.codebook import read_codebook
from langnghe.measure.coding.agreement import REACTION, agreement, disagreements
from langnghe.measure.coding.filled import AGREED, Cells, read_filled
from langnghe.measure.coding.sample import SECOND_SHARE
from langnghe.measure.coding.sheet import CODE, Choice, Choices, coding_sheet
from langnghe.measure.coding.store import (
    Coding,
    forwarded,
    merged,
    place_texts,
    read_coding,
    write_coding,
)
from langnghe.verbs import clean_texts
from langnghe.write import write_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from langnghe.issues.codebook import Issue
    from langnghe.study import Study


_ANY = Draw()


@dataclass(frozen=True)
class Progress:
    """How far a coder is with a round of a period: texts given, texts done, and the sheet."""

    period: str
    round: int
    coder: int
    given: int
    done: int
    sheet: Path


def code_texts(study: Study, sheets: Sequence[str | Path] = (), asked: Draw = _ANY, lang: str = "vi") -> str:
    """Take the next step of hand-coding, and say where it stands.

    With sheets: read them back, and write the disagreements to be talked over. Without: draw a sample of the texts that no sample
    covers yet, or a round of texts to learn from, and write the sheets that are missing.

    Parameters
    ----------
    study : a study.
    sheets : filled sheets.
    asked : of a draw.
    lang : of the sheets and of what is told.

    Returns
    -------
    str: what was done and where it stands, for people.

    Raises
    ------
    InputError
        A sheet can't be read; nothing was taken.
    SettingError
        A number can't be.
    """
    if sheets:
        rows = read_codings(study, sheets)
        head = [Say(f"Đã ghi nhận {rows} ý kiến được mã hoá.", f"{rows} coded texts were taken.")[lang]]
        written = write_disagreements(study, lang)
        about = Say("Những ý kiến hai người mã hoá khác nhau:", "Texts that two people coded differently:")[lang]
    else:
        head = []
        if asked.learn is not None:
            draw_round(study, asked)
        else:
            draw_period(study, asked, dt.date.today())  # noqa: DTZ011 - people's day
        written = write_sheets(study, lang)
        about = Say("Đã viết phiếu mã hoá:", "Coding sheets were written:")[lang]
    listed = [about, *(f"  {path}" for path in written)] if written else []
    return "\n".join([*head, *listed, describe_coding(study, lang)])


def draw_sample(
    study: Study,
    *,
    size: int | None = None,
    width: float | None = None,
    coders: int = 1,
    second_share: float = SECOND_SHARE,
    divide: bool = True,
    lang: str = "vi",
    today: dt.date | None = None,
) -> list[Path]:
    """Draw the sample of the texts that no sample covers yet, choose how shares will be estimated, and write the sheets.

    Parameters
    ----------
    study : its texts are read and cleaned first.
    size : texts to draw; None takes 300, or what `width` asks for.
    width : widest 95 % interval wished for, in points of 100.
    coders : people who share the first coding.
    second_share : share of the texts that a second coder codes too.
    divide : whether shares may be estimated with the sample divided by score, where that promises narrower intervals; with False
        all are Wilson's.
    lang : of the sheets.
    today : the day of the draw, kept in periods.csv; None takes today's.

    Returns
    -------
    list of Path: the sheets that were written; none where every text is covered by a sample already.
    """
    asked = Draw(size, width, coders, second_share, divide)
    drawn = draw_period(study, asked, today or dt.date.today())  # noqa: DTZ011 - people's day
    return write_sheets(study, lang) if drawn else []


def draw_learning(study: Study, size: int, *, coders: int = 1, lang: str = "vi") -> list[Path]:
    """Draw a round of texts to learn from, and write its sheets; what is coded there never enters an estimate.

    Parameters
    ----------
    study : with a sample.
    size : texts; half of them those that the classifier is least sure of, half at random.
    coders : people who share them.
    lang : of the sheets.
    """
    draw_round(study, Draw(learn=size, coders=coders))
    return write_sheets(study, lang)


def choices_of(study: Study) -> Choices:
    """What coders can choose from: the issues and reactions of the study's code-book."""
    book = read_codebook(study.codebook_path)
    return Choices(tuple(map(_choice, book.issues)), tuple(map(_choice, book.reactions)))


def _choice(issue: Issue) -> Choice:
    return Choice(issue.id, issue.name, issue.definition, issue.belongs, issue.excludes)


def _coded_texts(study: Study, coding: Coding) -> pl.DataFrame:
    """The texts of the sample that are in the study, each distinct one once: code, text and how it was given to coders."""
    placed = place_texts(coding.sample, files_of(study))
    texts = clean_texts(study).select("text_id", "text")
    return placed.join(texts, on="text_id", maintain_order="left").unique("code", keep="first", maintain_order=True)


def _given(rows: pl.DataFrame) -> pl.DataFrame:
    """One row per text and coder: code, text, period, round, coder."""
    both = [rows.with_columns(coder=pl.col(name)) for name in ("first", "second")]
    kept = ("code", "text", "period", "round", "coder")
    return pl.concat(both).filter(pl.col("coder").is_not_null()).select(kept)


def _sheet_path(study: Study, period: str, number: int, coder: int) -> Path:
    kind = "" if number == 1 else f"-round-{number}"
    who = "agreed" if coder == 0 else f"coder-{coder}"
    return study.folder / FOLDER / f"{period}{kind}-{who}.xlsx"


def write_sheets(study: Study, lang: str = "vi") -> list[Path]:
    """Write the sheets that are not there; one that is there may be half filled in and stays as it is."""
    coding = read_coding(study.folder / FOLDER)
    written = []
    choices = choices_of(study)
    given = _given(_coded_texts(study, coding))
    for (period, number, coder), rows in given.group_by("period", "round", "coder", maintain_order=True):
        path = _sheet_path(study, str(period), int(number), int(coder))
        if not path.exists():
            write_bytes(path, coding_sheet(rows.select("code", "text"), int(coder), choices, lang))
            written.append(path)
    return sorted(written)


def read_codings(study: Study, paths: Sequence[str | Path], *, coder: str | None = None) -> int:
    """Read sheets that people filled in, all of them or none; with `coder`, only rows of that coder can be in them.

    Returns
    -------
    How many rows were taken.

    Raises
    ------
    InputError
        A sheet is none of this study, or cells can't be; each is named by its place.
    """
    coding = read_coding(study.folder / FOLDER)
    texts = dict(_coded_texts(study, coding).select("code", "text").iter_rows())
    choices = choices_of(study)
    found = [read_filled(_cells(Path(path)), texts, choices) for path in paths]
    if coder is not None and any(set(one["coder"]) - {coder} for one in found):
        raise InputError(
            Path(paths[0]).name,
            Say("có dòng của người mã hoá khác.", "has rows of another coder."),
            Say("Hãy gửi phiếu của chính bạn.", "Send your own sheet."),
        )
    with alone(study):
        coding = read_coding(study.folder / FOLDER)
        filled = coding.filled
        for one in found:
            filled = merged(filled, one)
        write_coding(replace(coding, filled=filled), study.folder / FOLDER)
    return sum(map(len, found))


def give_coding(study: Study, code: str, coder: str, issues: Sequence[str], reaction: str, note: str = "") -> None:
    """Keep what one coder gave one text; it replaces what the same coder gave it before. Several may do so at once.

    Parameters
    ----------
    study : a study with a sample.
    code : of the text.
    coder : '1', '2' …, or 'agreed'.
    issues, reaction : ids of the code-book; no issue is ().
    note : for people inside the study.

    Raises
    ------
    SettingError
        The text was not given to that coder, or the code-book has no such issue or reaction.
    """
    choices = choices_of(study)
    known = {one.id for one in choices.issues}, {one.id for one in choices.reactions}
    with alone(study):
        coding = read_coding(study.folder / FOLDER)
        if code not in given_codes(coding, coder) or not set(issues) <= known[0] or reaction not in known[1]:
            raise SettingError(
                code,
                Say("không mã hoá như thế được.", "can't be coded so."),
                Say(
                    "Hãy mở lại trang mã hoá: mẫu hoặc sổ mã vừa đổi.",
                    "Open the desk again: sample or code-book changed.",
                ),
            )
        row = [code, coder, sorted(set(issues)), reaction, " ".join(note.split())]
        new = pl.DataFrame([row], schema=coding.filled.schema, orient="row")
        write_coding(replace(coding, filled=merged(coding.filled, new)), study.folder / FOLDER)


def take_back(study: Study, code: str, coder: str) -> None:
    """Take back what one coder gave one text."""
    with alone(study):
        coding = read_coding(study.folder / FOLDER)
        kept = coding.filled.filter((pl.col("code") != code) | (pl.col("coder") != coder))
        write_coding(replace(coding, filled=kept), study.folder / FOLDER)


def given_codes(coding: Coding, coder: str) -> set[str]:
    """The codes of the texts that a coder was given; all that two coders got for 'agreed'."""
    asked = (
        pl.col("second").is_not_null()
        if coder == AGREED
        else (pl.col("first").cast(pl.String) == coder) | (pl.col("second").cast(pl.String) == coder)
    )
    return set(coding.sample.filter(asked)["code"])


def given_texts(study: Study) -> pl.DataFrame:
    """The texts that coders were given: code, text, period, round, coder; one row per text and coder, in the order to read them."""
    return _given(_coded_texts(study, read_coding(study.folder / FOLDER)))


def sheet_of(study: Study, coder: int, lang: str = "vi") -> bytes:
    """The sheet of a coder with the texts of all periods that are still to be coded, as XLSX."""
    done = read_coding(study.folder / FOLDER).filled.filter(pl.col("coder") == str(coder))["code"]
    rows = given_texts(study).filter((pl.col("coder") == coder) & ~pl.col("code").is_in(done.implode()))
    return coding_sheet(rows.select("code", "text"), coder, choices_of(study), lang)


def differing(study: Study) -> pl.DataFrame:
    """The texts that two coders coded differently and did not agree on yet: code, issues, reaction, issues_2, reaction_2."""
    coding = read_coding(study.folder / FOLDER)
    agreed = coding.filled.filter(pl.col("coder") == AGREED)["code"]
    return disagreements(*pairs_in(coding, None)).filter(~pl.col("code").is_in(agreed.implode()))


def _cells(path: Path) -> Cells:
    if not path.is_file():
        raise InputError(
            path.name,
            Say("không có tệp này.", "there is no such file."),
            Say("Hãy xem lại đường dẫn.", "Check the path."),
        )
    table = open_sheet(path, lambda one: bool({CODE.vi, CODE.en} & set(one.columns)))
    rows = list(table.rows(table.columns, "").batches())
    return Cells(f"{path.name}, “{table.sheet}”", table.columns, pl.concat(rows))


def progress_of(study: Study) -> list[Progress]:
    """How far each coder is."""
    coding = read_coding(study.folder / FOLDER)
    done = set(coding.filled.select("code", "coder").iter_rows())
    rows = []
    given = _given(_coded_texts(study, coding))
    for (period, number, coder), part in given.group_by("period", "round", "coder", maintain_order=True):
        finished = sum((code, str(coder)) in done for code in part["code"])
        path = _sheet_path(study, str(period), int(number), int(coder))
        rows.append(Progress(str(period), int(number), int(coder), len(part), finished, path))
    return sorted(rows, key=lambda one: (one.period, one.round, one.coder))


def measure_agreement(study: Study, period: str | None = None) -> pl.DataFrame:
    """How far two coders agree (schema `langnghe.nouns.AGREEMENT`), over all periods or in one."""
    issues = [one.id for one in choices_of(study).issues]
    current = read_codebook(study.codebook_path).current_ids()
    return agreement(*pairs_in(forwarded(read_coding(study.folder / FOLDER), current), period), issues)


def write_disagreements(study: Study, lang: str = "vi") -> list[Path]:
    """Write, per period, a sheet of the texts that two coders coded differently, to be talked over and filled in together."""
    coding = read_coding(study.folder / FOLDER)
    choices = choices_of(study)
    names = {one.id: one.name[lang] for one in (*choices.issues, *choices.reactions)}
    texts = _coded_texts(study, coding).select("code", "text", "period")
    differ = differing(study)
    written = []
    for (period,), rows in differ.join(texts, on="code", maintain_order="left").group_by("period", maintain_order=True):
        path = _sheet_path(study, str(period), 1, 0)
        write_bytes(path, coding_sheet(_side_by_side(rows, names, lang), 0, choices, lang))
        written.append(path)
    return written


def _side_by_side(rows: pl.DataFrame, names: dict[str, str], lang: str) -> pl.DataFrame:
    coder = Say("Người", "Coder")[lang]
    said = {
        f"{coder} {number}": [
            ", ".join(names.get(one, one) for one in issues) + f" · {names.get(reaction, reaction)}"
            for issues, reaction in rows.select(f"issues{end}", f"reaction{end}").iter_rows()
        ]
        for number, end in ((1, ""), (2, "_2"))
    }
    return rows.select("code", "text").with_columns(**{name: pl.Series(values) for name, values in said.items()})


def describe_coding(study: Study, lang: str) -> str:
    """How far the coding of a study is, and how far coders agree, in a few lines."""
    lines = []
    for one in progress_of(study):
        what = Say(f"người {one.coder}, kỳ {one.period}", f"coder {one.coder}, period {one.period}")[lang]
        part = Say(f"đã mã hoá {one.done} trên {one.given}", f"{one.done} of {one.given} coded")[lang]
        lines.append(f"  {what}: {part} ({one.sheet.name})")
    return "\n".join([Say("Mã hoá:", "Hand-coding:")[lang], *lines, *_agreement_lines(study, lang)])


def _agreement_lines(study: Study, lang: str) -> list[str]:
    found = measure_agreement(study)
    twice = int(found["texts"].max() or 0)  # type: ignore[arg-type]  # a count
    if not twice:
        return []
    choices = choices_of(study)
    names = {one.id: one.name[lang] for one in choices.issues}
    names[REACTION] = Say("Cách lên tiếng", "Reaction")[lang]
    lines = ["", Say(f"Hai người mã hoá chung {twice} ý kiến:", f"{twice} texts were coded by two people:")[lang]]
    for row in found.filter(pl.col("alpha").is_not_null()).iter_rows(named=True):
        interval = f"{row['low']:.2f} – {row['high']:.2f}"
        share = Say(f"giống nhau {row['agree']:.0%}", f"{row['agree']:.0%} alike")[lang]
        lines.append(f"  {names.get(row['what'], row['what'])}: alpha {row['alpha']:.2f} ({interval}), {share}")
    return lines
