"""Who prepares, runs and reads reviews: posts at the desk, and seats in the room."""

from typing import Any

from linli.kernel.scope import Actor, Role, clock, holds
from linli.kernel.scope.predicates import predicate

KEEPERS = (Role.STREET_OFFICER, Role.COMMUNITY_SECRETARY, Role.COMMUNITY_WORKER)
"""A street holds its sessions, a community its own (the community's selection before the street's)."""
READERS = (*KEEPERS, Role.SECTION_HEAD, Role.LEADER, Role.FINANCE_OFFICER, Role.AUDITOR)
POOL_KEEPERS = (Role.STREET_OFFICER,)
PAYERS = (Role.FINANCE_OFFICER,)

reads_reviews = holds(*READERS)
tends_reviews = holds(*KEEPERS)
reads_experts = holds(*POOL_KEEPERS, Role.SECTION_HEAD, Role.AUDITOR)
tends_experts = holds(*POOL_KEEPERS)
pays_fees = holds(*PAYERS)

organizes = clock | tends_reviews
keeps_experts = clock | tends_experts
keeps_fees = clock | pays_fees


def seated(*duties: str) -> Any:
    """True for whoever sits in the session (and panel) of the record with one of ``duties``, and has not left."""
    wanted = frozenset(duties)

    def check(actor: Actor | None, record: Any = None) -> bool:
        seat = getattr(actor, "seat", None)
        if seat is None or record is None or seat.left_at is not None or seat.duty not in wanted:
            return False
        panel = getattr(record, "panel_id", None)
        same_panel = seat.panel_id is None or panel is None or seat.panel_id == panel
        return bool(seat.session_id == record.session_id and same_panel)

    return predicate(check, name="seated:" + "|".join(sorted(wanted)))


@predicate
def is_the_judge(actor: Actor | None, record: Any = None) -> bool:
    """The actor sits in the seat the record is about."""
    seat = getattr(actor, "seat", None)
    return seat is not None and record is not None and seat.pk == record.seat_id


runs_the_room = organizes | seated("host")
keeps_time = runs_the_room | seated("timekeeper")
collects = runs_the_room | seated("counter")
types_sheets = tends_reviews | seated("host", "counter")
logs_questions = runs_the_room | seated("timekeeper", "counter", "judge")
counts = seated("counter")
supervises = seated("supervisor")
asks_correction = seated("judge", "counter")
reads_marks = seated("counter", "supervisor")
"""Marks before the reveal are read by counter and supervisor alone."""
