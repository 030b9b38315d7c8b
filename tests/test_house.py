"""The house stays in order: sizes, names, and nothing in a file that does not belong to the project."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
SOURCE = sorted((ROOT / "src").rglob("*.py"))
ROOMS = (".ci", "bench", "docs", "evals", "examples", "requirements", "src", "tests", "tools")
TEXT = {".cfg", ".css", ".html", ".in", ".jsonl", ".md", ".py", ".toml", ".txt", ".typ", ".yaml", ".yml", ""}
MADE = re.compile(r"(?:^|/)(?:__pycache__|\.git|\.coverage[^/]*|\.[a-z_]+_cache|[^/]*-study)(?:/|$)")

NO_NAMES = {"blob", "handler", "helper", "helpers", "item", "manager", "processor", "util", "utils"}
FOREIGN = re.compile(r"(?<![\w.])/(?:work|root|home)/\w" + r"|/tmp/(?:spec|dev|v)\b" + r"|\bfarm[-_:/]\w")
EXAMPLES = re.compile(r"example\.(?:com|org|vn)$|vidu\.vn$")
EMAIL = re.compile(r"[\w.+-]+@([\w-]+\.[\w.-]*\w)")
PHONE = re.compile(r"(?<![\w.])(?:\+84|0)(?:[ .-]?\d){9}(?!\d)")


def words(name: str) -> set[str]:
    """The words of a name: 'read_csvFile' → read, csv, file."""
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}


def definitions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node


def written() -> Iterator[tuple[str, str]]:
    """The files of the project that are text: path, content."""
    inside = (path for room in ROOMS for path in (ROOT / room).rglob("*"))
    for path in sorted({*ROOT.glob("*"), *ROOT.glob(".*"), *inside}):
        name = path.relative_to(ROOT).as_posix()
        if path.is_file() and path.suffix in TEXT and not MADE.search(name):
            yield name, path.read_text(encoding="utf-8")


def test_no_file_is_longer_than_five_hundred_lines() -> None:
    lengths = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCE}
    assert {name: length for name, length in lengths.items() if length > 500} == {}


def test_functions_are_small() -> None:
    lengths = [
        node.body[-1].end_lineno - node.body[_documented(node)].lineno + 1  # type: ignore[operator]
        for path in SOURCE
        for node in definitions(path)
        if not isinstance(node, ast.ClassDef) and len(node.body) > _documented(node)
    ]
    assert median(lengths) <= 10


def _documented(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return 1 if ast.get_docstring(node) is not None else 0


def test_names_say_what_a_thing_is() -> None:
    named = [(path.relative_to(ROOT).as_posix(), path.stem) for path in SOURCE]
    named += [(path.relative_to(ROOT).as_posix(), node.name) for path in SOURCE for node in definitions(path)]
    assert [(path, name) for path, name in named if words(name) & NO_NAMES] == []


def test_names_are_split_into_words() -> None:
    assert words("BlobReader") == {"blob", "reader"}
    assert words("csv_utils") == {"csv", "utils"}
    assert words("items") == {"items"}


def test_no_file_names_a_place_of_one_machine() -> None:
    assert [(name, found.group()) for name, text in written() for found in FOREIGN.finditer(text)] == []


def test_no_lock_file_names_a_registry() -> None:
    locks = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "requirements").glob("*.txt")}
    assert {"run.txt", "build.txt", "dev.txt", "evals.txt"} <= set(locks)
    for name, text in locks.items():
        assert "://" not in text, name
        assert not re.search(r"^-", text, re.MULTILINE), name
        pinned = re.findall(r"^[\w.\[\]-]+==[^\n]*\\\n    --hash=sha256:", text, re.MULTILINE)
        assert len(pinned) == len(re.findall(r"^\S+==", text, re.MULTILINE)), f"{name}: a version without a hash"


def test_lock_files_agree() -> None:
    def pins(name: str) -> set[str]:
        text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
        return {line.rstrip(" \\") for line in text.splitlines() if re.match(r"\S+==", line)}

    for name in ("dev", "evals"):
        assert pins("run") | pins("build") <= pins(name), name


def test_every_dependency_has_a_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {re.match(r"[\w-]+", entry).group() for entry in project["dependencies"]}  # type: ignore[union-attr]
    table = (ROOT / "docs" / "decisions" / "0001-dependencies.md").read_text(encoding="utf-8")
    reasons = {name for row in re.findall(r"^\| ([\w, -]+?) \|", table, re.MULTILINE) for name in row.split(", ")}
    assert names - reasons == set()


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = sorted(path.name[:4] for path in (ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]


def test_docs_hold_no_address_or_number_of_anybody() -> None:
    docs = [
        (name, text) for name, text in written() if name.endswith(".md") and not name.startswith(("evals", "examples"))
    ]
    assert [name for name, text in docs for domain in EMAIL.findall(text) if not EXAMPLES.search(domain)] == []
    assert [name for name, text in docs for number in PHONE.findall(text) if "000" not in number] == []
