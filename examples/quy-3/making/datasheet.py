"""README.md of the example study: its datasheet, with the counts as they are."""

from __future__ import annotations

from collections import Counter
from string import Template
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from making.nouns import Row

_PAGE = Template("""\
# quy-3: bộ ví dụ của Lắng Nghe · the example study

Tệp này do `assemble.py` viết. · This file is written by `assemble.py`.

## Tiếng Việt

**Đây là gì.** $rows bình luận của $accounts tài khoản, 13 tuần (29/6–27/9/2026), 5 nguồn, $places tỉnh, thành. **Tất cả là
bịa**: từng câu do những người làm dự án nghĩ ra và viết tay cho bộ ví dụ này, không chép ở đâu; tên tài khoản được ghép từ
các âm tiết; công ty, khu công nghiệp, số điện thoại, căn cước, tài khoản… đều không có thật. Chỉ tên tỉnh, thành là thật.

**Làm thế nào.** `texts/` có các câu viết tay kèm nhãn (chủ đề, cách lên tiếng, ngành, nơi, nguồn, dữ liệu cá nhân, tin sai);
`texts/days.csv` cho biết câu nào chỉ có thể nói vào ngày nào. `assemble.py` giao mỗi câu cho một tài khoản, một tuần, một giờ
(hạt giống cố định). `python assemble.py --check` cho biết các tệp có đúng là do nó viết ra không.

**Tệp.** `comments.csv`: như một cán bộ xuất ra. `truth.jsonl`: nhãn của từng dòng, cùng thứ tự. `truth.json`: những gì được
cài vào. Số dòng là số dòng trong bảng tính; tiêu đề là dòng 1.

**Được cài vào.** Một thông điệp chép chung ($shared_rows dòng, $shared_accounts tài khoản, 5 tuần, $wordings cách viết); một đợt
bùng lên về bữa ăn ca ($burst_rows dòng, Đồng Nai, hai tuần từ 7/9); $greetings câu chào nhiều người viết giống nhau; ba tin sai
($claims dòng, gồm cả người hỏi và người bác); $pii dữ liệu cá nhân bịa; $nameless dòng không rõ tên. Vì sao các tin là sai chỉ được
ghi sơ lược và **chưa được kiểm chứng**.

**Không dùng để** viết từ gợi ý, bộ khởi đầu hay huấn luyện mô hình của Lắng Nghe; không dùng để nói bất cứ điều gì về công
nhân Việt Nam. Số đo trên bộ này phải ghi 'trên văn bản bịa'.

## English

**What it is.** $rows comments by $accounts accounts over 13 weeks (29 June – 27 September 2026), 5 sources, $places provinces
and cities. **All of it is invented**: every text was thought up and written by hand for this study by the project, and copied
from nowhere; names of accounts are put together from syllables; firms, industrial zones, phones, ids and bank accounts do not
exist. Only the provinces are real.

**How it is made.** `texts/` holds the hand-written texts with their labels (issues, reaction, sector, place, source, personal
data, false claim); `texts/days.csv` says on which days a text that names one may be said. `assemble.py` gives each text an
account, a week and an hour (fixed seed). `python assemble.py --check` says whether the files are what it would write.

**Files.** `comments.csv`: what an officer would have exported. `truth.jsonl`: the labels of each row, in the same order.
`truth.json`: what is planted. Row numbers are those of a spreadsheet; the header is row 1.

**Planted.** A shared message ($shared_rows rows, $shared_accounts accounts, 5 weeks, $wordings wordings); a burst about meals
($burst_rows rows, Đồng Nai, the two weeks from 7 September; it also raises health and bonus there); $greetings greetings that
several people write alike; three false claims ($claims rows, among them people who ask or deny); $pii invented personal data;
$nameless rows without a name. Why the claims are false is said in short and **not verified**.

**Not to be used** for writing seeds, the starter set or training of Lắng Nghe: its texts and labels never enter them; nor for
saying anything about workers in Viet Nam. Figures on it say 'on invented texts'. The labels were set by the writers of the
texts, once; nobody has coded them a second time.

## Số dòng · rows

| chủ đề · issue | n | | cách lên tiếng · reaction | n |
|---|--:|---|---|--:|
$first_table

| nguồn · source | n | | nơi · place | n |
|---|--:|---|---|--:|
$second_table

## Giấy phép · licence

CC BY 4.0: 'Lắng Nghe, example study quy-3'.
""")


def write(rows: Sequence[Row], facts: Mapping[str, Any]) -> str:
    """Write the datasheet."""
    texts = [row.said.written for row in rows]
    issues = Counter(issue for text in texts for issue in text.issues) + Counter(
        {"—": sum(not text.issues for text in texts)}
    )
    places = Counter(row.said.place for row in rows)
    return _PAGE.substitute(
        rows=f"{len(rows):,}".replace(",", " "),
        accounts=facts["accounts"]["named"],
        places=len(places),
        shared_rows=facts["shared_message"]["rows"],
        shared_accounts=facts["shared_message"]["accounts"],
        wordings=facts["shared_message"]["distinct_wordings"],
        burst_rows=facts["burst"]["rows"],
        greetings=sum(group["rows"] for group in facts["copies"] if group["kind"] == "greeting"),
        claims=sum(claim["rows"] for claim in facts["claims"]),
        pii=sum(len(values) for values in facts["personal_data"].values()),
        nameless=sum(facts["accounts"]["rows_without_a_name"].values()),
        first_table=_beside(_ranked(issues), _ranked(Counter(text.reaction for text in texts))),
        second_table=_beside(_ranked(Counter(row.said.source for row in rows)), _joined(places)),
    )


def _ranked(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _joined(places: Mapping[str, int]) -> list[tuple[str, int]]:
    """The places with most rows, and the others as one."""
    ranked = _ranked(places)
    return [*ranked[:12], (f"{len(ranked) - 12} nơi khác · others", sum(rows for _, rows in ranked[12:]))]


def _beside(left: Sequence[tuple[str, int]], right: Sequence[tuple[str, int]]) -> str:
    """Two lists of counts side by side as lines of a Markdown table."""
    blank = [("", 0)] * abs(len(left) - len(right))
    pairs = zip([*left, *blank], [*right, *blank], strict=False)
    return "\n".join(f"| {_cells(one)} | | {_cells(two)} |" for one, two in _told(pairs))


def _told(
    pairs: Iterable[tuple[tuple[str, int], tuple[str, int]]],
) -> Iterable[tuple[tuple[str, int], tuple[str, int]]]:
    return (pair for pair in pairs if any(name for name, _ in pair))


def _cells(pair: tuple[str, int]) -> str:
    return f"{pair[0]} | {pair[1] or ''}"
