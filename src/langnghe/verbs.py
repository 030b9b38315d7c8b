"""The verbs: what can be done with a study, each making what it needs first.

This is the one place, with the command line, that knows the order of the stages:
collect → clean → words → copies → issues → measure → report (`langnghe.reporting`).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from langnghe.clean.copies import COPIES, sign, with_own_words
from langnghe.clean.copies import find_copies as group_copies
from langnghe.coded import coding_hash, codings_in, margins_in, with_codings
from langnghe.counted import count_issues, decided, earlier_than
from langnghe.errors import CheckFailed, InputError, Say
from langnghe.issues.codebook import REACTIONS, read_codebook
from langnghe.issues.place import place
from langnghe.issues.saved import load_model, save_model
from langnghe.kept import clean_with_kept, input_hashes, keep, read_texts, reading_with_kept
from langnghe.learning import codes_from, learn_from
from langnghe.manifest import canonical_json, code_hash, key_of, sha256_of
from langnghe.measure.disclosure import rule_for
from langnghe.measure.saved import load_figures, save_figures
from langnghe.words.find import find_words as split_words
from langnghe.words.vocabulary import Vocabulary, VocabularyBuilder, Words, unfold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from langnghe.issues.codes import Codes
    from langnghe.issues.knowledge import Coded
    from langnghe.issues.model import IssueModel
    from langnghe.nouns import Figures
    from langnghe.study import Study

# --- collect and clean ------------------------------------------------------------------------------------------------


def clean_texts(study: Study) -> pl.DataFrame:
    """Read and clean the texts of a study.

    Returns
    -------
    DataFrame of schema `nouns.CLEAN` with the columns of groups: normalised texts with personal data masked.
    """
    _clean(study)
    return pl.read_parquet(study.product("clean") / "texts-*.parquet")


def keep_texts(study: Study) -> Study:
    """Keep the masked texts in the study, so that its input files can be erased; what it needs is made first.

    Returns
    -------
    The study with its new settings, which name no input.
    """
    reading = reading_of(study)
    left_out = pl.read_parquet(study.product("clean") / "left-out.parquet")
    return keep(study, _parts(study, "clean", "texts"), reading, left_out) if study.settings.inputs else study


def _clean(study: Study) -> str:
    s = study.settings
    asked = key_of(
        {"inputs": s.inputs, "columns": [s.text, s.date, s.author, s.source, s.groups], "as_of": s.as_of, "k": s.k}
    )
    try:
        key = stage_key(study, "clean", inputs=input_hashes(study), asked=asked)
    except InputError:
        if _made_from(study, asked):  # the files are gone; what was read from them is still there
            return study.manifest.hash_of("clean")
        raise
    if study.manifest.is_fresh("clean", key):
        return study.manifest.hash_of("clean")
    texts = read_texts(study)
    if texts:
        study.on_read(texts)
    about, left_out = reading_with_kept(study, texts)
    total = sum(file["kept"] for file in about["files"])
    with study.making("clean", key) as folder:
        done = 0
        for number, batch in enumerate(clean_with_kept(study, texts, about["groups"])):
            batch.write_parquet(folder / f"texts-{number:05d}.parquet", compression="zstd", compression_level=1)
            done += len(batch)
            study.progress("clean", done, total)
        if done != total:
            raise CheckFailed(
                str(study.folder),
                Say(
                    f"đã đọc {total} văn bản nhưng chỉ làm sạch {done}.", f"{total} texts were read but {done} cleaned."
                ),
                Say(
                    "Tệp đầu vào có thể vừa thay đổi; hãy chạy lại.", "An input may have changed meanwhile; run again."
                ),
            )
        (folder / "reading.json").write_bytes(canonical_json({**about, "asked": asked}))
        left_out.write_parquet(folder / "left-out.parquet")
    return study.manifest.hash_of("clean")


def _made_from(study: Study, asked: str) -> bool:
    """Whether the clean texts are whole and were made with the same settings."""
    entry = study.manifest.stages().get("clean", {})
    if not study.manifest.is_fresh("clean", entry.get("key", "")):
        return False
    return bool(json.loads((study.product("clean") / "reading.json").read_bytes())["asked"] == asked)


def reading_of(study: Study) -> dict[str, Any]:
    """How the inputs were read: files (as `nouns.FileReading`), groups, has_authors."""
    _clean(study)
    loaded: dict[str, Any] = json.loads((study.product("clean") / "reading.json").read_bytes())
    return loaded


# --- words ------------------------------------------------------------------------------------------------------------


def find_words(study: Study) -> pl.DataFrame:
    """Split the texts of a study into words.

    Returns
    -------
    DataFrame: the vocabulary (schema `langnghe.words.vocabulary.VOCABULARY`).
    """
    _words(study)
    return pl.read_parquet(study.product("words") / "vocabulary.parquet")


def _words(study: Study) -> str:
    key = stage_key(study, "words", clean=_clean(study))
    if study.manifest.is_fresh("words", key):
        return study.manifest.hash_of("words")
    paths = _parts(study, "clean", "texts")
    vocabulary = VocabularyBuilder()
    with study.making("words", key) as folder:
        batches = (pl.read_parquet(path, columns=["text_id", "text"]) for path in paths)
        for number, batch in enumerate(split_words(batches, vocabulary)):
            batch.write_parquet(folder / f"words-{number:05d}.parquet", compression="zstd", compression_level=1)
            study.progress("words", number + 1, len(paths))
        vocabulary.frame().write_parquet(folder / "vocabulary.parquet", compression="zstd")
    return study.manifest.hash_of("words")


def _parts(study: Study, stage: str, name: str) -> list[Path]:
    return sorted(study.product(stage).glob(f"{name}-*.parquet"))


def _vocabulary(study: Study) -> Vocabulary:
    return Vocabulary.from_frame(pl.read_parquet(study.product("words") / "vocabulary.parquet"))


def _word_batches(study: Study, vocabulary: Vocabulary) -> Iterator[tuple[pl.Series, Words]]:
    for path in _parts(study, "words", "words"):
        batch = pl.read_parquet(path)
        yield batch["text_id"], unfold(batch["surfaces"], vocabulary)


# --- copies -----------------------------------------------------------------------------------------------------------


def find_copies(study: Study) -> pl.DataFrame:
    """Find copies among the texts of a study.

    Returns
    -------
    DataFrame of schema `langnghe.clean.copies.COPIES`, one row per text, and own (UInt16): words of its own that its message has.
    """
    _copies(study)
    return pl.read_parquet(study.product("copies") / "copies.parquet")


def _copies(study: Study) -> str:
    key = stage_key(study, "copies", words=_words(study))
    if study.manifest.is_fresh("copies", key):
        return study.manifest.hash_of("copies")
    vocabulary = _vocabulary(study)
    with study.making("copies", key) as folder:
        batches, signatures = [], []
        parts = len(_parts(study, "words", "words"))
        for number, batch in enumerate(_word_batches(study, vocabulary)):
            batches.append(batch)  # held, for they are looked at three times: 8 bytes a word
            signatures.append(sign(batch[1], vocabulary))
            study.progress("copies", number, parts)
        ids = [text_ids for text_ids, _ in batches]
        found = group_copies(pl.concat(ids), signatures) if ids else pl.DataFrame(schema=COPIES)
        exact = np.concatenate([np.zeros(0, np.uint64), *(signature.exact for signature in signatures)])
        owned = with_own_words(found, exact, lambda: batches, vocabulary)
        owned.write_parquet(folder / "copies.parquet", compression="zstd")
    return study.manifest.hash_of("copies")


# --- issues -----------------------------------------------------------------------------------------------------------


def find_issues(study: Study) -> pl.DataFrame:
    """Find which issues the texts of a study speak of.

    Returns
    -------
    DataFrame text_id (UInt32), issue (String): one row per text and issue.
    """
    _issues(study)
    model = load_model(study.product("issues"))
    assigned = pl.read_parquet(study.product("issues") / "assigned-*.parquet", columns=["text_id", "issue"])
    return assigned.with_columns(pl.col("issue").replace_strict(dict(enumerate(model.ids)), return_dtype=pl.String))


def _issues(study: Study) -> str:
    s = study.settings
    copies, words = _copies(study), _words(study)
    book = sha256_of(study.codebook_path)
    key = stage_key(
        study,
        "issues",
        words=words,
        copies=copies,
        codebook=book,
        use=s.codebook,
        seed=s.random_state,
        view=s.embeddings,
        coding=coding_hash(study.folder),
    )
    if study.manifest.is_fresh("issues", key):
        return study.manifest.hash_of("issues")
    vocabulary = _vocabulary(study)
    with study.making("issues", key) as folder:
        model = _learn(study, vocabulary)
        save_model(model, folder)
        parts = len(_parts(study, "words", "words"))
        for number, (text_ids, words_batch) in enumerate(_word_batches(study, vocabulary)):
            placed = place(text_ids, words_batch, vocabulary, model)
            for name in ("assigned", "reacted", "used", "scores"):
                getattr(placed, name).write_parquet(folder / f"{name}-{number:05d}.parquet", compression="zstd")
            study.progress("issues", number + 1, parts)
    return study.manifest.hash_of("issues")


def _learn(study: Study, vocabulary: Vocabulary) -> IssueModel:
    codings = codings_in(study.folder, reading_of(study))
    return learn_from(study, lambda: _word_batches(study, vocabulary), vocabulary, codings)


def learnt_codes(study: Study) -> tuple[Codes, Coded | None]:
    """How the code-book's issues are given to texts, learnt again, and the hand-coded texts that were learnt from."""
    _issues(study)
    vocabulary = _vocabulary(study)
    codings = codings_in(study.folder, reading_of(study))
    return codes_from(study, lambda: _word_batches(study, vocabulary), vocabulary, codings)


# --- measure ----------------------------------------------------------------------------------------------------------


def measure_issues(study: Study) -> Figures:
    """Measure a study: shares, weeks, sources, groups, reactions, bursts and shared messages, after disclosure control."""
    _measure(study)
    return load_figures(study.product("measure"))


def _measure(study: Study) -> str:
    book = read_codebook(study.codebook_path)
    made: dict[str, Any] = {"issues": _issues(study), "clean": _clean(study), "coding": coding_hash(study.folder)}
    before = earlier_than(study, reading_of(study))
    margins = margins_in(study.folder, study.settings.sampling, study.settings.population)
    made |= {"decided": decided(book), "before": repr(before), "margins": repr(margins)}
    key = stage_key(study, "measure", k=study.settings.k, **made)
    if study.manifest.is_fresh("measure", key):
        return study.manifest.hash_of("measure")
    rule = rule_for(study.settings.k, has_authors=reading_of(study)["has_authors"])
    with study.making("measure", key) as folder:
        study.progress("measure", 0, 1)
        folders = study.product("issues")
        assigned = pl.read_parquet(folders / "assigned-*.parquet")
        used = pl.read_parquet(folders / "used-*.parquet")
        texts = _measured(study)
        model = load_model(folders)
        figures = count_issues(texts, assigned, used, rule, book, model, before)
        ids = ([issue.id for issue in book.issues], REACTIONS, model.ids)
        coded = with_codings(figures, study.folder, reading_of(study), texts, ids, book.current_ids(), margins)
        save_figures(coded, folder)
        study.progress("measure", 1, 1)
    return study.manifest.hash_of("measure")


def _measured(study: Study) -> pl.DataFrame:
    clean = pl.concat([pl.read_parquet(path).drop("text", "language") for path in _parts(study, "clean", "texts")])
    copies = pl.read_parquet(study.product("copies") / "copies.parquet").drop("text_id")
    reacted = pl.read_parquet(study.product("issues") / "reacted-*.parquet").drop("text_id")
    return pl.concat([clean, copies, reacted], how="horizontal")  # all three are in the order of the texts


def stage_key(study: Study, stage: str, **parts: Any) -> str:
    """What a stage rests on, as one hash: its product is fresh while this stays the same."""
    return key_of({"stage": stage, "code": code_hash(), "seed": study.settings.random_state, **parts})
