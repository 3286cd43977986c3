"""Real elections over budgets with the winners that another program found, where they lie beside the project."""

import json
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from linli.algorithms.allocation import Completion, Election, Outcome, Utility, equal_shares, greedy, phragmen, read_pb

BUDGETS = Path(os.environ.get("LINLI_DATA", Path(__file__).resolve().parents[3] / "shared" / "data")) / "budgets"
MISSING = "the public elections are not beside the project (LINLI_DATA)"
RULES: dict[str, Callable[[Election], Outcome]] = {
    "greedy_cost": greedy,
    "greedy_card": lambda one: greedy(one, utility=Utility.CARDINALITY),
    "greedy_addcard": lambda one: greedy(one, utility=Utility.POINTS),
    "mes_cost": equal_shares,
    "mes_card": lambda one: equal_shares(one, utility=Utility.CARDINALITY),
    "mes_addcard": lambda one: equal_shares(one, utility=Utility.POINTS),
    "mes_cost_add1": lambda one: equal_shares(one, completion=Completion.ADD1),
    "phragmen": phragmen,
}


def references() -> list[dict[str, Any]]:
    """One row an election: its file, and winners by rule (or ``timeout``)."""
    with (BUDGETS / "reference.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def compared(rows: Sequence[dict[str, Any]]) -> Iterator[tuple[str, str, bool]]:
    """(file, rule, whether the winners are the same) for everything the rows know."""
    for row in rows:
        known = [rule for rule in RULES if isinstance(row.get(rule), list)]
        if known:
            read = read_pb(BUDGETS / "instances" / row["file"]).election
            yield from ((row["file"], rule, RULES[rule](read).winners == row[rule]) for rule in known)
