from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest

from desk_rows import at, published
from langnghe.check.claimreview import check_review, claim_review
from langnghe.check.importing import import_reviews, read_reviews
from langnghe.check.publish import make_pages, publish
from langnghe.clean.masks import mask_text
from langnghe.errors import CheckFailed, InputError

if TYPE_CHECKING:
    from pathlib import Path

    from langnghe.check.desk import Desk

HOSTILE = 'Thử việc không lương </script><script>alert(1)</script> "x" & <b>, theo luật'


def pages(desk: Desk) -> dict[str, str]:
    return {page.path: page.data.decode("utf-8-sig") for page in make_pages(desk, "vi")}


def scripts(page: str) -> list[str]:
    return re.findall(r"<script[^>]*>(.*?)</script>", page, re.DOTALL)


def test_a_page_has_what_readers_need(tmp_path: Path) -> None:
    page = pages(published(tmp_path))["checks/c-0001.html"]
    for part in (
        "Sai",
        "Khoản 3 Điều 168 Bộ luật Lao động 45/2019/QH14",
        "01/07/2026",
        "vai của lan",
        "vai của minh",
        "@media print",
    ):
        assert part in page
    assert "lan (" not in page
    assert not re.search(r'(?:src|href)="https?://(?!vidu)', page)


def test_one_claim_review_a_page_and_it_is_good(tmp_path: Path) -> None:
    desk = published(tmp_path)
    (data,) = scripts(pages(desk)["checks/c-0001.html"])
    review = json.loads(data)
    assert check_review(review) == []
    assert (review["reviewRating"]["alternateName"], review["reviewRating"]["ratingValue"]) == ("Sai", 1)
    assert all(scripts(page) == [] for path, page in pages(desk).items() if "/" not in path and path.endswith("html"))


def test_nothing_that_was_typed_ends_a_script_or_begins_a_tag(tmp_path: Path) -> None:
    desk = published(tmp_path, HOSTILE)
    page = pages(desk)["checks/c-0001.html"]
    (data,) = scripts(page)
    assert json.loads(data)["claimReviewed"] == HOSTILE
    assert "<script>alert" not in page
    assert "<b>" not in page


def test_an_empty_claim_review_is_refused(tmp_path: Path) -> None:
    assert len(check_review({})) == 11
    desk = published(tmp_path)
    review = claim_review(desk.file("c-0001"), desk.settings, "vi")
    for name in ("url", "claimReviewed", "author", "reviewRating", "datePublished", "citation"):
        assert check_review({key: value for key, value in review.items() if key != name})
    with pytest.raises(CheckFailed, match="url"):
        claim_review(desk.file("c-0001"), replace(desk.settings, url=""), "vi")


def test_feed_and_data_can_be_read(tmp_path: Path) -> None:
    made = pages(published(tmp_path, HOSTILE))
    feed = ET.fromstring(made["feed.xml"])  # noqa: S314 - our own
    assert len(feed.findall("{http://www.w3.org/2005/Atom}entry")) == 1
    assert json.loads(made["checks.json"])[0]["verdict"] == "false"
    assert next(iter(csv.DictReader(io.StringIO(made["checks.csv"]))))["claim"] == HOSTILE


def test_a_retracted_check_says_so_and_leaves_feed_and_data(tmp_path: Path) -> None:
    desk = published(tmp_path).act("c-0001", "retract", {"reason": "Nguồn sai."}, who="lan", role="r", at=at(50))
    made = pages(desk)
    assert "Nguồn sai." in made["checks/c-0001.html"]
    assert scripts(made["checks/c-0001.html"]) == []
    assert "Nguồn sai." in made["corrections.html"]
    assert json.loads(made["checks.json"]) == []


def test_a_correction_stands_at_the_head_of_its_page(tmp_path: Path) -> None:
    desk = published(tmp_path)
    for act, who in (("draft", "lan"), ("read", "minh"), ("publish", "minh")):
        said = (
            {"verdict": "misleading", "summary": "Chỉ một phần.", "correction": "Thêm điều kiện."}
            if act == "draft"
            else {}
        )
        desk = desk.act("c-0001", act, said, who=who, role="r", at=at(50))
    page = pages(desk)["checks/c-0001.html"]
    assert page.index("Thêm điều kiện.") < page.index("Gây hiểu nhầm</span>")
    assert json.loads(scripts(page)[0])["dateModified"] == "2026-07-01"


def test_a_desk_without_an_address_publishes_nothing(tmp_path: Path) -> None:
    desk = published(tmp_path / "desk")
    with pytest.raises(CheckFailed, match="url"):
        publish(replace(desk, settings=replace(desk.settings, url="")), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_the_feed_is_atom(tmp_path: Path) -> None:
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ET.fromstring(pages(published(tmp_path))["feed.xml"])  # noqa: S314 - our own
    for part in (feed, *feed.findall(f"{atom}entry")):
        assert all(part.findtext(f"{atom}{name}") for name in ("id", "title", "updated"))
        assert urlsplit(part.findtext(f"{atom}id") or "").scheme == "https"
        dt.datetime.fromisoformat(part.findtext(f"{atom}updated") or "")
    assert feed.findtext(f"{atom}author/{atom}name")
    assert [link.get("rel") for link in feed.findall(f"{atom}link")] == ["self"]


def test_pages_on_method_corrections_and_funding(tmp_path: Path) -> None:
    made = pages(published(tmp_path))
    assert "Gây hiểu nhầm" in made["method.html"]
    assert {"index.html", "corrections.html", "funding.html"} <= set(made)
    assert "c-0001.html" in made["index.html"]


def test_the_same_desk_gives_the_same_bytes(tmp_path: Path) -> None:
    desk = published(tmp_path / "desk")
    one, two = (publish(desk, tmp_path / name) for name in ("a", "b"))
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]


def imported(tmp_path: Path, value: Any, name: str = "feed.json") -> Any:
    path = tmp_path / name
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return read_reviews(path)


GOOD = {
    "@type": "ClaimReview", "claimReviewed": "Bỏ thi bằng lái xe", "url": "https://vidu.vn/1", "author": {"name": "Toà soạn A"},
    "datePublished": "2026-01-02T00:00:00Z", "reviewRating": {"alternateName": "Sai sự thật", "ratingValue": "1"},
}  # fmt: skip


def test_what_we_publish_can_be_read_again(tmp_path: Path) -> None:
    page = pages(published(tmp_path))["checks/c-0001.html"]
    (check,) = imported(tmp_path, page, "page.html").checks
    assert (check.claim, check.verdict, check.date) == ("Từ 1/7 bỏ rút BHXH một lần", "false", dt.date(2026, 7, 1))


def test_what_a_desk_publishes_as_data_another_desk_imports_under_its_name(tmp_path: Path) -> None:
    (tmp_path / "ha-noi.json").write_text(pages(published(tmp_path / "one"))["checks.json"], encoding="utf-8")
    (check,) = import_reviews(tmp_path / "ha-noi.json", tmp_path / "two", mask_text).checks
    assert (check.id, check.publisher, check.verdict) == ("ha-noi-c-0001", "Bàn kiểm chứng", "false")
    assert check.sources[0].citation().startswith("Khoản 3 Điều 168")


@pytest.mark.parametrize(
    ("change", "odd", "verdict"),
    [
        ({}, {}, "false"),
        ({"reviewRating": None}, {"no_rating": 1}, ""),
        ({"reviewRating": {"alternateName": "4 Pinocchios"}}, {"unknown_rating": 1}, ""),
        (
            {"reviewRating": {"ratingValue": "one", "bestRating": 5, "worstRating": "1"}},
            {"rating_in_words": 1},
            "false",
        ),
        (
            {"reviewRating": {"ratingValue": 9, "bestRating": 5, "worstRating": 1}},
            {"rating_outside": 1, "unknown_rating": 1},
            "",
        ),
        ({"reviewRating": [{"alternateName": "TRUE."}]}, {}, "true"),
        ({"datePublished": None}, {"no_date": 1}, "false"),
        ({"datePublished": "hôm qua"}, {"unreadable_date": 1}, "false"),
        ({"datePublished": "02/01/2026"}, {}, "false"),
        ({"author": None}, {"no_publisher": 1}, "false"),
        ({"url": ""}, {"no_address": 1}, "false"),
        ({"claimReviewed": ["<p>Bỏ thi &amp; bằng lái</p>"]}, {}, "false"),
    ],
)
def test_feeds_as_they_really_are(tmp_path: Path, change: dict[str, Any], odd: dict[str, int], verdict: str) -> None:
    read = imported(tmp_path, {"dataFeedElement": [{"item": [{**GOOD, **change}]}]})
    assert (dict(read.odd), read.checks[0].verdict) == (odd, verdict)


def test_broken_lines_and_repeats_are_counted(tmp_path: Path) -> None:
    lines = [json.dumps(GOOD), "{broken", json.dumps(GOOD), json.dumps({**GOOD, "claimReviewed": ""})]
    read = imported(tmp_path, "\n".join(lines), "dump.jsonl")
    assert (len(read.checks), dict(read.odd)) == (1, {"no_claim": 1, "not_json": 1, "twice": 1})


def test_a_file_without_a_claim_review_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No ClaimReview"):
        imported(tmp_path, {"@type": "NewsArticle"})


def test_imported_claims_on_persons_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps([GOOD, {**GOOD, "claimReviewed": "Ông Nguyễn Văn Tuấn bị bắt"}]), encoding="utf-8")
    read = import_reviews(path, tmp_path, mask_text)
    assert (len(read.checks), read.odd["names_person"]) == (1, 1)
