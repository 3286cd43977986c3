"""The figures by which projects are looked after; a street may choose others."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.settings import Declared, declare

BUDGET = "公益招投标项目评估指标体系：预算变更≤5%、5%—10%、>10%"
CALENDAR = "区财政局支出进度通报，由街道确认"
SETTINGS = (
    Declared(
        "projects.change_small", _("A change is small up to this per cent of the budget"), int, 5, source=BUDGET,
        grade="B", least=1, most=50, unit="%",
    ),
    Declared(
        "projects.change_middle", _("A change is middle up to this per cent of the budget"), int, 10, source=BUDGET,
        grade="B", least=1, most=100, unit="%",
    ),
    Declared(
        "projects.fix_days", _("Days to put right what the mid-term evaluation found"), int, 15,
        source="中期评估 60—79 分限期整改", grade="NF", least=1, most=90, unit="天",
    ),
    Declared(
        "projects.rate_june", _("Share of the money spent by 30 June"), int, 50, source=CALENDAR, grade="K", least=0,
        most=100, unit="%",
    ),
    Declared(
        "projects.rate_september", _("Share of the money spent by 30 September"), int, 75, source=CALENDAR, grade="K",
        least=0, most=100, unit="%",
    ),
    Declared(
        "projects.last_voucher_day", _("Last day for vouchers (day of December)"), int, 15, source=CALENDAR, grade="K",
        least=1, most=31,
    ),
    Declared(
        "projects.behind", _("Money lamp: points of a per cent behind the time gone by"), int, 25,
        source="看板提示，可调", grade="NF", least=5, most=100, unit="%",
    ),
    Declared(
        "projects.december", _("Tell where December takes more than this share of the year"), int, 30,
        source="防止年底突击花钱", grade="K", least=5, most=100, unit="%",
    ),
    Declared(
        "projects.one_supplier", _("Tell where one supplier takes more than this share"), int, 50,
        source="防止拆分采购、单一供应商", grade="K", least=5, most=100, unit="%",
    ),
    Declared(
        "projects.rate_good", _("Satisfaction lamp is green from this share"), int, 85, source="看板提示，可调",
        grade="NF", least=50, most=100, unit="%",
    ),
    Declared(
        "projects.rate_poor", _("Satisfaction lamp is red below this share"), int, 60, source="看板提示，可调",
        grade="NF", least=10, most=100, unit="%",
    ),
)  # fmt: skip


def contribute() -> None:
    """Declare every figure."""
    for setting in SETTINGS:
        declare(setting)
