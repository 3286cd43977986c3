"""Calibration: scores as if every judge were equally strict; how sure the ranks are; how judges agree."""

from linli.algorithms.calibration.agreement import concordance, leave_one_out, spreads
from linli.algorithms.calibration.effects import Effects, Intervals, fit, rank_intervals
from linli.algorithms.calibration.marks import Marks, ranks

__all__ = [
    "Effects",
    "Intervals",
    "Marks",
    "concordance",
    "fit",
    "leave_one_out",
    "rank_intervals",
    "ranks",
    "spreads",
]
