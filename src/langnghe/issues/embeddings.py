"""Embeddings from outside: one more view of the texts for discovery, off by default.

Nothing is downloaded: a model is a folder that somebody put there. An endpoint gets masked texts, and only when the setting
`send_masked_texts_to` names its host.
"""

from __future__ import annotations

import importlib
import json
import os
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

import numpy as np

from langnghe.errors import Say, SettingError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

KINDS = ("model2vec", "sentence-transformers", "openai")
"""What `embeddings` may begin with, before a colon: two libraries with the folder of a model, and a service with its address."""

KEY = "LANGNGHE_EMBEDDINGS_KEY"
"""The environment variable that holds the key of an endpoint: keys are in no file of a study."""

AT_ONCE, PATIENCE, LARGEST = 64, 120, 64 << 20
"""Texts per request; seconds until an endpoint is given up; bytes of an answer that are read."""

_NEAR = frozenset({"localhost", "127.0.0.1", "::1"})


class Embedder(Protocol):
    """Turns texts into points."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Points of some masked texts: float32 array (texts × dimensions)."""
        ...


def open_embedder(setting: str, send_to: str = "") -> Embedder:
    """Open what a setting names.

    Parameters
    ----------
    setting : 'model2vec:FOLDER', 'sentence-transformers:FOLDER' or 'openai:ADDRESS MODEL', where ADDRESS + '/embeddings' takes
        requests as OpenAI's does.
    send_to : host that may get masked texts; it has to be the one of ADDRESS.

    Raises
    ------
    SettingError
        The setting says none of these, the folder or the library is missing, or the endpoint's host is not `send_to`.
    """
    kind, _, rest = setting.partition(":")
    if kind == "openai":
        return _endpoint(rest, send_to)
    if kind not in KINDS or not rest:
        raise _fault(
            f"không biết '{kind}'",
            f"'{kind}' is not known",
            "Hãy viết 'model2vec:THƯ_MỤC', 'sentence-transformers:THƯ_MỤC' hoặc 'openai:ĐỊA_CHỈ MÔ_HÌNH'.",
            "Write 'model2vec:FOLDER', 'sentence-transformers:FOLDER' or 'openai:ADDRESS MODEL'.",
        )
    folder = Path(rest)
    if not folder.is_dir():
        raise _fault(
            f"không có thư mục mô hình {rest}",
            f"there is no folder of a model {rest}",
            "Máy không tải mô hình từ mạng; hãy chép thư mục mô hình về máy trước.",
            "No model is downloaded; copy its folder to this machine first.",
        )
    return _Model2Vec(folder) if kind == "model2vec" else _SentenceTransformers(folder)


def checked(points: Any, texts: int) -> NDArray[np.float32]:  # noqa: ANN401 - whatever came from outside
    """Points from outside, as float32 rows of length one (zero stays zero).

    Raises
    ------
    SettingError
        They are no finite table with a row per text.
    """
    try:
        table = np.asarray(points, dtype=np.float32)
    except (TypeError, ValueError, OverflowError):
        table = np.zeros(0, dtype=np.float32)
    if table.ndim != 2 or len(table) != texts or not table.shape[1] or not np.isfinite(table).all():
        raise _fault(
            "trả về thứ không phải bảng số đúng kích thước",
            "gave back what is no table of numbers of the right size",
            "Hãy thử mô hình khác, hoặc bỏ 'embeddings'.",
            "Try another model, or leave 'embeddings' out.",
        )
    length = np.linalg.norm(table.astype(np.float64), axis=1, keepdims=True)
    return np.asarray(table / np.maximum(length, 1e-12), dtype=np.float32)


def _fault(vi: str, en: str, mend_vi: str, mend_en: str) -> SettingError:
    return SettingError("embeddings", Say(f"{vi}.", f"{en}."), Say(mend_vi, mend_en))


# --- models on this machine -------------------------------------------------------------------------------------------


def _library(name: str, package: str) -> Any:  # noqa: ANN401 - a library that need not be there
    try:
        return importlib.import_module(name)
    except ImportError:
        raise _fault(
            f"chưa cài thư viện {package}",
            f"the library {package} is not installed",
            f"Hãy cài: pip install {package} (model2vec có sẵn trong langnghe[embeddings]).",
            f"Install it: pip install {package} (model2vec comes with langnghe[embeddings]).",
        ) from None


def _opened(load: Any, folder: Path) -> Any:  # noqa: ANN401 - a model of a library that need not be there
    try:
        return load()
    except Exception as error:  # noqa: BLE001 - whatever a library raises on a folder that is none of its models
        raise _fault(
            f"không mở được mô hình trong {folder} ({type(error).__name__})",
            f"the model in {folder} can't be opened ({type(error).__name__})",
            "Hãy kiểm tra thư mục mô hình.",
            "Check the folder of the model.",
        ) from None


class _Model2Vec:
    """A static model of model2vec: a table of tokens, added up. No network, no graphics card, the same on every machine."""

    def __init__(self, folder: Path) -> None:
        library = _library("model2vec", "model2vec")
        self._model = _opened(lambda: library.StaticModel.from_pretrained(str(folder), force_download=False), folder)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See `Embedder`."""
        return checked(self._model.encode(list(texts), use_multiprocessing=False), len(texts))


class _SentenceTransformers:
    """A model of sentence-transformers, on the processor."""

    def __init__(self, folder: Path) -> None:
        library = _library("sentence_transformers", "sentence-transformers")
        load = library.SentenceTransformer
        self._model = _opened(lambda: load(str(folder), device="cpu", local_files_only=True), folder)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See `Embedder`."""
        return checked(self._model.encode(list(texts), show_progress_bar=False, convert_to_numpy=True), len(texts))


# --- an endpoint ------------------------------------------------------------------------------------------------------


def _endpoint(rest: str, send_to: str) -> Embedder:
    address, _, model = rest.partition(" ")
    parts = urlsplit(address)
    host = parts.hostname or ""
    if parts.scheme != "https" and not (parts.scheme == "http" and host in _NEAR):
        raise _fault(
            "địa chỉ phải bắt đầu bằng https://",
            "the address has to begin with https://",
            "Chỉ máy này (localhost) mới được dùng http://.",
            "Only this machine (localhost) may be asked by http://.",
        )
    if not model.strip() or parts.username or parts.query:
        raise _fault(
            "cần địa chỉ, một dấu cách và tên mô hình",
            "an address, a space and the name of a model are needed",
            f"Ví dụ 'openai:https://may-chu.vn/v1 ten-mo-hinh'; khoá để trong biến môi trường {KEY}.",
            f"Such as 'openai:https://server.example/v1 model-name'; the key goes into the environment variable {KEY}.",
        )
    if host != send_to:
        raise _fault(
            f"sẽ gửi các ý kiến (đã che) ra khỏi máy này, tới {host}, mà chưa ai cho phép",
            f"would send the (masked) texts out of this machine to {host}, and nobody has allowed it",
            f'Nếu thật sự muốn, hãy đặt send_masked_texts_to = "{host}" trong study.toml.',
            f'If you mean it, set send_masked_texts_to = "{host}" in study.toml.',
        )
    return Endpoint(f"{address.rstrip('/')}/embeddings", model.strip())


def _opener() -> OpenerDirector:
    """An opener that follows no redirection: texts go to the host that was named and to no other."""
    opener = OpenerDirector()
    for handler in (ProxyHandler, HTTPHandler, HTTPSHandler, HTTPDefaultErrorHandler, HTTPErrorProcessor):
        opener.add_handler(handler())
    return opener


@dataclass(frozen=True)
class Endpoint:
    """A service that answers as OpenAI's embeddings do. What it gives back need not be the same each time."""

    address: str
    model: str

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See `Embedder`. Texts are sent in their order, `AT_ONCE` at a time."""
        parts = [self._ask(list(texts[i : i + AT_ONCE])) for i in range(0, len(texts), AT_ONCE)]
        return checked([row for part in parts for row in part], len(texts))

    def _ask(self, texts: list[str]) -> list[list[float]]:
        body = json.dumps({"model": self.model, "input": texts}).encode()
        headers = {"Content-Type": "application/json"}
        if os.environ.get(KEY):
            headers["Authorization"] = f"Bearer {os.environ[KEY]}"
        try:
            request = Request(self.address, body, headers)  # noqa: S310 - the scheme was looked at in `_endpoint`
            with _opener().open(request, timeout=PATIENCE) as answer:
                rows = json.loads(answer.read(LARGEST))["data"]
            return [row["embedding"] for row in sorted(rows, key=lambda row: row["index"])]
        except (URLError, HTTPException, OSError, ValueError, KeyError, TypeError) as error:
            if isinstance(error, HTTPError):
                error.close()
            raise _fault(
                f"không lấy được câu trả lời từ {urlsplit(self.address).hostname} ({type(error).__name__})",
                f"no answer could be had from {urlsplit(self.address).hostname} ({type(error).__name__})",
                "Hãy kiểm tra địa chỉ, khoá và mạng, hoặc bỏ 'embeddings'.",
                "Check the address, the key and the network, or leave 'embeddings' out.",
            ) from None
