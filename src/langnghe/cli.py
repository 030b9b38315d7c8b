"""The command line: parse, call a verb, print. Heavy imports wait until a command runs."""

from __future__ import annotations

import gc
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from langnghe._version import __version__
from langnghe.check_commands import check
from langnghe.errors import LangngheError
from langnghe.hub_commands import hub, serve
from langnghe.issue_commands import issues

if TYPE_CHECKING:
    from collections.abc import Callable

    from langnghe.study import Study

UNEXPECTED = 70
INTERRUPTED = 130
"""Exit codes of a fault in Lắng Nghe itself and of Ctrl+C; those of other errors are in `langnghe.errors`."""

OBJECTS = 100_000
"""Objects after which Python looks for circles of them: a run makes many small things and hardly a circle, and looking at every 20,000 costs a thirtieth of it."""


class Commands(click.Group):
    """The group of commands, whose errors are one clear message."""

    def invoke(self, ctx: click.Context) -> Any:  # type: ignore[explicit-override]  # Python 3.11 has no `override`
        """Run a command; say what went wrong without a traceback."""
        try:
            return super().invoke(ctx)
        except LangngheError as error:
            click.secho(error.sentence(ctx.params.get("lang") or "vi"), fg="red", err=True)
            ctx.exit(error.exit_code)
        except KeyboardInterrupt:
            click.echo("Đã dừng; chạy lại lệnh này sẽ làm tiếp. / Stopped; run the same command to carry on.", err=True)
            ctx.exit(INTERRUPTED)
        except (click.exceptions.Exit, click.ClickException, click.Abort):
            raise
        except Exception as error:
            if ctx.params.get("debug"):
                raise
            kind = type(error).__name__
            click.secho(
                f"Lỗi của chính Lắng Nghe ({kind}). / A fault of Lắng Nghe itself ({kind}).", fg="red", err=True
            )
            click.echo(
                "Tệp của bạn không bị thay đổi. Chạy lại với --debug ở đầu để xem chi tiết. / Your files are unchanged. Run "
                "'langnghe --debug …' for details.",
                err=True,
            )
            ctx.exit(UNEXPECTED)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, "--version", prog_name="langnghe", help="In phiên bản. / Print the version.")
@click.option(
    "--lang",
    type=click.Choice(["vi", "en"]),
    envvar="LANGNGHE_LANG",
    default=None,
    help="Ngôn ngữ của thông báo và báo cáo. / Language of messages and reports.  [vi]",
)
@click.option("--debug", is_flag=True, help="In chi tiết khi gặp lỗi nội bộ. / Print details of internal faults.")
@click.pass_context
def main(ctx: click.Context, lang: str | None, debug: bool) -> None:
    """Lắng Nghe: từ một tệp ý kiến đến một báo cáo trung thực. / From a file of comments to an honest report.

    \b
    Ví dụ / Examples:
      langnghe report binh-luan.csv
      langnghe collect binh-luan.xlsx
      langnghe study binh-luan-study
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    gc.set_threshold(OBJECTS)
    ctx.obj = {"lang": lang, "debug": debug}


for _command in (check, issues, serve, hub):
    main.add_command(_command)


def _columns(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say how files are read."""
    options = [
        click.option("--text", metavar="CỘT", help="Cột nội dung. / Column of texts."),
        click.option("--date", metavar="CỘT", help="Cột ngày. / Column of dates."),
        click.option(
            "--author",
            metavar="CỘT",
            help="Cột người viết; chỉ dùng để đếm rồi bỏ. / Column of authors; only counted, then dropped.",
        ),
        click.option("--source", metavar="CỘT", help="Cột nguồn. / Column of sources."),
        click.option(
            "--group",
            "groups",
            metavar="CỘT",
            multiple=True,
            help="Cột chia nhóm, dùng được nhiều lần. / Column of groups; may be repeated.",
        ),
        click.option(
            "--as-of",
            type=click.DateTime(["%Y-%m-%d"]),
            metavar="NGÀY",
            help="Ngày để tính 'hôm qua', '2 tuần trước' (YYYY-MM-DD). / The day from which 'yesterday' is counted.",
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command


@main.command()
@click.argument("inputs", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="TỆP…")
@_columns
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="TỆP",
    help="Chỉ ghi một tệp .html, .pdf, .docx hoặc .json, hoặc một thư mục. / Write just this file or folder.",
)
@click.option(
    "--format",
    "formats",
    type=click.Choice(["html", "pdf", "docx", "json", "data"]),
    multiple=True,
    help="Chỉ làm định dạng này, dùng được nhiều lần; data là dữ liệu mở. Bỏ PDF và Word thì nhanh hơn. / Make just this format; may be repeated; data is the open data. It is faster without PDF and Word.  [mọi định dạng / all]",
)
@click.option(
    "--study",
    "folder",
    type=click.Path(path_type=Path),
    metavar="THƯ_MỤC",
    help="Thư mục nghiên cứu. / Study folder.  [TỆP-study]",
)
@click.option(
    "--add",
    is_flag=True,
    help="Thêm các tệp này vào nghiên cứu đã có, giữ mọi quyết định. / Add these files to the study that is there; decisions stay.",
)
@click.option(
    "--margins",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="TỆP",
    help="Tỷ lệ đã biết của các nhóm (CSV: nhóm, giá trị, tỷ lệ) để cân câu trả lời khảo sát. / Known shares of groups (CSV: group, value, share) to weigh the answers of a survey.",
)
@click.option(
    "--sampling",
    type=click.Choice(["random", "opt-in"]),
    default=None,
    help="Người trả lời được rút ngẫu nhiên, hay tự chọn trả lời. / Whether people were drawn at random or answered of their own accord.  [opt-in]",
)
@click.option("--population", metavar="TÊN", help="Tỷ lệ đã biết là của ai. / Whom the known shares are of.")
@click.option("--k", type=int, default=None, help="Ngưỡng công bố. / Least accounts behind a figure.  [10]")
@click.option(
    "--codebook",
    type=click.Choice(["auto", "always", "none"]),
    default=None,
    help="Dùng vấn đề của sổ mã: khi khớp, luôn luôn, không. / Use the code-book's issues: where they fit, always, never.  [auto]",
)
@click.option("--title", help="Tên báo cáo. / Title of the report.")
@click.option("--reporter", help="Đơn vị báo cáo. / Who reports.")
@click.option("--lang", type=click.Choice(["vi", "en"]), default=None, help="Ngôn ngữ. / Language.  [vi]")
@click.option(
    "-v", "--verbose", is_flag=True, help="In từng bước, thời gian và bộ nhớ. / Print every stage, its time and memory."
)
@click.option("-q", "--quiet", is_flag=True, help="Chỉ in lỗi. / Print errors only.")
@click.pass_context
def report(
    ctx: click.Context,
    /,
    inputs: tuple[Path, ...],
    folder: Path | None,
    output: Path | None,
    formats: tuple[str, ...],
    **options: Any,
) -> None:
    """Làm báo cáo từ một hay nhiều tệp ý kiến (CSV, XLSX, JSON, Parquet) hay thư mục. / Make a report from files of comments.

    \b
    Ví dụ / Examples:
      langnghe report binh-luan.csv
      langnghe report quy3.xlsx -o bao-cao.pdf --title "Quý 3/2026"
      langnghe report quy3.xlsx --format html --format data
      langnghe report fb.csv gop-y.jsonl --text "Nội dung" --group "Tỉnh" --study quy3
      langnghe report thang10.csv --study quy3 --add
      langnghe report quy3            (một thư mục nghiên cứu đã có / an existing study folder)
    """
    from langnghe.shown import Shown

    lang = options.pop("lang") or ctx.obj["lang"]
    shown = Shown(lang or "vi", verbose=options.pop("verbose"), quiet=options.pop("quiet"))
    if output is not None and folder is None and not _is_study(inputs):
        with tempfile.TemporaryDirectory(prefix="langnghe-") as temporary:
            _report(_study(inputs, Path(temporary) / "study", options, lang), output, lang, formats, shown)
        return
    _report(_study(inputs, folder, options, lang), output, lang, formats, shown)


def _is_study(inputs: tuple[Path, ...]) -> bool:
    return len(inputs) == 1 and (inputs[0] / "study.toml").is_file()


def _default_folder(inputs: tuple[Path, ...]) -> Path:
    name = inputs[0].resolve().stem or "langnghe"
    return Path(f"{name}-study")


def _study(inputs: tuple[Path, ...], folder: Path | None, options: dict[str, Any], lang: str | None) -> Study:
    """The study that a command means: what is given becomes a setting, what an older run was given stays one."""
    from dataclasses import replace

    from langnghe.settings import Settings
    from langnghe.study import Study, other_inputs, stored_path

    adding, margins = options.pop("add", False), options.pop("margins", None)
    given = {name: value for name, value in options.items() if value not in (None, ())}
    if "as_of" in given:
        given["as_of"] = given["as_of"].date()
    if _is_study(inputs):
        known = Study.open(inputs[0])
        return _with_margins(Study.create(inputs[0], settings=replace(known.settings, **given)), margins)
    place = folder or _default_folder(inputs)
    paths = tuple(stored_path(path, place) for path in inputs)
    if not (place / "study.toml").is_file():
        made = Study.create(place, settings=Settings(inputs=paths, lang=lang or "vi", **given))
        return _with_margins(made, margins)
    known = Study.open(place)
    if adding:
        paths = tuple(dict.fromkeys((*known.settings.inputs, *paths)))
    if folder is None and known.settings.inputs != paths:
        raise other_inputs(place)
    return _with_margins(Study.create(place, settings=replace(known.settings, inputs=paths, **given)), margins)


def _with_margins(study: Study, path: Path | None) -> Study:
    """Keep a table of known shares in a study, when one is given and can be read."""
    from langnghe.coded import MARGINS
    from langnghe.measure.margins import read_margins
    from langnghe.write import write_bytes

    if path is not None:
        data = path.read_bytes()
        read_margins(path.name, data)
        write_bytes(study.folder / MARGINS, data)
    return study


def _report(study: Study, output: Path | None, lang: str | None, formats: tuple[str, ...], shown: Any) -> None:
    from langnghe.reporting import save_report

    watched = study.watched(shown.progress, shown.reading)
    if study.settings.embeddings.startswith("openai:") and study.settings.send_masked_texts_to:
        shown.sending(study.settings.send_masked_texts_to)
    with watched.lock():
        written = save_report(watched, output, lang, formats)  # type: ignore[arg-type]  # click has checked it
    shown.done(written)


@main.command()
@click.argument("inputs", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="TỆP…")
@_columns
@click.option("--lang", type=click.Choice(["vi", "en"]), default=None, help="Ngôn ngữ. / Language.  [vi]")
@click.pass_context
def collect(ctx: click.Context, /, inputs: tuple[Path, ...], lang: str | None, **options: Any) -> None:
    """Cho xem tệp được đọc thế nào: cột, ngày, dòng bị bỏ; không ghi gì. / Show how files are read; writes nothing.

    \b
    Ví dụ / Examples:
      langnghe collect binh-luan.csv
      langnghe collect binh-luan.csv --text "Nội dung" --date "Thời gian"
    """
    from langnghe.collect import describe, read

    if options["as_of"] is not None:
        options["as_of"] = options["as_of"].date()
    click.echo(describe(read(list(inputs), **options).files, lang or ctx.obj["lang"] or "vi"))


@main.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="THƯ_MỤC")
@click.option("--lang", type=click.Choice(["vi", "en"]), default=None, help="Ngôn ngữ. / Language.  [vi]")
@click.pass_context
def study(ctx: click.Context, /, folder: Path, lang: str | None) -> None:
    """Cho xem một nghiên cứu: cài đặt và bước nào đã làm. / Show a study: its settings and which stages are made.

    \b
    Ví dụ / Example:
      langnghe study binh-luan-study
    """
    from langnghe.shown import describe_study
    from langnghe.study import Study

    click.echo(describe_study(Study.open(folder), lang or ctx.obj["lang"] or "vi"))


@main.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="THƯ_MỤC")
@click.argument("sheets", nargs=-1, type=click.Path(path_type=Path), metavar="[TỆP…]")
@click.option("--size", type=int, metavar="SỐ", help="Số ý kiến rút ra. / Texts to draw.  [300]")
@click.option(
    "--width",
    type=float,
    metavar="SỐ",
    help="Bề rộng khoảng tin cậy mong muốn, tính bằng điểm phần trăm (10 là ±5), thay cho --size. / Widest interval wished for, in points (10 means ±5), instead of --size.",
)
@click.option(
    "--coders", type=int, default=1, metavar="SỐ", help="Số người chia nhau mã hoá. / People who share the coding.  [1]"
)
@click.option(
    "--second",
    type=float,
    default=0.2,
    metavar="SỐ",
    help="Phần ý kiến giao cho người thứ hai. / Share that a second coder codes too.  [0.2]",
)
@click.option(
    "--learn",
    type=int,
    metavar="SỐ",
    help="Thêm một vòng ý kiến để máy học (nửa máy phân vân, nửa ngẫu nhiên); không bao giờ tính vào tỷ lệ. / Add a round of texts for the machine to learn from (half it is unsure of, half at random); never part of an estimate.",
)
@click.option(
    "--divide/--no-divide",
    default=True,
    help="Cho phép chia mẫu theo điểm máy chấm khi điều đó hứa hẹn khoảng tin cậy hẹp hơn, chọn trước khi mã hoá; nếu không, chỉ dùng Wilson. / Let the sample be divided by score where that promises narrower intervals, chosen before coding; else Wilson alone.  [divide]",
)
@click.option("--lang", type=click.Choice(["vi", "en"]), default=None, help="Ngôn ngữ. / Language.  [vi]")
@click.pass_context
def code(ctx: click.Context, /, folder: Path, sheets: tuple[Path, ...], lang: str | None, **options: Any) -> None:
    """Rút mẫu ngẫu nhiên cho người đọc mã hoá, hoặc đọc lại các phiếu đã điền. / Draw a random sample for people to code, or read sheets back.

    \b
    Ví dụ / Examples:
      langnghe code quy3                                     (rút mẫu, viết phiếu XLSX / draw, write XLSX sheets)
      langnghe code quy3 --width 8 --coders 3
      langnghe code quy3 quy3/coding/2026-Q3-coder-1.xlsx    (đọc phiếu đã điền / read a filled sheet)
      langnghe code quy3 --learn 100                         (thêm ý kiến cho máy học / more texts to learn from)
    """
    from langnghe.drawing import Draw
    from langnghe.hand_coding import code_texts
    from langnghe.shown import Shown
    from langnghe.study import Study

    chosen = lang or ctx.obj["lang"] or "vi"
    shown = Shown(chosen)
    study = Study.open(folder).watched(shown.progress, shown.reading)
    with study.lock():
        click.echo(
            code_texts(
                study,
                sheets,
                Draw(second_share=options.pop("second"), **options),
                chosen,
            )
        )


@main.command()
@click.argument("inputs", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="TỆP…")
@_columns
@click.option("--lang", type=click.Choice(["vi", "en"]), default=None, help="Ngôn ngữ. / Language.  [vi]")
@click.pass_context
def clean(ctx: click.Context, /, inputs: tuple[Path, ...], lang: str | None, **options: Any) -> None:
    """Cho xem việc làm sạch đã làm gì: che dữ liệu cá nhân, bản sao, ngôn ngữ; không ghi gì. / Show what cleaning does to files; writes nothing.

    \b
    Ví dụ / Example:
      langnghe clean binh-luan.csv
    """
    from langnghe.explained import explain_cleaning

    _explain(ctx, inputs, lang, options, explain_cleaning)


@main.command()
@click.argument("inputs", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="TỆP…")
@_columns
@click.option("--lang", type=click.Choice(["vi", "en"]), default=None, help="Ngôn ngữ. / Language.  [vi]")
@click.pass_context
def words(ctx: click.Context, /, inputs: tuple[Path, ...], lang: str | None, **options: Any) -> None:
    """Cho xem từ được tách và đọc thế nào: viết tắt, không dấu; không ghi gì. / Show how words are split and read; writes nothing.

    \b
    Ví dụ / Example:
      langnghe words binh-luan.csv
    """
    from langnghe.explained import explain_words

    _explain(ctx, inputs, lang, options, explain_words)


def _explain(
    ctx: click.Context,
    inputs: tuple[Path, ...],
    lang: str | None,
    options: dict[str, Any],
    explain: Callable[[Study, str], str],
) -> None:
    """Run the first stages in a folder that is thrown away, and print what they did."""
    from langnghe.shown import Shown

    chosen = lang or ctx.obj["lang"] or "vi"
    with tempfile.TemporaryDirectory(prefix="langnghe-") as temporary:
        shown = Shown(chosen)
        study = _study(inputs, Path(temporary) / "study", options, chosen).watched(shown.progress, shown.reading)
        click.echo(explain(study, chosen))
