"""Population weights for surveys: answers weighed so that known groups count as they do in the population.

Raking (iterative proportional fitting; Deming and Stephan 1940), with limits on the weights. It mends who is over- and
underrepresented by what is known of them, never who did not answer for reasons that nobody knows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from langnghe.errors import Say, SettingError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

ROUNDS = 500
CLOSE = 1e-6
"""Rounds before raking is given up; distance from a margin, as a share, that is close enough."""

Sampling = Literal["random", "opt-in"]
"""How people came to be asked: drawn at random from a list of all, or of their own accord (every link, QR code and comment)."""


@dataclass(frozen=True)
class Weights:
    """Weights of a survey's answers.

    Attributes
    ----------
    weight : of each answer; mean 1.
    effective : how many answers of equal weight would be as sure (Kish 1965): (Σw)² / Σw².
    design_effect : answers / effective.
    sampling : how people came to be asked. Weights do not change it.
    rounds : of raking.
    limited : share of the answers whose weight lies at a limit.
    """

    weight: Floats
    effective: float
    design_effect: float
    sampling: Sampling
    rounds: int
    limited: float

    @property
    def speaks_for_population(self) -> bool:
        """Whether a share may be told of the population: only where people were drawn at random."""
        return self.sampling == "random"

    def whom(self, population: Say) -> Say:
        """Of whom a share may be told; the report uses these words and no others.

        Parameters
        ----------
        population : 'công nhân khu công nghiệp A', 'workers of zone A'.
        """
        if self.speaks_for_population:
            return population
        return Say(
            "những người đã tự chọn trả lời, đã cân theo nhóm; không nói thay cho tất cả",
            "those who chose to answer, weighed by group; not a sample of the population",
        )


def rake(
    groups: Mapping[str, Sequence[str | None]],
    margins: Mapping[str, Mapping[str, float]],
    *,
    sampling: Sampling,
    limits: tuple[float, float] = (0.2, 5.0),
) -> Weights:
    """Weigh answers so that groups have their known shares.

    Parameters
    ----------
    groups : for each margin the group of each answer; None where it is not known (such answers keep their share of that margin).
    margins : for each of them the known share of each group; shares of one margin add up to 1 (or to 100).
    sampling : how people came to be asked.
    limits : least and largest weight, as a multiple of the mean.

    Returns
    -------
    Weights, which don't depend on the order of margins, groups or answers.

    Raises
    ------
    SettingError
        A margin does not add up, a group has no answer or no known share, or no weights within the limits meet the margins.
    """
    members = {name: _members(name, groups[name], margins[name]) for name in sorted(margins)}
    number = len(next(iter(groups.values()))) if groups else 0
    weight, before = np.ones(number), np.zeros(number)
    rounds = 0
    while rounds < ROUNDS and np.abs(weight - before).max(initial=0) > CLOSE / 10:
        before, rounds = weight, rounds + 1
        for margin in members.values():
            weight = weight.copy()
            for rows, share in margin:
                weight[rows] *= share * number / weight[rows].sum()
        weight = np.clip(weight, *limits)
    _check(members, weight, limits)
    effective = float(weight.sum() ** 2 / np.square(weight).sum())
    limited = float(np.isclose(weight, limits[0]).mean() + np.isclose(weight, limits[1]).mean())
    return Weights(weight / weight.mean(), effective, number / effective, sampling, rounds, limited)


_Margin = list[tuple["NDArray[np.int64]", float]]


def _members(name: str, groups: Sequence[str | None], margin: Mapping[str, float]) -> _Margin:
    """The answers of each group of a margin, and the share that they are to have."""
    total = sum(margin.values())
    if not (abs(total - 1) < 0.005 or abs(total - 100) < 0.5) or min(margin.values()) < 0:
        raise SettingError(
            name,
            Say(f"Các tỷ lệ cộng lại được {total:g}.", f"The shares add up to {total:g}."),
            Say("Hãy sửa cho đủ 1 (hoặc 100).", "Make them add up to 1 (or 100)."),
        )
    values = np.array([*groups], dtype=object)
    known = np.flatnonzero([value is not None for value in groups])
    unknown = sorted({str(values[row]) for row in known} - set(margin))
    if unknown:
        raise _no_share(name, unknown)
    found = [(np.flatnonzero(values == group), share / total) for group, share in sorted(margin.items())]
    empty = [group for group, (rows, share) in zip(sorted(margin), found, strict=True) if share > 0 and not len(rows)]
    if empty:
        raise _no_answer(name, empty)
    told = len(known) / max(len(values), 1)
    rest = [(np.flatnonzero([value is None for value in groups]), 1 - told)] if told < 1 else []
    return [(rows, share * told) for rows, share in found if len(rows)] + rest


def _no_share(name: str, groups: list[str]) -> SettingError:
    told = ", ".join(groups)
    return SettingError(
        name,
        Say(f"Chưa có tỷ lệ của nhóm: {told}.", f"No known share for the group: {told}."),
        Say("Hãy ghi tỷ lệ, hoặc gộp vào nhóm khác.", "Give a share, or join the group with another."),
    )


def _no_answer(name: str, groups: list[str]) -> SettingError:
    told = ", ".join(groups)
    return SettingError(
        name,
        Say(f"Không có ai trả lời trong nhóm: {told}.", f"Nobody answered in the group: {told}."),
        Say(
            "Không trọng số nào nói thay họ được: hãy gộp nhóm, hoặc bỏ tiêu chí này.",
            "No weight can speak for them: join the group with another, or leave this margin out.",
        ),
    )


def _check(members: Mapping[str, _Margin], weight: Floats, limits: tuple[float, float]) -> None:
    """Refuse weights that miss a margin."""
    missed = [
        (abs(float(weight[rows].sum() / weight.sum()) - share), name)
        for name, margin in members.items()
        for rows, share in margin
    ]
    gap, name = max(missed, default=(0.0, ""))
    if gap <= 1e-3:
        return
    raise SettingError(
        name,
        Say(
            f"Trọng số từ {limits[0]:g} đến {limits[1]:g} không đạt tỷ lệ đã biết: còn lệch {100 * gap:.1f} điểm.",
            f"Weights from {limits[0]:g} to {limits[1]:g} don't meet the known shares: {100 * gap:.1f} points are left.",
        ),
        Say(
            "Hãy gộp các nhóm quá nhỏ, bỏ bớt tiêu chí, hoặc nới giới hạn.",
            "Join groups that are too small, leave out a margin, or widen the limits.",
        ),
    )
