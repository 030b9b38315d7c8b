"""What people decide, as edits of a code-book's text: comments, order and layout of everything else stay as they are.

Each function takes the text of a code-book and gives back the new text, its version one higher. Whether the result is a code-book
is for `langnghe.issues.codebook.parse_codebook` to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import tomlkit

from langnghe.errors import Say, SettingError
from langnghe.words.lookup import LONGEST
from langnghe.words.vocabulary import fold_phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tomlkit import TOMLDocument

    from langnghe.issues.codebook import Signature


def add_issue(
    text: str, name: str, called: Say, seeds: Sequence[str], *, definition: Say | None = None, origin: str = ""
) -> str:
    """Add an issue; `origin` is 'found' for a candidate that people took over."""
    book = tomlkit.parse(text)
    row: dict[str, Any] = {"id": name, "name": called}
    row |= {"definition": definition} if definition and definition.vi else {}
    row |= {"origin": origin} if origin else {}
    _append(book, "issue", row | {"seeds": matchable(seeds)})
    return _written(book)


def rename_issue(text: str, name: str, called: Say) -> str:
    """Give an issue another name; its id stays."""
    book = tomlkit.parse(text)
    _find(book, name)["name"] = _value(called)
    return _written(book)


def merge_issues(text: str, names: Sequence[str], into: str) -> str:
    """Merge issues into one of them: it gets their seeds, counter phrases and what belongs to them, and remembers their ids."""
    book = tomlkit.parse(text)
    kept = _find(book, into)
    for name in names:
        gone = _find(book, name)
        for key in ("seeds", "counter"):
            _extend(kept, key, _phrases(gone.get(key, [])))
        for part in gone.get("sub", []):
            _extend(kept, "seeds", _phrases(part.get("seeds", [])))
        _extend(kept, "merged", [name, *gone.get("merged", [])])
        book["issue"].remove(gone)
    return _written(book)


def add_seeds(text: str, name: str, seeds: Sequence[str]) -> str:
    """Give an issue more seeds."""
    book = tomlkit.parse(text)
    _extend(_find(book, name), "seeds", matchable(seeds))
    return _written(book)


def split_issue(text: str, name: str, new: str, called: Say, phrases: Sequence[str]) -> str:
    """Split an issue: the seeds chosen go to a new one, the others stay.

    Raises
    ------
    SettingError
        A phrase is no seed of the issue, or none would be left.
    """
    book = tomlkit.parse(text)
    row = _find(book, name)
    places = [row, *row.get("sub", [])]
    wanted = {fold_phrase(phrase): phrase for phrase in phrases}
    moved: list[str] = []
    for place in places:
        seeds = _array(place, "seeds")
        chosen = [str(seed) for seed in seeds if fold_phrase(str(seed)) in wanted]
        for seed in chosen:
            seeds.remove(seed)
        moved += chosen
    missing = [phrase for keys, phrase in wanted.items() if keys not in set(map(fold_phrase, moved))]
    if missing or not moved or not any(_phrases(place.get("seeds", [])) for place in places):
        raise _cannot_split(name, missing)
    _append(book, "issue", {"id": new, "name": called, "split_from": name, "seeds": list(dict.fromkeys(moved))})
    return _written(book)


def _cannot_split(name: str, missing: Sequence[str]) -> SettingError:
    listed = "; ".join(missing)
    what = (
        Say(f"không có cụm từ: {listed}.", f"has no such phrases: {listed}.")
        if missing
        else Say("cả hai phần đều phải có cụm từ.", "both parts need phrases.")
    )
    return SettingError(
        name, what, Say("Hãy chọn trong 'seeds' của vấn đề ấy.", "Choose among the 'seeds' of that issue.")
    )


def drop_issue(text: str, name: str) -> str:
    """Take an issue out; its phrases are kept, so that it is not proposed again."""
    book = tomlkit.parse(text)
    row = _find(book, name)
    seeds = [seed for place in (row, *row.get("sub", [])) for seed in _phrases(place.get("seeds", []))]
    called = row.get("name", name)
    said = (
        Say(str(called), str(called)) if isinstance(called, str) else Say(called["vi"], called.get("en", called["vi"]))
    )
    book["issue"].remove(row)
    _append(book, "dropped", {"id": name, "name": said, "phrases": list(dict.fromkeys(seeds))})
    return _written(book)


def drop_candidate(text: str, called: Say, phrases: Sequence[str]) -> str:
    """Remember the phrases of a candidate that people do not want, so that it is not proposed again."""
    book = tomlkit.parse(text)
    _append(book, "dropped", {"name": called, "phrases": list(phrases)})
    return _written(book)


def sign(text: str, signature: Signature) -> str:
    """Put the signature of a second person into a code-book; its version stays."""
    book = tomlkit.parse(text)
    table = tomlkit.table()
    for key, value in vars(signature).items():
        table[key] = value
    book["signature"] = table
    return tomlkit.dumps(book)


def matchable(phrases: Sequence[str]) -> list[str]:
    """The phrases that can be seeds: of one to six syllables, each once."""
    found = {fold_phrase(phrase): phrase for phrase in reversed(phrases) if any(map(str.isalnum, phrase))}
    return [phrase for keys, phrase in reversed(found.items()) if 0 < len(keys) <= LONGEST]


def _written(book: TOMLDocument) -> str:
    version = book.get("version", 1)
    if isinstance(version, int):
        book["version"] = version + 1
    return tomlkit.dumps(book)


def _find(book: TOMLDocument, name: str) -> Any:
    for row in book.get("issue", []):
        if row.get("id") == name:
            return row
    raise SettingError(
        name,
        Say("sổ mã không có vấn đề này.", "the code-book has no such issue."),
        Say("Xem danh sách bằng 'langnghe issues THƯ_MỤC'.", "List them with 'langnghe issues FOLDER'."),
    )


def _append(book: TOMLDocument, kind: str, row: dict[str, Any]) -> None:
    table = tomlkit.table()
    for key, value in row.items():
        table[key] = _value(value)
    table.add(tomlkit.nl())
    rows = book.get(kind)
    if rows is None:
        rows = book[kind] = tomlkit.aot()
        rows = book[kind]
    rows.append(table)


def _value(value: Any) -> Any:
    if isinstance(value, Say):
        both = tomlkit.inline_table()
        both.update({"vi": value.vi, "en": value.en})
        return both
    if isinstance(value, list):
        listed = tomlkit.array()
        listed.extend(value)
        return listed.multiline(len(value) > 4)
    return value


def _phrases(value: Any) -> list[str]:
    listed = value.get("vi", []) if isinstance(value, dict) else value
    return [str(phrase) for phrase in listed]


def _array(row: Any, key: str) -> Any:
    if key not in row:
        row[key] = tomlkit.array()
    return row[key]["vi"] if isinstance(row[key], dict) else row[key]


def _extend(row: Any, key: str, phrases: Sequence[str]) -> None:
    if not phrases:
        return
    listed = _array(row, key)
    known = set(listed)
    for phrase in dict.fromkeys(phrases):
        if phrase not in known:
            listed.append(phrase)
