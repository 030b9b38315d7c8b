"""The classifier on real texts: learnt from labels (students' answers), and from phrases alone (aspects of phones).

The phrases for the aspects were written from the names of the aspects, before any text was looked at. Settings are those of the package; they were
chosen on the starter set.
"""

from __future__ import annotations

import importlib
import importlib.util
import time
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from bench.pieces import strip_marks
from evals.datasets import shared
from evals.metrics import calibration_error, macro_f1
from evals.results import Result
from evals.texts import normalised, words_of
from langnghe.errors import Say
from langnghe.issues.classifier import TextClassifier
from langnghe.issues.codebook import Issue
from langnghe.issues.codes import learn_issues
from langnghe.issues.features import hashed
from langnghe.issues.guided import count_seeds, seeds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

LABELS = ("sentiment", "topic")
SIZES = (100, 300, 1000)
PHRASES = {
    "BATTERY": "pin; pin trâu; pin yếu; tụt pin; hao pin; sạc; sạc nhanh; sạc pin; cục sạc; dung lượng pin; nhanh hết pin; pin tốt; "
    "chai pin; phồng pin; sạc đầy; thời lượng pin",
    "CAMERA": "camera; cam trước; cam sau; chụp ảnh; chụp hình; máy ảnh; quay phim; quay video; selfie; ảnh chụp; hình chụp; "
    "chụp đêm; xóa phông; góc rộng; ống kính; cam",
    "DESIGN": "thiết kế; kiểu dáng; đẹp; mẫu mã; màu sắc; ngoại hình; vỏ máy; mỏng nhẹ; cầm vừa tay; sang trọng; nhỏ gọn; mặt lưng; "
    "cầm chắc tay; khung viền; nặng tay",
    "FEATURES": "tính năng; vân tay; nhận diện khuôn mặt; cảm biến; mở khóa; wifi; bluetooth; loa; nghe gọi; bắt sóng; sóng yếu; "
    "mất sóng; micro; face id; âm thanh; 4g; định vị; mic; cuộc gọi; tai nghe",
    "GENERAL": "sản phẩm tốt; máy tốt; tạm ổn; hài lòng; nên mua; máy ok; rất tốt; quá tốt; thất vọng; không nên mua; tuyệt vời; "
    "sản phẩm ok; dùng tốt; máy ngon; mọi thứ đều tốt; máy ổn",
    "PERFORMANCE": "hiệu năng; mượt; mượt mà; lag; giật; giật lag; đơ; chơi game; chiến game; cấu hình; chip; nóng máy; xử lý; chậm; "
    "máy nhanh; tốc độ; đứng máy; ram; treo máy; sập nguồn; vi xử lý; máy nóng",
    "PRICE": "giá; giá cả; giá rẻ; giá cao; tầm giá; giá tiền; đắt; mắc; đáng tiền; đáng đồng tiền; hợp lý; túi tiền; giảm giá; "
    "phân khúc; rẻ; giá thành",
    "SCREEN": "màn hình; cảm ứng; hiển thị; độ phân giải; độ sáng; màn to; màn; sọc màn hình; chạm; ám vàng; điểm chết; tần số quét; hở sáng; sắc nét",
    "SER&ACC": "nhân viên; phục vụ; tư vấn; bảo hành; giao hàng; shop; cửa hàng; nhân viên nhiệt tình; phụ kiện; ốp lưng; đổi trả; "
    "dịch vụ; chăm sóc khách hàng; thái độ; đóng gói; hỗ trợ; giao nhanh; hộp; thân thiện",
    "STORAGE": "bộ nhớ; dung lượng; dung lượng lớn; thẻ nhớ; bộ nhớ trong; đầy bộ nhớ; lưu trữ; bộ nhớ đầy; nhớ trong; 64gb; 128gb; rom",
}
"""Aspect → phrases."""


def results() -> Iterator[Result]:
    """Learnt from labels, with the curve over their number; then from phrases alone."""
    train, dev = shared("feedback", split="train"), shared("feedback", split="dev")
    for label in LABELS:
        yield from _learnt(train, dev, label)
    yield from _aspects(shared("aspects"))


def _learnt(train: pl.DataFrame, dev: pl.DataFrame, label: str) -> Iterator[Result]:
    kinds = sorted(set(train[label].to_list()))
    columns = np.array([[one == kind for kind in kinds] for one in train[label].to_list()])
    true = np.array([[one == kind for kind in kinds] for one in dev[label].to_list()])
    data = f"feedback, dev, {label}"
    learnt = hashed(*words_of(train["text"]))
    asked = hashed(*words_of(dev["text"]))
    plain = hashed(*words_of(pl.Series("text", [strip_marks(text) for text in dev["text"].to_list()])))
    order = np.random.default_rng(0).permutation(len(train))
    for size in (*SIZES, len(train)):
        began = time.process_time()
        weight = np.zeros(len(train))
        weight[order[:size]] = 1.0
        fold = np.where(weight > 0, np.arange(len(train)) % 4, -1)
        model = TextClassifier(exclusive=True, least=1).fit(learnt, columns, weight, fold)
        likely = model.predict_proba(asked)
        seconds = time.process_time() - began
        figures = _scores(likely, true)
        if size < len(train):
            figures = {
                f"weighted F1, {size} labels": figures["weighted F1"],
                f"calibration error, {size} labels": figures["calibration error"],
            }
        else:
            stripped = _scores(model.predict_proba(plain), true)
            figures |= {"weighted F1 lost by stripping": figures["weighted F1"] - stripped["weighted F1"]}
        for metric, value in figures.items():
            yield Result("guided", data, "ours", metric, value, seconds)
    yield from _peer(train, dev, label, kinds, true, data)


def _scores(likely: NDArray[np.float32], true: NDArray[np.bool_]) -> dict[str, float]:
    best = likely.argmax(axis=1)
    given = best[:, None] == np.arange(true.shape[1])
    each = np.array([macro_f1(given[:, k : k + 1], true[:, k : k + 1]) for k in range(true.shape[1])])
    return {
        "weighted F1": float((each * true.mean(axis=0)).sum()),
        "macro-F1": macro_f1(given, true),
        "calibration error": calibration_error(likely.max(axis=1), true[np.arange(len(best)), best]),
    }


def _peer(
    train: pl.DataFrame, dev: pl.DataFrame, label: str, kinds: Sequence[str], true: NDArray[np.bool_], data: str
) -> Iterator[Result]:
    if not importlib.util.find_spec("sklearn"):
        return
    text: Any = importlib.import_module("sklearn.feature_extraction.text")
    svm: Any = importlib.import_module("sklearn.svm")
    began = time.process_time()
    vectors = text.TfidfVectorizer(analyzer=_words, sublinear_tf=True)
    learnt, asked = (vectors.fit_transform(normalised(train["text"])), vectors.transform(normalised(dev["text"])))
    found = svm.LinearSVC(C=0.5, random_state=0).fit(learnt, train[label].to_list()).decision_function(asked)
    scores = _scores(found[:, [*range(len(kinds))]], true)
    for metric in ("weighted F1", "macro-F1"):
        yield Result("guided", data, "scikit-learn LinearSVC", metric, scores[metric], time.process_time() - began)


def _words(written: str) -> list[str]:
    words = written.lower().split()
    return [*words, *map(" ".join, pairwise(words))]


def _aspects(rows: pl.DataFrame) -> Iterator[Result]:
    nothing = Say("", "")
    names = sorted(PHRASES)
    issues = [Issue(n.lower(), nothing, nothing, nothing, nothing, tuple(PHRASES[n].split("; ")), ()) for n in names]
    true = np.array([[one == name for name in names] for one in rows["aspect"].to_list()])
    words, vocabulary = words_of(rows["text"])
    counts = count_seeds(words, vocabulary, seeds(issues))
    began = time.process_time()
    likely = learn_issues(issues, words, vocabulary, None, 0).probabilities(hashed(words, vocabulary))
    yield from _placed("ours", likely, true, time.process_time() - began)
    yield from _placed("phrases looked up", counts + 0.0, true, 0.0)
    if importlib.util.find_spec("sklearn"):
        bayes: Any = importlib.import_module("sklearn.naive_bayes")
        text: Any = importlib.import_module("sklearn.feature_extraction.text")
        began = time.process_time()
        matrix = text.CountVectorizer(analyzer=_words, min_df=3).fit_transform(normalised(rows["text"]))
        spoken = np.flatnonzero((counts > 0).sum(axis=1) == 1)
        model = bayes.ComplementNB().fit(matrix[spoken], counts[spoken].argmax(axis=1))
        found = np.full(true.shape, -np.inf)
        found[:, model.classes_] = model.predict_log_proba(matrix)
        yield from _placed("phrases → Complement NB", found, true, time.process_time() - began)


def _placed(method: str, scores: NDArray[Any], true: NDArray[np.bool_], seconds: float) -> Iterator[Result]:
    given = scores.argmax(axis=1)[:, None] == np.arange(true.shape[1])
    if method == "phrases looked up":
        given &= scores.max(axis=1, keepdims=True) > 0
    yield Result(
        "guided", "aspects, phrases alone", method, "accuracy", float((given & true).any(axis=1).mean()), seconds
    )
    yield Result("guided", "aspects, phrases alone", method, "macro-F1", macro_f1(given, true), seconds)
