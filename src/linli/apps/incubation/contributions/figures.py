"""The figures of the center's rules; a street may choose others."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.kernel.settings import Declared, declare

RULE = "社会组织十分制积分月管理制度，由街道确认"
STARS = "社会组织星级评定办法，由街道确认"
LINE: dict[str, Any] = {"source": STARS, "grade": "K", "least": Decimal(0), "most": Decimal(100), "unit": "分"}
FACTOR: dict[str, Any] = {
    "source": "考评结果与次年项目资金挂钩，由街道确认",
    "grade": "K",
    "least": Decimal(0),
    "most": Decimal(5),
}
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
    Declared(
        "incubation.stars_months_share", _("Share of the months in the stars, the review has the rest"), int, 60,
        source=STARS, grade="K", least=0, most=100, unit="%",
    ),
    Declared(
        "incubation.stars_least_months", _("Fewest settled months to be rated with stars"), int, 6, source=STARS,
        grade="K", least=1, most=12,
    ),
    Declared(
        "incubation.stars_party_least", _("Mean mark of Party work below which there are no stars"), Decimal,
        Decimal("1.2"), source=STARS, grade="K", least=Decimal(0), most=Decimal(2), unit="分",
    ),
    Declared("incubation.stars_five", _("Points for five stars"), Decimal, Decimal(90), **LINE),
    Declared("incubation.stars_four", _("Points for four stars"), Decimal, Decimal(80), **LINE),
    Declared("incubation.stars_three", _("Points for three stars"), Decimal, Decimal(70), **LINE),
    Declared("incubation.factor_five", _("Next year's factor with five stars"), Decimal, Decimal("1.10"), **FACTOR),
    Declared("incubation.factor_four", _("Next year's factor with four stars"), Decimal, Decimal("1.05"), **FACTOR),
    Declared("incubation.factor_three", _("Next year's factor with three stars"), Decimal, Decimal("1.00"), **FACTOR),
    Declared("incubation.factor_none", _("Next year's factor without stars"), Decimal, Decimal("0.90"), **FACTOR),
    Declared(
        "incubation.gate_bars_claims", _("Who fails the gate of Party work may claim no services for the year"), bool,
        False, source=STARS, grade="K",
    ),
    Declared(
        "incubation.idle_months", _("Months without anything on record after which an organization counts as inactive"),
        int, 12, source="街道社会组织“僵尸化”排查口径，由街道确认", grade="K", least=3, most=36, unit="个月",
    ),
)  # fmt: skip


def contribute() -> None:
    """Declare every figure."""
    for setting in SETTINGS:
        declare(setting)
