"""Verbs of projects."""

from linli.apps.ledger.services import Line
from linli.apps.projects.services.beginning import begin_from_award, enter_directly, link_agreement
from linli.apps.projects.services.budget import set_budget
from linli.apps.projects.services.changing import (
    ChangeText,
    approve_change,
    file_change,
    refuse_change,
    request_change,
    withdraw_change,
)
from linli.apps.projects.services.content import set_groups, set_partners
from linli.apps.projects.services.earlier import DAYS, DECIMALS, TEXTS, take_over_earlier, take_over_scores
from linli.apps.projects.services.ending import record_recovery, terminate
from linli.apps.projects.services.following import follow_decision
from linli.apps.projects.services.midterm import (
    call_midterm,
    confirm_fixed,
    hand_in_midterm,
    run_midterms,
    score_midterm,
)
from linli.apps.projects.services.outcomes import (
    TeamPart,
    add_outcome,
    form_task_team,
    record_growth,
    report_task_team,
)
from linli.apps.projects.services.progress import (
    ask_evidence,
    count_from_records,
    give_evidence,
    reach_milestone,
    record_actual,
    set_indicators,
)
from linli.apps.projects.services.reporting import report_progress
from linli.apps.projects.services.shape import GroupText, IndicatorText, PartnerText, ProjectText
from linli.apps.projects.services.state import resume, suspend
from linli.apps.projects.services.visiting import FindingText, VisitText, settle_finding, visit

__all__ = [
    "DAYS",
    "DECIMALS",
    "TEXTS",
    "ChangeText",
    "FindingText",
    "GroupText",
    "IndicatorText",
    "Line",
    "PartnerText",
    "ProjectText",
    "TeamPart",
    "VisitText",
    "add_outcome",
    "approve_change",
    "ask_evidence",
    "begin_from_award",
    "call_midterm",
    "confirm_fixed",
    "count_from_records",
    "enter_directly",
    "file_change",
    "follow_decision",
    "form_task_team",
    "give_evidence",
    "hand_in_midterm",
    "link_agreement",
    "reach_milestone",
    "record_actual",
    "record_growth",
    "record_recovery",
    "refuse_change",
    "report_progress",
    "report_task_team",
    "request_change",
    "resume",
    "run_midterms",
    "score_midterm",
    "set_budget",
    "set_groups",
    "set_indicators",
    "set_partners",
    "settle_finding",
    "suspend",
    "take_over_earlier",
    "take_over_scores",
    "terminate",
    "visit",
    "withdraw_change",
]
