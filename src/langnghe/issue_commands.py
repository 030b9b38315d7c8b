"""The commands under `langnghe issues`: what people decide on the issues of a study."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from langnghe.errors import Say

if TYPE_CHECKING:
    from collections.abc import Callable

    from langnghe.deciding import Decision

_BY = click.option(
    "--by",
    default="",
    metavar="TÊN",
    help="Ai quyết định: chức vụ hoặc chữ viết tắt. / Who decides: a role or initials.",
)
_NAME = click.option("--name", required=True, metavar="TÊN", help="Tên gọi. / What it is called.")
_NAME_EN = click.option(
    "--name-en", default=None, metavar="TÊN", help="Tên tiếng Anh. / Name in English.  [như / as --name]"
)
_ID = click.option(
    "--id",
    "id",
    required=True,
    metavar="MÃ",
    help="Mã của vấn đề mới: chữ thường không dấu, số, gạch dưới. / Id of the new issue: small letters, digits, underscore.",
)
_SEED = "Cụm từ, dùng được nhiều lần. / A phrase; may be repeated."


@click.group(invoke_without_command=True)
@click.argument("folder", type=click.Path(path_type=Path), metavar="THƯ_MỤC")
@click.option("--lang", type=click.Choice(["vi", "en"]), default=None, help="Ngôn ngữ. / Language.  [vi]")
@click.pass_context
def issues(ctx: click.Context, /, folder: Path, lang: str | None) -> None:
    """Cho xem vấn đề và ứng viên của một nghiên cứu, để người quyết định. / List the issues and candidates of a study, for people to decide.

    \b
    Ví dụ / Examples:
      langnghe issues quy3
      langnghe issues quy3 accept found_208 --id com_ca --name "Cơm ca" --by "ban Chính sách"
      langnghe issues quy3 undo
    """
    from langnghe.shown import Shown
    from langnghe.study import Study

    chosen = lang or ctx.obj["lang"] or "vi"
    shown = Shown(chosen)
    study = Study.open(folder).watched(shown.progress, shown.reading)
    ctx.obj = {**ctx.obj, "lang": chosen, "study": study}
    if ctx.invoked_subcommand is None:
        from langnghe.deciding import describe_issues

        with study.lock():
            click.echo(describe_issues(study, chosen))


@issues.command()
@click.argument("issue", metavar="[MÃ]", required=False)
@click.option(
    "--text",
    default=None,
    metavar="CÂU",
    help="Câu gõ vào, thay cho một vấn đề. / A text typed in, instead of an issue.",
)
@click.option(
    "--most",
    type=click.IntRange(1, 20),
    default=4,
    metavar="SỐ",
    help="Số ý kiến nhiều nhất. / Texts at most.  [4]",
)
@click.pass_context
def explain(ctx: click.Context, /, issue: str | None, text: str | None, most: int) -> None:
    """Giải thích vì sao máy xếp: từ nào ủng hộ, từ nào chống lại. / Explain why texts are given issues: which words spoke for it, which against.

    Chỉ để xem trong nghiên cứu: ý kiến tiêu biểu đã che, không kèm ngày, thứ tự xáo trộn. / For people inside the study: typical texts, masked, undated, shuffled.

    \b
    Ví dụ / Examples:
      langnghe issues quy3 explain meals
      langnghe issues quy3 explain --text "cơm ca thiu không ai dám ăn"
    """
    from langnghe.explaining import describe_explained, explain_issue, explain_text

    study = ctx.obj["study"]
    if (issue is None) == (text is None):
        raise click.UsageError(
            Say("hãy cho một mã vấn đề, hoặc --text.", "give the id of an issue, or --text.")[ctx.obj["lang"]]
        )
    with study.lock():
        explained = (explain_text(study, text),) if text is not None else explain_issue(study, issue or "", most)
        click.echo(describe_explained(study, explained, ctx.obj["lang"]))


def _decide(ctx: click.Context, verb: Callable[..., Decision], *args: Any, **options: Any) -> None:
    """Call a verb of the study under its lock, and show what changed."""
    with ctx.obj["study"].lock():
        decision = verb(ctx.obj["study"], *args, **options)
    lang = ctx.obj["lang"]
    click.echo(Say(f"Quyết định {decision.number}:", f"Decision {decision.number}:")[lang])
    lines = decision.change.splitlines()
    click.echo("\n".join(f"  {line}" for line in lines[:40]))
    if len(lines) > 40:
        more = len(lines) - 40
        click.echo(Say(f"  … và {more} dòng nữa", f"  … and {more} lines more")[lang])
    click.echo(
        Say(
            "Lượt chạy 'langnghe report' sau sẽ theo quyết định này; bỏ bằng 'undo'.",
            "The next 'langnghe report' follows it; take it back with 'undo'.",
        )[lang]
    )


def _said(name: str, name_en: str | None) -> Say:
    return Say(name, name_en or name)


@issues.command()
@click.argument("candidate", metavar="ỨNG_VIÊN")
@_ID
@click.option(
    "--name", default=None, metavar="TÊN", help="Tên gọi. / What it is called.  [tên của ứng viên / the candidate's]"
)
@_NAME_EN
@_BY
@click.pass_context
def accept(ctx: click.Context, /, candidate: str, name: str | None, name_en: str | None, **options: Any) -> None:
    """Nhận một ứng viên thành vấn đề; cụm từ đặc trưng của nó thành 'seeds'. / Take a candidate over as an issue; its typical phrases become seeds.

    \b
    Ví dụ / Example:
      langnghe issues quy3 accept found_208 --id com_ca --name "Cơm ca"
    """
    from langnghe.deciding import accept_issue

    _decide(ctx, accept_issue, candidate, name=_said(name, name_en) if name else None, **options)


@issues.command()
@_ID
@_NAME
@_NAME_EN
@click.option("--seed", "seeds", multiple=True, required=True, metavar="CỤM_TỪ", help=_SEED)
@click.option("--definition", default="", metavar="CÂU", help="Định nghĩa. / Definition.")
@_BY
@click.pass_context
def add(ctx: click.Context, /, name: str, name_en: str | None, **options: Any) -> None:
    """Thêm một vấn đề của riêng mình. / Add an issue of your own.

    \b
    Ví dụ / Example:
      langnghe issues quy3 add --id xe_dua_ruoc --name "Xe đưa rước" --seed "xe đưa rước" --seed "xe công ty đón"
    """
    from langnghe.deciding import add_issue

    _decide(ctx, add_issue, name=_said(name, name_en), **options)


@issues.command()
@click.argument("issue", metavar="MÃ")
@_NAME
@_NAME_EN
@_BY
@click.pass_context
def rename(ctx: click.Context, /, issue: str, name: str, name_en: str | None, **options: Any) -> None:
    """Đổi tên một vấn đề; mã giữ nguyên. / Call an issue otherwise; its id stays.

    \b
    Ví dụ / Example:
      langnghe issues quy3 rename meals --name "Cơm ca" --name-en "Food at work"
    """
    from langnghe.deciding import rename_issue

    _decide(ctx, rename_issue, issue, _said(name, name_en), **options)


@issues.command()
@click.argument("names", nargs=-1, required=True, metavar="MÃ…")
@click.option("--into", required=True, metavar="MÃ", help="Vấn đề được giữ lại. / The issue that stays.")
@_BY
@click.pass_context
def merge(ctx: click.Context, /, names: tuple[str, ...], into: str, **options: Any) -> None:
    """Gộp vấn đề hay ứng viên vào một vấn đề; mã cũ vẫn được nhận ra. / Merge issues or candidates into one; old ids stay known.

    \b
    Ví dụ / Example:
      langnghe issues quy3 merge com_ca found_651 --into meals
    """
    from langnghe.deciding import merge_issues

    _decide(ctx, merge_issues, names, into, **options)


@issues.command()
@click.argument("issue", metavar="MÃ")
@_ID
@_NAME
@_NAME_EN
@click.option("--phrase", "phrases", multiple=True, required=True, metavar="CỤM_TỪ", help=_SEED)
@_BY
@click.pass_context
def split(ctx: click.Context, /, issue: str, name: str, name_en: str | None, **options: Any) -> None:
    """Tách một vấn đề: các cụm từ được chọn thành vấn đề mới. / Split an issue: the phrases chosen become a new one.

    \b
    Ví dụ / Example:
      langnghe issues quy3 split wages --id cham_luong --name "Chậm lương" --phrase "chậm lương" --phrase "nợ lương"
    """
    from langnghe.deciding import split_issue

    _decide(ctx, split_issue, issue, name=_said(name, name_en), **options)


@issues.command()
@click.argument("issue", metavar="MÃ")
@_BY
@click.pass_context
def drop(ctx: click.Context, /, issue: str, **options: Any) -> None:
    """Bỏ một vấn đề hay ứng viên; không đề xuất lại nữa. / Drop an issue or a candidate; it is not proposed again.

    \b
    Ví dụ / Example:
      langnghe issues quy3 drop found_934
    """
    from langnghe.deciding import drop_issue

    _decide(ctx, drop_issue, issue, **options)


@issues.command()
@_BY
@click.pass_context
def undo(ctx: click.Context, /, **options: Any) -> None:
    """Hoàn tác quyết định cuối cùng. / Undo the last decision.

    \b
    Ví dụ / Example:
      langnghe issues quy3 undo
    """
    from langnghe.deciding import undo_decision

    _decide(ctx, undo_decision, **options)


@issues.command()
@click.option(
    "--editor",
    required=True,
    metavar="TÊN",
    help="Người soạn sổ mã: chức vụ hoặc chữ viết tắt. / Who edited the code-book: a role or initials.",
)
@click.option(
    "--signer",
    required=True,
    metavar="TÊN",
    help="Người thứ hai, đã đọc và chịu trách nhiệm. / The second person, who read it and stands for it.",
)
@click.pass_context
def sign(ctx: click.Context, /, **options: Any) -> None:
    """Người thứ hai ký sổ mã riêng, để công bố được dưới cấp tỉnh. / A second person signs a code-book of one's own, which opens groups below the province.

    \b
    Ví dụ / Example:
      langnghe issues quy3 sign --editor "NTH, ban Chính sách" --signer "LVM, phó chủ tịch"
    """
    from langnghe.deciding import sign_codebook

    _decide(ctx, sign_codebook, **options)
