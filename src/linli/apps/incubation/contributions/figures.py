"""The figures of the center's rules; a street may choose others."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from linli.kernel.settings import Declared, declare

RULE = "社会组织十分制积分月管理制度，由街道确认"
SETTINGS = (
    Declared(
        "incubation.exit_line", _("Points below which a month counts towards the exit"), Decimal, Decimal("6.0"),
        source=RULE, grade="K", least=Decimal(0), most=Decimal(10), unit="分",
    ),
    Declared(
        "incubation.leave", _("What approved leave does to the months before it"), str, "暂停计算", source=RULE,
        grade="K", choices=("暂停计算", "重新计算"),
    ),
    Declared(
        "incubation.statement_days", _("Working days to state something to a draft"), int, 3, source=RULE, grade="K",
        least=1, most=15, unit="天",
    ),
    Declared(
        "incubation.objection_days", _("Working days to object to published points"), int, 5, source=RULE, grade="K",
        least=1, most=15, unit="天",
    ),
    Declared(
        "incubation.hearing_days", _("Working days to be heard about a warning or an exit"), int, 5, source=RULE,
        grade="K", least=1, most=30, unit="天",
    ),
    Declared(
        "incubation.appeal_days", _("Working days to appeal against an exit"), int, 10, source=RULE, grade="K",
        least=1, most=60, unit="天",
    ),
    Declared(
        "incubation.exit_bars_claims", _("Who left the center may claim no services"), bool, False, source=RULE,
        grade="K",
    ),
)  # fmt: skip


def contribute() -> None:
    """Declare every figure."""
    for setting in SETTINGS:
        declare(setting)
