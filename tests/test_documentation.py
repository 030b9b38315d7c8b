"""Docs and code grow together: what a user can type, set or meet stands in the docs, in both languages."""

from __future__ import annotations

import dataclasses
import re
from functools import cache
from typing import TYPE_CHECKING

import pytest

import langnghe
from langnghe.errors import LangngheError
from langnghe.settings import Settings
from tools.commands import LANGUAGES, PLACES, ROOT, described, markdown, page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tools.commands import Described

LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")
both = pytest.mark.parametrize("lang", LANGUAGES)


@cache
def commands(lang: str) -> dict[str, Described]:
    return {command.path: command for command in described(lang)}


def read(lang: str, name: str) -> str:
    return (ROOT / "docs" / lang / f"{name}.md").read_text(encoding="utf-8")


def kinds(kind: type[LangngheError]) -> Iterator[type[LangngheError]]:
    for below in kind.__subclasses__():
        yield below
        yield from kinds(below)


@both
def test_the_command_reference_is_fresh(lang: str) -> None:
    assert page(lang).read_text(encoding="utf-8") == markdown(described(lang), lang), "run: make docs"


@both
def test_every_command_says_what_it_does_and_shows_an_example(lang: str) -> None:
    for path, command in commands(lang).items():
        assert command.help, path
        typed = re.sub(r" (\w+)$", r" (?:\\S+ )?\1", path)  # a group may have an argument before its command
        assert re.search(rf"^ +{typed}\b", "\n".join(command.help), re.MULTILINE), f"{path}: no example"


@both
def test_every_option_says_what_it_means(lang: str) -> None:
    silent = [(path, names) for path, command in commands(lang).items() for names, text in command.options if not text]
    assert silent == []


def test_no_help_is_left_untranslated() -> None:
    vi, en = commands("vi"), commands("en")
    same = [path for path in vi if vi[path].help[0] == en[path].help[0]]
    for path in vi:
        pairs = zip(vi[path].options, en[path].options, strict=True)
        same += [f"{path} {names}" for (names, one), (_, other) in pairs if one == other]
    assert same == []


def test_names_of_values_are_translated() -> None:
    shown = [one.usage + " ".join(names for names, _ in one.options) for one in commands("en").values()]
    assert [text for text in shown if not text.replace("…", "").isascii()] == [], f"add them to {sorted(PLACES)}"


@both
def test_every_public_name_is_in_the_python_page(lang: str) -> None:
    text = read(lang, "python")
    missing = [name for name in langnghe.__all__ if not re.search(rf"`(?:\w+\.)?{name}\b", text)]
    assert missing == []


@both
def test_every_error_has_a_heading_with_its_exit_code(lang: str) -> None:
    headings = set(re.findall(r"^## (\w+) \((\d+)\)$", read(lang, "errors"), re.MULTILINE))
    expected = {(kind.__name__, str(kind.exit_code)) for kind in kinds(LangngheError) if "langnghe" in kind.__module__}
    assert headings == expected


def test_exit_codes_tell_errors_apart() -> None:
    codes = [kind.exit_code for kind in LangngheError.__subclasses__()]
    assert len(codes) == len(set(codes))


@both
def test_every_setting_has_a_row_in_the_page_about_the_study(lang: str) -> None:
    rows = set(re.findall(r"^\| `(\w+)`", read(lang, "study"), re.MULTILINE))
    assert {field.name for field in dataclasses.fields(Settings)} - rows == set()


def test_every_page_exists_in_both_languages() -> None:
    vi, en = ({path.name for path in (ROOT / "docs" / lang).glob("*.md")} for lang in LANGUAGES)
    assert vi == en


def test_links_between_pages_lead_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
    broken = [
        f"{here.relative_to(ROOT)}: {target}"
        for here in pages
        for target in LINK.findall(here.read_text(encoding="utf-8"))
        if "://" not in target and not (here.parent / target).exists()
    ]
    assert broken == []
