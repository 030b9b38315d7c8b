"""The commands of the check desk: parse, call the desk, print. Heavy imports wait until a command runs."""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from langnghe.errors import Say

if TYPE_CHECKING:
    from collections.abc import Callable

    from langnghe.check.acts import File
    from langnghe.check.desk import Desk
    from langnghe.check.match import Answer, Match

MOST_LISTED = 20


def _say(ctx: click.Context, vi: str, en: str) -> str:
    return Say(vi, en)[_lang(ctx)]


def _lang(ctx: click.Context) -> str:
    return str((ctx.obj or {}).get("lang") or "vi")


def _desk_option(command: Callable[..., None]) -> Callable[..., None]:
    return click.option(
        "--desk",
        "folder",
        type=click.Path(path_type=Path),
        default=Path("check-desk"),
        metavar="THƯ_MỤC",
        help="Thư mục của bàn kiểm chứng. / Folder of the check desk.  [check-desk]",
    )(command)


def _person(command: Callable[..., None]) -> Callable[..., None]:
    for option in (
        click.option(
            "--role",
            envvar="LANGNGHE_ROLE",
            default="cán bộ kiểm chứng",
            metavar="VAI",
            help="Vai của người làm, in trên trang. / Role of that person, printed on the page.  [cán bộ kiểm chứng]",
        ),
        click.option(
            "--who",
            envvar="LANGNGHE_WHO",
            default="",
            metavar="TÊN",
            help="Ai làm việc này; chỉ ghi trong sổ của bàn. / Who does this; kept in the desk's record alone.",
        ),
    ):
        command = option(command)
    return command


_seen = click.option(
    "--seen",
    type=int,
    default=None,
    metavar="SỐ",
    help="Bản ghi cuối bạn đã xem của điều này; báo nếu có người sửa sau đó. / Last record of it that you saw; later edits are told.",
)


def _now() -> str:
    return dt.datetime.now().astimezone().isoformat(timespec="seconds")


@click.group()
def check() -> None:
    """Bàn kiểm chứng: từ lời đồn đến câu trả lời công khai có căn cứ. / The check desk: from a rumour to an open, sourced answer.

    \b
    Ví dụ / Examples:
      langnghe check add "Từ 1/7 bỏ rút BHXH một lần" --who lan
      langnghe check match "nghe noi bo rut bhxh 1 lan phai ko"
      langnghe check show
    """


@check.command()
@click.argument("text", metavar="CÂU")
@_desk_option
@_person
@click.pass_context
def add(ctx: click.Context, /, text: str, folder: Path, who: str, role: str) -> None:
    """Nhận một điều cần kiểm chứng; cho xem điều giống nó đã kiểm chứng. / Take a claim in; shows checks that are like it.

    \b
    Ví dụ / Example:
      langnghe check add "Nghỉ ngang là mất sổ bảo hiểm" --who lan
    """
    from langnghe.check.desk import Desk
    from langnghe.clean.masks import mask_text

    desk = Desk.create(folder).receive(text, who=who, role=role, at=_now(), mask=mask_text)
    file = desk.files[desk.records[-1].claim]
    click.echo(_say(ctx, f"Đã nhận {file.id}: {file.text}", f"Received {file.id}: {file.text}"))
    if file.interest:
        click.echo(_say(ctx, "Xung đột lợi ích: điều này nói về tổ chức công đoàn.", "Conflict of interest: it is about the trade union."))  # fmt: skip
    _print_answer(ctx, desk.matcher().match(file.text), nearest=3)


@check.command()
@click.argument("inputs", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="TỆP…")
@_desk_option
@click.option("--text", metavar="CỘT", help="Cột nội dung. / Column of texts.")
@click.pass_context
def find(ctx: click.Context, /, inputs: tuple[Path, ...], folder: Path, text: str | None) -> None:
    """Tìm những điều kiểm chứng được trong tệp ý kiến hay nghiên cứu, và đếm. / Find what can be checked in files or a study, and count it.

    \b
    Ví dụ / Examples:
      langnghe check find binh-luan.csv
      langnghe check find quy3            (một thư mục nghiên cứu; báo cáo của nó sẽ có phần này / a study folder; its report then has this part)
    """
    from langnghe.check.desk import Desk
    from langnghe.claims_seen import measure_claims
    from langnghe.collect import read
    from langnghe.study import Study

    desk = Desk.open(folder) if folder.exists() else None
    if len(inputs) == 1 and (inputs[0] / "study.toml").is_file():
        study = Study.open(inputs[0])
        with study.lock():
            _print_seen(ctx, measure_claims(study, desk), study.settings.k)
        return
    with tempfile.TemporaryDirectory(prefix="langnghe-") as temporary:
        study = Study.create(Path(temporary) / "study", read(list(inputs), text=text))
        _print_seen(ctx, measure_claims(study, desk), study.settings.k)


def _print_seen(ctx: click.Context, seen: tuple[Any, ...], k: int) -> None:
    if not seen:
        click.echo(_say(ctx, f"Không có điều nào đủ số người nói (k = {k}).", f"No claim was made by enough people (k = {k})."))  # fmt: skip
    for one in seen[:MOST_LISTED]:
        verdict = one.verdict[_lang(ctx)] if one.check else _say(ctx, "chưa kiểm chứng", "not checked yet")
        click.echo(f"{one.texts:>6}  {one.claim}  [{verdict}]")
        weeks = ", ".join(f"{week:%d/%m/%Y}: {'×' if n is None else n}" for week, n in one.weeks.items())
        click.echo(f"        {weeks}")
        if not one.check:
            click.echo(f"        {'; '.join(_reasons(ctx, one.claim))}")


def _reasons(ctx: click.Context, text: str) -> list[str]:
    from langnghe.check.claims import shipped_sense

    return [why[_lang(ctx)] for why in shipped_sense().reasons(text)]


@check.command()
@click.argument("text", metavar="CÂU")
@_desk_option
@click.pass_context
def match(ctx: click.Context, /, text: str, folder: Path) -> None:
    """So một câu với những điều đã kiểm chứng; '-' đọc từ bàn phím. / Match a message to what was checked; '-' reads it from standard input.

    \b
    Ví dụ / Examples:
      langnghe check match "tang ca chu nhat dc 150% dung ko"
      langnghe check match - < tin-nhan.txt
    """
    from langnghe.check.desk import Desk

    message = sys.stdin.read() if text == "-" else text
    _print_answer(ctx, Desk.open(folder).matcher().match(message))


def _print_answer(ctx: click.Context, answer: Answer, nearest: int = 0) -> None:
    """Print an answer; `nearest` checks are shown to an officer even where it is 'not checked yet'."""
    from langnghe.check.match import ANSWERS

    click.echo(ANSWERS[answer.kind][_lang(ctx)])
    if answer.kind == "not_yet":
        if answer.matches and nearest:
            click.echo(_say(ctx, "Gần nhất, để người phân loại xem:", "Nearest, for whoever triages:"))
        for found in answer.matches[:nearest]:
            _print_match(ctx, found)
        return
    for found in answer.matches[: 1 if answer.kind == "checked" else None]:
        _print_match(ctx, found)
    click.echo(_say(ctx, "Đây là gợi ý của máy; hãy đọc trước khi trả lời.", "A machine proposes this; read it before you answer."))  # fmt: skip


def _print_match(ctx: click.Context, found: Match) -> None:
    from langnghe.check.checks import VERDICTS

    check = found.check
    verdict = (
        VERDICTS[check.verdict][0][_lang(ctx)] if check.verdict else _say(ctx, "không rõ kết luận", "verdict not known")
    )
    by = f"  ({', '.join(part for part in (check.publisher, *check.addresses[:1]) if part)})" if check.publisher else ""
    click.echo(f"  {check.id}  {check.claim}  [{verdict}]{by}")
    if check.summary:
        click.echo(f"      {check.summary}")


@check.command()
@click.argument("claim", metavar="MÃ")
@_desk_option
@_person
@_seen
@click.option(
    "--cite",
    type=int,
    metavar="SỐ",
    help="Dẫn đoạn thứ mấy trong kết quả làm căn cứ. / Cite this passage of the list as evidence.",
)
@click.option("--law", metavar="LUẬT", help="Tên và số hiệu luật làm căn cứ. / Name and number of a law as evidence.")
@click.option("--article", default="", metavar="SỐ", help="Điều. / Article.")
@click.option("--clause", default="", metavar="SỐ", help="Khoản. / Clause.")
@click.option("--url", default="", metavar="ĐỊA_CHỈ", help="Địa chỉ của nguồn. / Address of the source.")
@click.option("--verified", is_flag=True, help="Đã có người đọc nguyên văn. / Somebody has read its very text.")
@click.option(
    "--documents",
    type=click.Path(path_type=Path),
    metavar="THƯ_MỤC",
    help="Thư mục văn bản. / Folder of documents.  [THƯ_MỤC/documents]",
)
@click.pass_context
def evidence(
    ctx: click.Context, /, claim: str, folder: Path, who: str, role: str, seen: int | None, **options: Any
) -> None:
    """Tìm điều luật cho một điều đã nhận (hay một câu), và dẫn làm căn cứ. / Find articles of law for a claim (or a sentence), and cite them.

    \b
    Ví dụ / Examples:
      langnghe check evidence c-0001
      langnghe check evidence c-0001 --cite 1 --who lan
      langnghe check evidence c-0001 --law "Luật Việc làm 38/2013/QH13" --who lan
    """
    from dataclasses import asdict

    from langnghe.check.checks import Source
    from langnghe.check.desk import Desk
    from langnghe.check.evidence import Evidence
    from langnghe.check.laws import read_laws

    desk = Desk.open(folder)
    if options["law"]:
        source = Source(options["law"], options["article"], options["clause"], options["verified"], options["url"])
        _done(ctx, desk.act(claim, "evidence", asdict(source), who=who, role=role, at=_now(), seen=seen), claim)
        return
    text = desk.files[claim].text if claim in desk.files else claim
    found = Evidence(read_laws(options["documents"] or folder / "documents")).best(
        text, dt.datetime.now().astimezone().date()
    )
    if options["cite"]:
        _cited(ctx, desk, claim, found, options["cite"], {"who": who, "role": role, "seen": seen})
        return
    for number, one in enumerate(found, 1):
        click.echo(f"{number}. {one.source.citation(_lang(ctx))}  ({one.article.title})")
        click.echo(f"   {' '.join(one.text.split())[:300]}")
        if one.warning:
            click.secho(f"   ! {one.warning[_lang(ctx)]}", fg="yellow")
    if not found:
        click.echo(_say(ctx, "Không thấy đoạn nào; hãy bỏ văn bản vào thư mục documents.", "No passage was found; put documents into the folder documents."))  # fmt: skip


def _cited(ctx: click.Context, desk: Desk, claim: str, found: list[Any], number: int, by: dict[str, Any]) -> None:
    from dataclasses import asdict

    from langnghe.errors import SettingError

    if not 1 <= number <= len(found):
        raise SettingError(
            "--cite",
            Say(f"Không có đoạn {number}.", f"There is no passage {number}."),
            Say(f"Chọn từ 1 đến {len(found)}.", f"Choose from 1 to {len(found)}."),
        )
    _done(ctx, desk.act(claim, "evidence", asdict(found[number - 1].source), at=_now(), **by), claim)


@check.command()
@click.argument("claim", metavar="MÃ")
@click.argument("kind", type=click.Choice(["checkable", "opinion", "duplicate", "out_of_scope"]), metavar="LOẠI")
@_desk_option
@_person
@_seen
@click.option("--same-as", default="", metavar="MÃ", help="Trùng với điều nào. / Which claim it is the same as.")
@click.pass_context
def triage(
    ctx: click.Context, /, claim: str, kind: str, folder: Path, who: str, role: str, seen: int | None, same_as: str
) -> None:
    """Phân loại: checkable (kiểm chứng được), opinion (ý kiến), duplicate (trùng), out_of_scope (ngoài phạm vi). / Triage: checkable, opinion, duplicate or out_of_scope.

    \b
    Ví dụ / Examples:
      langnghe check triage c-0001 checkable --who lan
      langnghe check triage c-0002 duplicate --same-as c-0001 --who lan
    """
    from langnghe.check.desk import Desk

    said = {"kind": kind, "same_as": same_as}
    _done(ctx, Desk.open(folder).act(claim, "triage", said, who=who, role=role, at=_now(), seen=seen), claim)


@check.command()
@click.argument("claim", metavar="MÃ")
@click.argument("act", type=click.Choice(["draft", "read", "return", "publish", "retract", "review"]), metavar="VIỆC")
@_desk_option
@_person
@_seen
@click.option(
    "--verdict",
    type=click.Choice(["true", "false", "misleading", "outdated", "unproven"]),
    help="Kết luận: đúng, sai, gây hiểu nhầm, đã cũ, chưa có căn cứ. / The verdict.",
)
@click.option("--summary", default="", metavar="CÂU", help="Câu trả lời ngắn. / The answer in short.")
@click.option("--title", default="", metavar="CÂU", help="Đầu đề của trang. / Headline of the page.")
@click.option("--explanation", default="", metavar="CÂU", help="Vì sao. / Why.")
@click.option(
    "--correction", default="", metavar="CÂU", help="Đã sửa gì, khi bài đã đăng. / What was changed, once published."
)
@click.option("--reason", default="", metavar="CÂU", help="Vì sao rút lại. / Why it is retracted.")
@click.pass_context
def verdict(
    ctx: click.Context, /, claim: str, act: str, folder: Path, who: str, role: str, seen: int | None, **said: Any
) -> None:
    """Soạn, đọc lại, đăng, đính chính, rút lại, xem lại; kết luận là của người. / Draft, read, publish, correct, retract, review; verdicts are people's.

    \b
    Ví dụ / Examples:
      langnghe check verdict c-0001 draft --verdict false --summary "Sai. …" --who lan
      langnghe check verdict c-0001 read --who minh
      langnghe check verdict c-0001 publish --who minh
    """
    from langnghe.check.desk import Desk

    given = {name: value for name, value in said.items() if value}
    _done(ctx, Desk.open(folder).act(claim, act, given, who=who, role=role, at=_now(), seen=seen), claim)


def _done(ctx: click.Context, desk: Desk, claim: str) -> None:
    from langnghe.check.acts import NEXT, state_of

    file = desk.file(claim)
    click.echo(f"{file.id}: {state_of(file)[_lang(ctx)]} ({_say(ctx, 'bản ghi', 'record')} {file.seen})")
    if file.state in NEXT:
        click.echo(_say(ctx, "Tiếp theo: ", "Next: ") + f"langnghe check {NEXT[file.state].format(file.id)}")


@check.command()
@click.argument("claim", required=False, metavar="[MÃ]")
@_desk_option
@click.pass_context
def show(ctx: click.Context, /, claim: str | None, folder: Path) -> None:
    """Cho xem các điều đã nhận và đang ở bước nào, hay bản nháp, căn cứ và lịch sử của một điều. / Show the claims and where they stand, or the draft, sources and history of one.

    \b
    Ví dụ / Examples:
      langnghe check show
      langnghe check show c-0001
    """
    from langnghe.check.acts import state_of
    from langnghe.check.desk import Desk

    desk = Desk.open(folder)
    for file in [desk.file(claim)] if claim else desk.files.values():
        interest = _say(ctx, "  (xung đột lợi ích)", "  (conflict of interest)") if file.interest else ""
        click.echo(f"{file.id}  [{state_of(file)[_lang(ctx)]}]  {file.text}{interest}")
        if claim:
            _print_file(ctx, file)


def _print_file(ctx: click.Context, file: File) -> None:
    """What a second reader needs to see: the draft, its sources, and who did what."""
    from langnghe.check.acts import WORDS
    from langnghe.check.checks import VERDICTS

    for wording in file.wordings:
        click.echo(_say(ctx, "  cũng nói: ", "  also put as: ") + wording)
    for source in file.sources:
        click.echo(_say(ctx, "  căn cứ: ", "  source: ") + source.citation(_lang(ctx)))
    if file.draft is not None:
        for part in (
            VERDICTS[file.draft.verdict][0][_lang(ctx)],
            file.draft.title,
            file.draft.summary,
            file.draft.explanation,
        ):
            click.echo(f"  | {part}") if part else None
    if file.correction:
        click.echo(_say(ctx, "  đính chính: ", "  correction: ") + file.correction)
    for record in file.history:
        click.echo(
            f"  {record.number}  {record.at[:16]}  {record.who} ({record.role})  {WORDS[record.act][_lang(ctx)]}"
        )


@check.command()
@click.argument("output", type=click.Path(path_type=Path), metavar="THƯ_MỤC_RA")
@_desk_option
@click.pass_context
def publish(ctx: click.Context, /, output: Path, folder: Path) -> None:
    """Viết các trang đã đăng, tin Atom, dữ liệu mở vào một thư mục. / Write the published pages, the Atom feed and the data into a folder.

    \b
    Ví dụ / Example:
      langnghe check publish trang-kiem-chung
    """
    from langnghe.check.desk import Desk
    from langnghe.check.publish import publish as write_pages

    written = write_pages(Desk.open(folder), output, (ctx.obj or {}).get("lang"))
    click.echo(_say(ctx, f"Đã viết {len(written)} tệp vào {output}.", f"{len(written)} files written to {output}."))


@check.command("import")
@click.argument("inputs", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="TỆP…")
@_desk_option
@click.pass_context
def import_(ctx: click.Context, /, inputs: tuple[Path, ...], folder: Path) -> None:
    """Nhập ClaimReview của nơi khác (JSON, JSONL, HTML) và báo những chỗ lạ. / Import others' ClaimReviews (JSON, JSONL, HTML), with a report of what was odd.

    \b
    Ví dụ / Example:
      langnghe check import claimreview.json
    """
    from langnghe.check.desk import Desk
    from langnghe.check.importing import ODD, import_reviews
    from langnghe.clean.masks import mask_text

    Desk.create(folder)
    for path in inputs:
        read = import_reviews(path, folder, mask_text)
        click.echo(_say(ctx, f"{path.name}: {len(read.checks)} kiểm chứng", f"{path.name}: {len(read.checks)} checks"))
        for name, count in read.odd.items():
            click.echo(f"  {count} × {ODD[name][_lang(ctx)]}")
