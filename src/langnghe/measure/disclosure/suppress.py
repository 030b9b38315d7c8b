"""Which other cells to hide, so that no hidden one can be calculated: the cheapest pattern, as an integer programme.

Hidden cells are attacked; what an attack says that a safe pattern must hide becomes an inequality; the cheapest pattern that
keeps all inequalities is attacked again, until no attack succeeds (Fischetti and Salazar 2000, 'Models and algorithms for
optimizing cell suppression in tabular data with linear constraints').
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from langnghe.measure.disclosure.attack import Attacker
from langnghe.measure.disclosure.breach import TOLERANCE, Breach

if TYPE_CHECKING:
    from langnghe.measure.disclosure.system import Flags, Numbers, Positions, System

MOST_ROUNDS = 200
MOST_NODES = 5_000
"""Rounds and branches after which what has been found is taken: a pattern that is safe, if not the cheapest."""


def suppress(system: System) -> tuple[Flags, tuple[int, ...]]:
    """The cheapest safe pattern.

    Returns
    -------
    hidden : (cells,); all that can be hidden where some needs stay open.
    open : firm needs that hold under no pattern, because too much is public already.
    """
    hidden, attacker = system.hidden.copy(), Attacker(system)
    choice = np.flatnonzero(np.isfinite(system.cost) & ~system.hidden)
    cuts: list[tuple[int, Numbers, float]] = []
    lost: set[int] = set()
    for _ in range(MOST_ROUNDS):
        found = attacker.breaches(hidden)
        if not found:
            return hidden, ()
        unequal = [(breach.need, *_inequality(breach, choice, system.hidden)) for breach in found]
        gone = {need for need, weights, least in unequal if weights.sum() < least}
        if system.needs.firm[sorted(gone)].any():
            return np.isfinite(system.cost), tuple(sorted(gone))
        lost |= gone
        attacker.give_up(gone)
        cuts = [cut for cut in [*cuts, *unequal] if cut[0] not in lost]
        hidden = _cheapest(system, choice, [cut[1:] for cut in cuts]) if cuts else system.hidden.copy()
    raise ArithmeticError("no safe pattern was found")


def _inequality(breach: Breach, choice: Positions, always: Flags) -> tuple[Numbers, float]:
    """A breach as an inequality on the cells that can be chosen: what is hidden anyway is subtracted."""
    least = breach.least - float(breach.weights[always].sum())
    return np.minimum(breach.weights[choice], least), least - TOLERANCE


def _cheapest(system: System, choice: Positions, cuts: list[tuple[Numbers, float]]) -> Flags:
    """The cheapest choice that keeps all inequalities."""
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - as in `attack`

    matrix = sparse.csr_matrix(np.array([weights / least for weights, least in cuts]))
    used = np.unique(matrix.indices)
    cost = system.cost[choice[used]]
    solution = milp(
        cost + 1e-7 * np.arange(len(used)),  # of equally cheap patterns always the same one
        constraints=LinearConstraint(matrix[:, used], lb=1),
        integrality=np.ones(len(used)),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 0.0, "node_limit": MOST_NODES},
    )
    hidden = system.hidden.copy()
    hidden[choice[used[solution.x > 0.5]]] = True
    return hidden
