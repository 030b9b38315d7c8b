"""Embeddings from outside: opened from folders, asked from endpoints, and never a text sent that nobody allowed."""

from __future__ import annotations

import importlib.util
import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import langnghe as ln
from invented import invented_rows, write_rows
from langnghe.errors import SettingError
from langnghe.issues.embeddings import AT_ONCE, KEY, checked, open_embedder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WORDS = "[UNK] pin sạc cơm canh".split()


class Service(BaseHTTPRequestHandler):
    """Answers as OpenAI's embeddings do, last text first: how many words, and whether one is 'pin'."""

    asked: list[dict[str, Any]] = []  # noqa: RUF012 - emptied by each test's server
    keys: list[str | None] = []  # noqa: RUF012
    status = 200

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        asked = json.loads(self.rfile.read(length))
        self.asked.append(asked | {"path": self.path})
        self.keys.append(self.headers["Authorization"])
        rows = [
            {"index": n, "embedding": [len(text.split()), float("pin" in text)]}
            for n, text in enumerate(asked["input"])
        ]
        self.send_response(self.status)
        if self.status == 307:
            self.send_header("Location", "http://127.0.0.1:9/elsewhere")
        self.end_headers()
        self.wfile.write(json.dumps({"data": rows[::-1]}).encode())

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:  # type: ignore[explicit-override]
        """Say nothing."""


@contextmanager
def serving(status: int = 200) -> Iterator[tuple[str, type[Service]]]:
    service = type("Asked", (Service,), {"asked": [], "keys": [], "status": status})
    with HTTPServer(("127.0.0.1", 0), service) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/v1", service
        finally:
            server.shutdown()
            thread.join()


def tiny_model(folder: Path) -> Path:
    """A model of four words, made on the spot."""
    tokenizers: Any = pytest.importorskip("tokenizers", reason="NOT CHECKED: pip install langnghe[embeddings]")
    model2vec: Any = pytest.importorskip("model2vec", reason="NOT CHECKED: pip install langnghe[embeddings]")
    models = tokenizers.models
    tokenizer = tokenizers.Tokenizer(models.WordLevel({word: n for n, word in enumerate(WORDS)}, unk_token=WORDS[0]))
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    table = np.array([[0, 0], [1, 0], [3, 0], [0, 1], [0, 2]], dtype=np.float32)
    model2vec.StaticModel(table, tokenizer, normalize=False).save_pretrained(str(folder))
    return folder


def test_a_model2vec_model_is_read_from_its_folder(tmp_path: Path) -> None:
    embedder = open_embedder(f"model2vec:{tiny_model(tmp_path / 'model')}")
    points = embedder.embed(["pin sạc", "cơm canh", "pin cơm", "lạ"])
    assert points.dtype == np.float32
    assert np.allclose(points, [[1.0, 0.0], [0.0, 1.0], [0.70710678, 0.70710678], [0.0, 0.0]], atol=1e-6)


@pytest.mark.skipif(
    importlib.util.find_spec("sentence_transformers") is None,
    reason="NOT CHECKED: pip install sentence-transformers",
)
def test_a_sentence_transformers_model_is_read_from_its_folder(tmp_path: Path) -> None:
    library: Any = importlib.import_module("sentence_transformers")
    static = library.models.StaticEmbedding.from_model2vec(str(tiny_model(tmp_path / "static")))
    library.SentenceTransformer(modules=[static], device="cpu").save(str(tmp_path / "model"))
    points = open_embedder(f"sentence-transformers:{tmp_path / 'model'}").embed(["pin sạc", "cơm canh"])
    assert np.allclose(points, [[1, 0], [0, 1]], atol=1e-6)


def test_a_folder_that_holds_no_model_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("model2vec", reason="NOT CHECKED: pip install langnghe[embeddings]")
    with pytest.raises(SettingError, match="can't be opened"):
        open_embedder(f"model2vec:{tmp_path}")


def test_an_endpoint_is_asked_in_order_and_its_answer_put_into_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY, "bí-mật".encode("ascii", "ignore").decode())
    texts = ["pin yếu"] + ["cơm"] * AT_ONCE
    with serving() as (address, service):
        points = open_embedder(f"openai:{address} tiny", "127.0.0.1").embed(texts)
    assert [len(asked["input"]) for asked in service.asked] == [AT_ONCE, 1]
    assert {(asked["model"], asked["path"]) for asked in service.asked} == {("tiny", "/v1/embeddings")}
    assert set(service.keys) == {"Bearer b-mt"}
    assert np.allclose(points[0], np.array([2, 1]) / 5**0.5)
    assert np.allclose(points[1:], [1, 0])


def test_a_study_sends_masked_texts_of_its_sample_and_no_others(tmp_path: Path) -> None:
    rows = [row | {"Nội dung": f"{row['Nội dung']} gọi 0912 000 345 nha"} for row in invented_rows(200)]
    path = write_rows(tmp_path / "binh-luan.csv", rows)
    with serving() as (address, service):
        outside = ln.Settings(
            (str(path),), codebook="none", embeddings=f"openai:{address} tiny", send_masked_texts_to="127.0.0.1"
        )
        study = ln.Study.create(tmp_path / "q3", settings=outside)
        ln.find_issues(study)
        ln.save_report(ln.Study.open(tmp_path / "q3"), tmp_path / "q3.json")
    sent = [text for asked in service.asked for text in asked["input"]]
    copies = ln.find_copies(study)
    assert len(sent) == copies["copy_of"].n_unique()  # each message once, and once for both runs
    assert not any("0912" in text for text in sent)
    assert set(sent) <= set(ln.clean_texts(study)["text"])


def test_by_default_nothing_is_embedded(comments: Path, tmp_path: Path) -> None:
    study = ln.Study.create(tmp_path / "q3", settings=ln.Settings((str(comments),)))
    assert "embeddings" not in (tmp_path / "q3" / "study.toml").read_text(encoding="utf-8")
    assert study.settings.embeddings == study.settings.send_masked_texts_to == ""


@pytest.mark.parametrize("allowed", ["", "localhost", "example.vn"])
def test_no_text_is_sent_to_a_host_that_nobody_named(allowed: str) -> None:
    with serving() as (address, service), pytest.raises(SettingError, match="nobody has allowed it"):
        open_embedder(f"openai:{address} tiny", allowed).embed(["pin"])
    assert service.asked == []


def test_texts_follow_no_redirection_and_no_fault_quotes_them() -> None:
    with serving(307) as (address, _), pytest.raises(SettingError) as refused:
        open_embedder(f"openai:{address} tiny", "127.0.0.1").embed(["lời riêng"])
    assert "riêng" not in refused.value.sentence("vi") + refused.value.sentence("en")


def test_an_endpoint_that_is_gone_is_a_fault_that_names_its_host() -> None:
    with serving() as (address, _):
        pass
    with pytest.raises(SettingError, match=r"127\.0\.0\.1"):
        open_embedder(f"openai:{address} tiny", "127.0.0.1").embed(["pin"])


@pytest.mark.parametrize(
    "setting",
    [
        "word2vec:model",
        "model2vec:",
        "model2vec:no/such/folder",
        "openai:http://server.example/v1 tiny",
        "openai:ftp://localhost/v1 tiny",
        "openai:https://server.example/v1",
        "openai:https://key:secret@server.example/v1 tiny",
        "gì đó",
    ],
)
def test_a_setting_that_names_nothing_is_refused(setting: str) -> None:
    with pytest.raises(SettingError, match="embeddings"):
        open_embedder(setting, "server.example")


@pytest.mark.parametrize(
    "points", [[[1.0]], [[1.0], [float("nan")]], [[], []], [1.0, 2.0], [[1.0], [1.0, 2.0]], "no", None]
)
def test_what_is_no_table_of_numbers_is_refused(points: Any) -> None:
    with pytest.raises(SettingError, match="right size"):
        checked(points, 2)
