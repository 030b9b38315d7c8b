"""The numbers to reach, by task, data and metric."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Target:
    """A bound: at least `value`, or at most where `most` is True."""

    value: float
    most: bool = False

    def reached(self, value: float) -> bool:
        """Whether a value keeps the bound."""
        return value <= self.value if self.most else value >= self.value


def sentence(target: Target | None) -> str:
    """A target as the page prints it: '≥ 0.95', or nothing."""
    if target is None:
        return ""
    return f"{'≤' if target.most else '≥'} {target.value:g}"


_NUMBERS = ("phone", "email", "id_number", "social_insurance_number", "bank_account", "profile_link", "handle")

TARGETS: dict[tuple[str, str, str], Target] = {
    **{
        ("claims", f"example desk (invented){kind}", metric): target
        for kind in ("", ", folded")
        for metric, target in (("false suggestions", Target(0.08, most=True)), ("true ones shown", Target(0.65)))
    },
    ("claims", "CheckThat 2022 2A, English, test", "MAP@5"): Target(0.91),
    ("claims", "ALQAC", "recall@10"): Target(0.95),
    ("claims", "ALQAC, stripped", "recall@10"): Target(0.95),
    **{
        ("disclosure", data, "small cells narrowed"): Target(0.0, most=True)
        for data in (
            "linked tables",
            "1,000 random linked tables",
            *(f"{name}, slices of 300 texts" for name in ("reviews", "feedback", "aspects")),
        )
    },
    **{
        ("disclosure", "200 pairs of reports", metric): Target(0.0, most=True)
        for metric in ("small growths narrowed", "small cells of either narrowed")
    },
    ("copies", "planted, 20k", "B³ precision"): Target(0.995),
    ("copies", "planted, 20k", "B³ recall"): Target(0.965),
    ("teencode", "normalisation, dev", "token accuracy"): Target(0.93),
    **{
        ("stripped", f"feedback, dev, {label}", "weighted F1 lost by stripping"): Target(0.01, most=True)
        for label in ("sentiment", "topic")
    },
    ("discovery", "aspects", "NMI, mean of 5 seeds"): Target(0.60),
    ("discovery", "aspects", "NMI, SD of 5 seeds"): Target(0.02, most=True),
    ("discovery", "stackoverflow", "NMI, mean of 5 seeds"): Target(0.74),
    ("discovery", "searchsnippets", "NMI, mean of 5 seeds"): Target(0.60),
    **{
        ("stability", f"{data}, 10 % more texts", "candidates that keep their id"): Target(0.90)
        for data in ("aspects", "stackoverflow")
    },
    ("hidden", "aspects", "F1 of hidden issues, mean"): Target(0.70),
    ("hidden", "aspects", "F1 of hidden issues, lowest"): Target(0.50),
    **{
        (
            "expected",
            f"starter set, {learnt} learnt",
            f"{error}: share of trial studies below the most that is stated",
        ): Target(0.95)
        for learnt in ("all other parts", "few parts")
        for error in ("issues given wrongly", "texts said to have no issue that have one")
    },
    ("example", "quy-3", "macro-F1 of issues"): Target(0.75),
    ("example", "quy-3, stripped", "macro-F1 of issues"): Target(0.72),
    **{
        ("shared", f"feedback, {strength}, {level} planted", "inflation left"): Target(0.05, most=True)
        for strength in ("verbatim", "lightly edited")
        for level in ("1%", "5%", "10%", "30%")
    },
    **{
        ("shared", data, "share of texts flagged"): Target(0.02, most=True)
        for data in ("feedback", "reviews", "aspects", "shop")
    },
    ("redrawn", "quy-3, 200 redraws of 300", "intervals that hold the planted share"): Target(0.90),
    ("intervals", "all", "mean coverage"): Target(0.94),
    ("intervals", "all", "mean coverage beyond 0.97"): Target(0, most=True),
    ("intervals", "n = 100", "lowest coverage"): Target(0.91),
    ("intervals", "n = 300", "lowest coverage"): Target(0.92),
    ("intervals", "all", "texts saved at equal width, median times"): Target(1.25),
    ("intervals", "all", "width over the undivided sample's, largest"): Target(1, most=True),
    ("intervals", "n = 300", "error in points"): Target(2, most=True),
    **{
        ("trends", f"{world}, within the {within}", metric): target
        for world in ("Poisson", "moderate", "heavy", "autocorrelated", "a missing week", "Tết")
        for within in ("week", "report")
        for metric, target in (
            ("weeks with a false alarm", Target(0.1, most=True)),
            ("power over the oracle's", Target(0.9)),
        )
    },
    ("guided", "feedback, dev, sentiment", "weighted F1"): Target(0.925),
    ("guided", "feedback, dev, topic", "weighted F1"): Target(0.885),
    **{
        ("guided", f"feedback, dev, {label}", "calibration error"): Target(0.03, most=True)
        for label in ("sentiment", "topic")
    },
    **{
        ("guided", f"feedback, dev, {label}", "weighted F1 lost by stripping"): Target(0.01, most=True)
        for label in ("sentiment", "topic")
    },
    ("guided", "aspects, phrases alone", "accuracy"): Target(0.80),
    ("guided", "aspects, phrases alone", "macro-F1"): Target(0.77),
    ("example", "quy-3", "calibration error of issues"): Target(0.03, most=True),
    ("example", "quy-3, 300 coded", "sample-averaged F1 of issues"): Target(0.80),
    ("masks", "clean", "share of words masked"): Target(0.02, most=True),
    ("masks", "name, full", "covered"): Target(0.85),
    ("masks", "names.jsonl, full names", "covered"): Target(0.85),
    ("masks", "names.jsonl", "share of other words masked"): Target(0.02, most=True),
    **{("masks", kind, "covered"): Target(0.995) for kind in _NUMBERS},
}
"""What a result has to reach; a result without an entry is told for its own sake."""
