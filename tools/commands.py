"""Write the command reference, docs/vi/commands.md and docs/en/commands.md, from the commands themselves.

    python tools/commands.py

Help texts hold both languages, 'tiếng Việt / English'; each page takes its half.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from inspect import cleandoc
from pathlib import Path
from typing import TYPE_CHECKING

import click

from langnghe.cli import main as langnghe

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("vi", "en")

_PAIR = re.compile(r"(?P<before>\s*)(?P<vi>.*?) / (?P<en>.*?)(?P<after>:|  \[[^\]]*\])?", re.DOTALL)
_IN_BRACKETS = re.compile(r"(?P<before>.*\()(?P<vi>[^()]*) / (?P<en>[^()]*)(?P<after>\))", re.DOTALL)

WORDS = {
    "vi": {
        "title": "Các câu lệnh",
        "about": "Trang này được viết tự động từ chính các câu lệnh (`make docs`); xin đừng sửa tay.",
        "options": "| tuỳ chọn | ý nghĩa |",
        "commands": "| câu lệnh | để làm gì |",
    },
    "en": {
        "title": "The commands",
        "about": "This page is written from the commands themselves (`make docs`); please do not edit it.",
        "options": "| option | meaning |",
        "commands": "| command | what for |",
    },
}
PLACES = {
    "[MÃ]": "[ID]",
    "THƯ_MỤC_RA": "OUTPUT",
    "CÂU": "SENTENCE",
    "CỘT": "COLUMN",
    "CỤM_TỪ": "PHRASE",
    "MÃ": "ID",
    "NGÀY": "DAY",
    "SỐ": "NUMBER",
    "THƯ_MỤC": "FOLDER",
    "TÊN": "NAME",
    "TỆP": "FILE",
    "THƯ_ĐIỆN_TỬ": "E-MAIL",
    "ĐỊA_CHỈ": "ADDRESS",
    "ỨNG_VIÊN": "CANDIDATE",
    "LOẠI": "KIND",
    "LUẬT": "LAW",
    "VAI": "ROLE",
    "VIỆC": "ACT",
}
"""What stands for a value in usage lines, in Vietnamese and in English."""


@dataclass(frozen=True)
class Described:
    """One command in one language: path ('langnghe report'), usage, paragraphs of help, options, commands below."""

    path: str
    usage: str
    help: tuple[str, ...]
    options: tuple[tuple[str, str], ...]
    commands: tuple[tuple[str, str], ...]


def described(lang: str) -> list[Described]:
    """Describe the command and all that stand below it, in the order of the help pages."""
    return [_translated(one, lang) for one in _tree(langnghe, "langnghe")]


def _tree(command: click.Command, path: str, typed: str = "") -> Iterator[Described]:
    """Describe a command and those below it; `typed` is its path with the arguments of the groups above it."""
    context = click.Context(command, info_name=path)
    below = _below(command, context)
    yield Described(
        path=path,
        usage=" ".join([typed or path, *command.collect_usage_pieces(context)]),
        help=tuple(part for part in cleandoc(command.help or "").split("\n\n") if part.strip("\b \n")),
        options=tuple(_options(command, context)),
        commands=tuple((f"{path} {name}", cleandoc(one.help or "").split("\n\n")[0]) for name, one in below),
    )
    between = [argument.make_metavar(context) for argument in command.params if isinstance(argument, click.Argument)]
    for name, one in below:
        yield from _tree(one, f"{path} {name}", " ".join([typed or path, *between, name]))


def _below(command: click.Command, context: click.Context) -> list[tuple[str, click.Command]]:
    if not isinstance(command, click.Group):
        return []
    found = ((name, command.get_command(context, name)) for name in command.list_commands(context))
    return [(name, one) for name, one in found if one is not None and not one.hidden]


def _options(command: click.Command, context: click.Context) -> Iterator[tuple[str, str]]:
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record and isinstance(parameter, click.Option) and "--help" not in parameter.opts:
            yield record


def _translated(one: Described, lang: str) -> Described:
    return replace(
        one,
        usage=_places(one.usage, lang),
        help=tuple(_half_of_paragraph(part, lang) for part in one.help),
        options=tuple((_places(names, lang), _places(half(text, lang), lang)) for names, text in one.options),
        commands=tuple((path, half(text, lang)) for path, text in one.commands),
    )


def _half_of_paragraph(text: str, lang: str) -> str:
    if not text.startswith("\b"):
        return half(text, lang)
    return "\n".join(half(line, lang) for line in text.split("\n"))


def half(text: str, lang: str) -> str:
    """The half of a help text that is in a language; a colon, a bracket or a default at its end belongs to both.

    >>> half("Ngưỡng công bố. / Least accounts behind a figure.  [10]", "vi")
    'Ngưỡng công bố.  [10]'
    >>> half("  langnghe report quy3   (một thư mục / a folder)", "en")
    '  langnghe report quy3   (a folder)'
    """
    pair = _IN_BRACKETS.fullmatch(text) or _PAIR.fullmatch(text)
    return pair["before"] + pair[lang] + (pair["after"] or "") if pair else text


def _places(text: str, lang: str) -> str:
    if lang == "en":
        for vi, en in PLACES.items():
            text = text.replace(vi, en)
    return text


def markdown(commands: list[Described], lang: str) -> str:
    """The page of a language."""
    words = WORDS[lang]
    parts = [f"# {words['title']}", words["about"]]
    for one in commands:
        about, *examples = map(_paragraph, one.help)
        parts += [f"## {one.path}", about, _code(one.usage), *examples]
        parts += _table(words["commands"], one.commands)
        parts += _table(words["options"], one.options)
    return "\n\n".join(parts) + "\n"


def _paragraph(text: str) -> str:
    """Markdown of a paragraph; one that click must not wrap (it begins with a backspace) is a line and examples."""
    if not text.startswith("\b"):
        return " ".join(text.split())
    first, *lines = text.lstrip("\b\n").split("\n")
    return "\n\n".join([first, _code("\n".join(line.strip() for line in lines))])


def _code(text: str) -> str:
    return f"```console\n{text.rstrip()}\n```"


def _table(head: str, rows: tuple[tuple[str, str], ...]) -> list[str]:
    if not rows:
        return []
    cells = ["| `{}` | {} |".format(*(" ".join(cell.split()).replace("|", "\\|") for cell in row)) for row in rows]
    return ["\n".join([head, "|---|---|", *cells])]


def page(lang: str) -> Path:
    """Where the page of a language is."""
    return ROOT / "docs" / lang / "commands.md"


def write() -> None:
    """Write both pages."""
    for lang in LANGUAGES:
        page(lang).parent.mkdir(parents=True, exist_ok=True)
        page(lang).write_text(markdown(described(lang), lang), encoding="utf-8", newline="\n")
        print(page(lang).relative_to(ROOT))


if __name__ == "__main__":
    write()
