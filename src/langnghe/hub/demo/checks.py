"""Checks of the demo: some of the example check desk, through the same steps as any claim, by two invented people; then published."""

from __future__ import annotations

import json
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from langnghe.check.desk import Desk, DeskSettings
from langnghe.check.publish import publish
from langnghe.clean.masks import mask_text
from langnghe.errors import Say
from langnghe.hub.demo.examples import example

if TYPE_CHECKING:
    from langnghe.hub.instance import Instance

HOW_MANY = 12
ABOUT = DeskSettings(
    "Bàn kiểm chứng tỉnh Ví Dụ (thử: mọi bài là bịa)",
    url="https://vidu.example.org/checks",
    funding=Say("Bản thử, không có nguồn tiền nào.", "A demo: nobody pays for it."),
    contact="kiemchung@example.org",
)
WRITER, READER = ("Lan (thử)", "cán bộ kiểm chứng"), ("Minh (thử)", "người đọc lại")


def make_checks(instance: Instance) -> None:
    """Publish them into the folder of the instance. The desk itself is thrown away: a federation's own is kept where its officers work."""
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk.create(Path(folder) / "desk")
        for number, row in enumerate(chosen()):
            desk = _checked(desk, row, number)
        made = Path(folder) / "pages"
        publish(replace(desk, settings=ABOUT), made)
        shutil.copytree(made, instance.checks, dirs_exist_ok=True)


def chosen() -> list[dict[str, Any]]:
    """The claims: the first ones of different topics whose sources somebody has read."""
    rows = [json.loads(line) for line in example("checks.jsonl").decode().splitlines()]
    read = [row for row in rows if row["sources"] and all(source.get("verified") for source in row["sources"])]
    return sorted(read, key=lambda row: sum(one["topic"] == row["topic"] for one in read[: read.index(row)]))[:HOW_MANY]


def _checked(desk: Desk, row: dict[str, Any], number: int) -> Desk:
    """Take a claim through all steps."""
    at = iter(f"{row['date']}T{8 + step // 6:02}:{10 * (step % 6):02}:00+07:00" for step in range(60))
    who, role = WRITER
    desk = desk.receive(row["claim"], who=who, role=role, at=next(at), mask=mask_text)
    draft = {name: row[name] for name in ("verdict", "summary", "title", "explanation")}
    cited = [("evidence", {"law": str(one["law"]), **_place(one)}) for one in row["sources"]]
    steps = [("triage", {"kind": "checkable"}), *cited, ("draft", draft)]
    for act, said in steps:
        desk = desk.act(f"c-{number + 1:04}", act, said, who=who, role=role, at=next(at))
    for act in ("read", "publish"):
        desk = desk.act(f"c-{number + 1:04}", act, {}, who=READER[0], role=READER[1], at=next(at))
    return desk


def _place(source: dict[str, Any]) -> dict[str, Any]:
    """Article and clause of a source, as the desk takes them."""
    return {
        "article": str(source.get("article", "")),
        "clause": str(source.get("clause", "")),
        "verified": bool(source.get("verified")),
        "url": str(source.get("url", "")),
    }
