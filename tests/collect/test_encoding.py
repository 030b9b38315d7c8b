"""Letters of a file, whatever its bytes."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langnghe.collect.encoding import decode, detect
from langnghe.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

SAID = "nội dung,ngày\nLương tháng này chậm quá, mọi người ơi,12/09/2026\nĐược tăng ca đều nhưng mệt lắm ạ,13/09/2026\n"


def in_1258(text: str) -> bytes:
    """Vietnamese in Windows-1258: letters with their shape, then the tone as a mark of its own."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    out = []
    for letter in unicodedata.normalize("NFC", text):
        apart = unicodedata.normalize("NFD", letter)
        shape = unicodedata.normalize("NFC", "".join(sign for sign in apart if sign not in tones))
        out.append(shape + "".join(sign for sign in apart if sign in tones))
    return "".join(out).encode("cp1258")


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (SAID.encode(), "utf-8"),
        (SAID.encode("utf-8-sig"), "utf-8-sig"),
        (SAID.encode("utf-16"), "utf-16-le"),
        (b"\xfe\xff" + SAID.encode("utf-16-be"), "utf-16-be"),
        (SAID.encode("utf-16-le"), "utf-16-le"),
        (SAID.encode("utf-16-be"), "utf-16-be"),
        (in_1258(SAID), "windows-1258"),
    ],
)
def test_encodings(tmp_path: Path, raw: bytes, encoding: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(raw)
    decoded = decode(path)
    text = (decoded.data or raw.removeprefix(b"\xef\xbb\xbf")).decode()
    assert decoded.encoding == encoding
    assert unicodedata.normalize("NFC", text) == SAID
    assert not decoded.repaired


@pytest.mark.parametrize(
    ("raw", "text", "repaired"),
    [
        (b"a,b\nx\xff\xfey,1\n", "a,b\nx\ufffd\ufffdy,1\n", {"bad_bytes": 2}),
        ("ý kiến,1\n".encode() * 9 + b"th\xe1\xba,2\n", "ý kiến,1\n" * 9 + "th\ufffd,2\n", {"bad_bytes": 1}),
        (b"a,b\nx\0y,1\n", "a,b\nxy,1\n", {"nul_bytes": 1}),
        ("a\ufffdb\0\n".encode(), "a\ufffdb\n", {"nul_bytes": 1}),
    ],
)
def test_broken_bytes_are_counted(tmp_path: Path, raw: bytes, text: str, repaired: dict[str, int]) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(raw)
    decoded = decode(path)
    assert decoded.data is not None
    assert (decoded.data.decode(), dict(decoded.repaired)) == (text, repaired)


def test_a_few_nul_bytes_make_no_utf_16() -> None:
    assert detect("a\ufffdb\0\n".encode(), "a.csv") == "utf-8"


def test_a_binary_file_is_refused() -> None:
    with pytest.raises(InputError):
        detect(bytes(range(256)) * 20, "a.csv")


@given(st.binary(max_size=300))
def test_any_bytes_have_an_encoding_or_are_binary(raw: bytes) -> None:
    try:
        encoding = detect(raw, "a.csv")
    except InputError:
        return
    assert encoding in {"utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "windows-1258"}


@given(st.text(alphabet="abc ăâđêôơưáàảãạấầẩẫậ,\n", min_size=30))
def test_utf_8_is_never_taken_for_something_else(text: str) -> None:
    assert detect(text.encode(), "a.csv") == "utf-8"
