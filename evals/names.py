"""Names of groups that people made: whether they say the group's label, are told apart, and are whole.

The groups are the labels of the data, so that names are judged and not groups. The peer is c-TF-IDF (Grootendorst 2022) over
single words as BERTopic computes it, its name the four words of most weight; both get the same words.

- *names its label*: share of groups with a label of which the name has a word or phrase (`LABELS`, written from the labels).
- *told apart*: share of names that share at most half of their words with any other.
- *whole*: share of the parts of names that are no pieces: fewer than 60 % of their occurrences stand beside one of the two
  words that follow or precede them most often. Ours choose by other measures (`words.neighbours`).
"""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from evals.datasets import DataMissing, shared
from evals.results import Result
from evals.texts import words_of
from langnghe.issues.codebook import read_codebook
from langnghe.issues.labels import label_issues
from langnghe.issues.names import candidates, is_vietnamese, stop_words, typical_phrases
from langnghe.issues.saved import SavedModel
from langnghe.words.fold import fold
from langnghe.words.lookup import find_phrases, phrase_table
from langnghe.words.neighbours import neighbours
from langnghe.words.phrases import mine_phrases, shown_forms
from langnghe.words.vocabulary import BREAK_KEY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from langnghe.words.vocabulary import Vocabulary, Words

SETS = {"aspects": "aspect", "stackoverflow": "label", "searchsnippets": "label"}
"""Data set → its column of labels."""

LABELS: dict[str, dict[str, str]] = {
    "aspects": {
        "BATTERY": "pin, sạc",
        "CAMERA": "camera, cam, chụp, ảnh, hình, selfie",
        "DESIGN": "thiết kế, mẫu mã, kiểu dáng, màu, ngoại hình",
        "FEATURES": "tính năng, chức năng, vân tay, khuôn mặt, wifi, loa, âm thanh, sóng, cảm ứng",
        "PERFORMANCE": "hiệu năng, cấu hình, game, chip, xử lý, giật, lag",
        "PRICE": "giá, tiền, tầm giá",
        "SCREEN": "màn hình, màn",
        "SER&ACC": "nhân viên, phục vụ, bảo hành, dịch vụ, tai nghe, phụ kiện, giao hàng",
        "STORAGE": "bộ nhớ, dung lượng, ram, rom, gb",
    },
    "stackoverflow": dict(
        zip(
            map(str, range(1, 21)),
            "wordpress|oracle|svn, subversion|apache|excel|matlab|visual studio|cocoa|osx, mac, os|bash|spring|hibernate|"
            "scala|sharepoint|ajax|qt|drupal|linq|haskell|magento".split("|"),
            strict=True,
        )
    ),
    "searchsnippets": dict(
        zip(
            map(str, range(1, 9)),
            "business, trade, market|computer, software, programming|movie, music, art, film|research, science, school, theory|"
            "engine, engineering, car|health, medical, disease|politics, political, government, democracy|sports, football, games".split(
                "|"
            ),
            strict=True,
        )
    ),
}
"""Data set → label → words of which one has to be in the name. GENERAL says nothing and is left out."""

K = 10
"""Texts that a phrase needs."""


def results() -> Iterator[Result]:
    """Every data set that is there, ours and the peer."""
    for data, column in SETS.items():
        try:
            rows = shared(data)
        except DataMissing as missing:
            print(f"names: {data} skipped, {missing}")
            continue
        words, vocabulary = words_of(rows["text"])
        labels, group = np.unique(rows[column].cast(str).to_numpy(), return_inverse=True)
        for method, name in (("ours", ours), ("c-TF-IDF", c_tf_idf)):
            began = time.process_time()
            names = name(words, vocabulary, group.astype(np.int64), len(labels))
            seconds = time.process_time() - began
            said = dict(zip(labels.tolist(), names, strict=True))
            yield Result("names", data, method, "names its label", _says(said, LABELS[data]), seconds)
            yield Result("names", data, method, "told apart", _apart(list(said.values())), seconds)
            yield Result("names", data, method, "whole", _whole(list(said.values()), words, vocabulary), seconds)


def ours(words: Words, vocabulary: Vocabulary, group: NDArray[np.int64], groups: int) -> list[str]:
    """Our names of groups."""
    mined = mine_phrases(words, vocabulary, least=max(5, len(words.offsets) // 4000))
    keys = [phrase.keys for phrase in mined]
    hits = find_phrases(words, vocabulary, phrase_table(keys))
    shown, written = shown_forms(keys, hits, words, vocabulary)
    beside = neighbours(keys, hits, words, vocabulary, stop_words()[0])
    judged = candidates(keys, shown, written, beside, vietnamese=is_vietnamese(vocabulary))
    kept = typical_phrases(judged, hits, group[:, None] == np.arange(groups))
    position = {phrase: number for number, phrase in enumerate(kept)}
    used = (
        pl.DataFrame({"text": hits.text, "phrase": hits.phrase, "issue": group[hits.text].astype(np.uint8)})
        .filter(pl.col("phrase").is_in(kept))
        .unique()
        .with_columns(phrase=pl.col("phrase").replace_strict(position, return_dtype=pl.UInt16))
        .group_by("issue", "phrase")
        .agg(pl.len().cast(pl.Int64).alias("messages"))
        .filter(pl.col("messages") >= K)
    )
    sizes = pl.DataFrame({"issue": range(groups), "messages": np.bincount(group)}).cast({"issue": pl.UInt8})
    model = SavedModel(
        ids=tuple(f"found_{number + 1}" for number in range(groups)),
        guided=0,
        covered=float("nan"),
        phrases=tuple(keys[i] for i in kept),
        shown=tuple(shown[i] for i in kept),
        naming=tuple(float(judged.weight[i]) for i in kept),
        main=(0,) * groups,
    )
    return [label.name.vi for label in label_issues(model, read_codebook("labour-vi"), used, sizes, len(group))]


def c_tf_idf(words: Words, vocabulary: Vocabulary, group: NDArray[np.int64], groups: int, most: int = 4) -> list[str]:
    """The peer's names: words by c-TF-IDF, tf per group × log(1 + mean words of a group / frequency of the word)."""
    spoken = words.keys != BREAK_KEY
    keys = words.keys[spoken].astype(np.int64)
    where = np.repeat(group, np.diff(words.offsets))[spoken]
    counts = np.bincount(where * len(vocabulary.keys) + keys, minlength=groups * len(vocabulary.keys))
    table = counts.reshape(groups, len(vocabulary.keys)).astype(np.float64)
    frequency = np.maximum(table.sum(axis=0), 1)
    weight = table / table.sum(axis=1, keepdims=True) * np.log(1 + table.sum(axis=1).mean() / frequency)
    best = np.argsort(-weight, axis=1, kind="stable")[:, :most]
    return [", ".join(vocabulary.keys[key] for key in row) for row in best]


def _says(names: dict[str, str], labels: dict[str, str]) -> float:
    found = [
        any(f" {fold(word)} " in f" {fold(names[label]).replace(',', ' ')} " for word in said.split(", "))
        for label, said in labels.items()
    ]
    return float(np.mean(found))


def _apart(names: Sequence[str]) -> float:
    words = [set(fold(name).replace(",", " ").split()) for name in names]
    near = [
        max(len(one & other) / max(len(one | other), 1) for j, other in enumerate(words) if i != j)
        for i, one in enumerate(words)
    ]
    return float(np.mean(np.array(near) <= 0.5))


def _whole(names: Sequence[str], words: Words, vocabulary: Vocabulary) -> float:
    """Which share of the parts of names is whole, judged by the two most frequent neighbours on each side."""
    parts = sorted({tuple(fold(part).split()) for name in names for part in name.split(": ")[-1].split(", ")})
    hits = find_phrases(words, vocabulary, phrase_table(parts))
    ends = np.cumsum(np.diff(words.offsets))
    good = []
    for number, part in enumerate(parts):
        starts, texts = hits.start[hits.phrase == number], hits.text[hits.phrase == number]
        before = [int(words.keys[s - 1]) for s, t in zip(starts, texts, strict=True) if s > words.offsets[t]]
        after = [int(words.keys[s + len(part)]) for s, t in zip(starts, texts, strict=True) if s + len(part) < ends[t]]
        good.append(max(_two(before), _two(after)) < 0.6 * max(len(starts), 1))
    return float(np.mean(good))


def _two(neighbour: list[int]) -> int:
    counted = Counter(key for key in neighbour if key != BREAK_KEY)
    return sum(many for _, many in counted.most_common(2))
