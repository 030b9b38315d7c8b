"""Who says what: texts are given to accounts, most of which speak once and a few up to nine times."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from making.nouns import BURST, FEEDBACK_LINE, GENERAL, GREETINGS, MESSAGE, SOURCES, Person, Said, Written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from making.chance import Dice

VERBATIM = 50
"""Rows of the shared message as it was first written."""
MESSAGE_ROWS = 130
MESSAGE_REPEATS = 12
"""Rows of the shared message, and how many of them come from an account that has sent it before."""
BURST_REPEATS = 6

_SIZES = (1, 2, 3, 4, 5, 6, 7, 8, 9)
_SIZE_WEIGHTS = (640, 130, 80, 50, 36, 14, 10, 8, 8)
_FULL = 4
"""An account with more texts than this is given no part of what is planted."""
_HIDDEN = {(BURST, 7), ("tay_nam_bo", 113), ("tay_nam_bo", 189), ("trung", 164)}
"""Texts whose writers ask not to be named."""
_GENERIC = (("Ẩn danh", (FEEDBACK_LINE,), 40), ("Người dùng Facebook", ("Facebook",), 17), ("", SOURCES[1:4], 12))
_MESSAGE_PLACES = {
    "Đồng Nai": 16,
    "TP.HCM": 12,
    "Tây Ninh": 6,
    "Bắc Ninh": 3,
    "Đồng Tháp": 3,
    "Cần Thơ": 2,
    "Vĩnh Long": 2,
    "Hải Phòng": 2,
    "Đà Nẵng": 2,
    "Hưng Yên": 1,
    "Thái Nguyên": 1,
}
_MESSAGE_SOURCES = {"Facebook": 31, "TikTok": 7, "YouTube": 4, "Báo điện tử": 3, "Đường dây góp ý": 5}
_MESSAGE_SECTORS = ("may mặc", "điện tử", "da giày", "gỗ")


@dataclass(frozen=True)
class Cast:
    """People, and what each of them says. A number in `Said.who` is a place in `people`."""

    people: tuple[Person, ...]
    said: tuple[Said, ...]

    def add(self, person: Person | None, said: Said) -> Cast:
        """Add what is said, by a new person where one is given."""
        people = self.people if person is None else (*self.people, person)
        return Cast(people, (*self.said, said))


def cast(texts: Mapping[str, Sequence[Written]], dice: Dice) -> Cast:
    """Give every text to an account."""
    general = _general([text for name in GENERAL for text in texts[name]], dice)
    message = _with_message(general, texts[MESSAGE], dice)
    burst = _with_burst(message, texts[BURST], dice)
    return _with_greetings(burst, texts[GREETINGS], dice)


def _general(texts: Sequence[Written], dice: Dice) -> Cast:
    nameless = _nameless(texts, dice)
    cells: dict[tuple[str, str], list[Written]] = defaultdict(list)
    for text in dice.shuffled(texts):
        if text not in nameless:
            cells[text.place, text.sector].append(text)
    people: list[Person] = []
    said = [_say(text, None, generic) for text, generic in nameless.items()]
    for cell in sorted(cells):
        for run in _runs(sorted(cells[cell], key=_manner), dice):
            people.append(Person(*cell, run[0].source))
            said += [_say(text, len(people) - 1) for text in run]
    return Cast(tuple(people), tuple(said))


def _nameless(texts: Sequence[Written], dice: Dice) -> dict[Written, str]:
    """Texts under a generic name: whose writers ask for it or name somebody in the text, and some others."""
    found = {text: "Ẩn danh" for text in texts if _hides(text)}
    for generic, sources, rows in _GENERIC:
        among = [text for text in dice.shuffled(texts) if text.source in sources and text not in found]
        have = sum(name == generic for name in found.values())
        found |= dict.fromkeys(among[: rows - have], generic)
    return found


def _hides(text: Written) -> bool:
    names = any(kind == "name" for kind, _ in text.pii)
    return (text.file, text.line) in _HIDDEN or (names and text.source == FEEDBACK_LINE)


def _manner(text: Written) -> tuple[int, bool]:
    """By source, and by whether it is typed with diacritics: an account mostly keeps to both."""
    return SOURCES.index(text.source), text.text.isascii()


def _runs(texts: Sequence[Written], dice: Dice) -> Iterable[Sequence[Written]]:
    at = 0
    while at < len(texts):
        size = dice.weigh(_SIZES, _SIZE_WEIGHTS)
        yield texts[at : at + size]
        at += size


def _say(text: Written, who: int | None, generic: str = "") -> Said:
    return Said(text, who, generic, text.place, text.sector, text.source)


def _with_message(before: Cast, texts: Sequence[Written], dice: Dice) -> Cast:
    verbatim = [_verbatim(texts[0], dice) for _ in range(VERBATIM)]
    variants = [*texts[1:], *dice.shuffled(texts[1:])]
    now, senders = before, list[int]()
    for text in [*verbatim, *variants[: MESSAGE_ROWS - VERBATIM]][: MESSAGE_ROWS - MESSAGE_REPEATS]:
        now, who = _given(now, text, dice, _near(text, senders), _FULL)
        senders.append(who)
    return _repeated(now, variants[MESSAGE_ROWS - VERBATIM - MESSAGE_REPEATS : MESSAGE_ROWS - VERBATIM], senders, dice)


def _verbatim(text: Written, dice: Dice) -> Written:
    """The message as it was first written, sent from some place."""
    return replace(
        text,
        place=dice.weigh(tuple(_MESSAGE_PLACES), tuple(_MESSAGE_PLACES.values())),
        source=dice.weigh(tuple(_MESSAGE_SOURCES), tuple(_MESSAGE_SOURCES.values())),
        sector=dice.pick(_MESSAGE_SECTORS),
    )


def _with_burst(before: Cast, texts: Sequence[Written], dice: Dice) -> Cast:
    hidden = [text for text in texts if _hides(text)]
    mixed = dice.shuffled([text for text in texts if text not in hidden])
    now, speakers = before, list[int]()
    for text in mixed[BURST_REPEATS:]:
        now, who = _given(now, text, dice, _same(text, speakers), _FULL)
        speakers.append(who)
    again = _repeated(now, mixed[:BURST_REPEATS], speakers, dice)
    return Cast(again.people, (*again.said, *(_say(text, None, "Ẩn danh") for text in hidden)))


def _with_greetings(before: Cast, texts: Sequence[Written], dice: Dice) -> Cast:
    now, speakers = before, list[int]()
    talk = [each for each in before.said if each.source != FEEDBACK_LINE]
    for greeting in [text for text in texts for _ in range(text.times)]:
        like = dice.pick(talk)
        spoken = replace(greeting, place=like.place, sector=like.sector, source=like.source)
        now, who = _given(now, spoken, dice, _same(spoken, speakers), 2)
        speakers.append(who)
    return now


def _near(text: Written, taken: Sequence[int]) -> Callable[[int, Person], bool]:
    """Fits people of the text's place and source: what is copied says nothing of their sector."""
    return lambda who, person: who not in taken and (person.place, person.source) == (text.place, text.source)


def _same(text: Written, taken: Sequence[int]) -> Callable[[int, Person], bool]:
    wanted = Person(text.place, text.sector, text.source)
    return lambda who, person: who not in taken and person == wanted


def _given(
    before: Cast, text: Written, dice: Dice, suits: Callable[[int, Person], bool], most: int
) -> tuple[Cast, int]:
    """Give a text to somebody who has spoken before (in half of the cases, where one suits) or to a new person."""
    spoken: dict[int, int] = defaultdict(int)
    for said in before.said:
        if said.who is not None:
            spoken[said.who] += 1
    among = [who for who, person in enumerate(before.people) if suits(who, person) and spoken[who] <= most]
    if among and dice.share() < 0.5:
        who = dice.pick(among)
        person = before.people[who]
        return before.add(None, Said(text, who, "", person.place, person.sector, person.source)), who
    who = len(before.people)
    return before.add(Person(text.place, text.sector, text.source), _say(text, who)), who


def _repeated(before: Cast, texts: Sequence[Written], speakers: Sequence[int], dice: Dice) -> Cast:
    """Give texts to some of those who have spoken already, each one more."""
    now, left = before, dice.shuffled(speakers)
    for text in texts:
        near = [who for who in left if before.people[who].place == text.place] or left
        left.remove(near[0])
        person = before.people[near[0]]
        now = now.add(None, Said(text, near[0], "", person.place, person.sector, person.source))
    return now
