"""Reads of the closing review: the file and what it lacks, the gate, grades, what became of advice, the archive."""

from linli.apps.projects.queries.closing.completeness import SECTIONS, Item, Whole, completeness
from linli.apps.projects.queries.closing.files import (
    closing_visible_to,
    facts_of,
    gate_of,
    grade_of,
    sections_asked,
    steps_in,
    waiting_advice,
)
from linli.apps.projects.queries.closing.gate import GateFacts, GateRule, Lack, lacks
from linli.apps.projects.queries.closing.grading import Step, read_steps, step_of

__all__ = [
    "SECTIONS",
    "GateFacts",
    "GateRule",
    "Item",
    "Lack",
    "Step",
    "Whole",
    "closing_visible_to",
    "completeness",
    "facts_of",
    "gate_of",
    "grade_of",
    "lacks",
    "read_steps",
    "sections_asked",
    "step_of",
    "steps_in",
    "waiting_advice",
]
