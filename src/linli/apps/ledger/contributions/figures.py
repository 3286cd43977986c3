"""The formula by which a street sets the quotas of its communities, and the limits of what is spent."""

from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.apps.ledger.kinds import COUNTED
from linli.kernel.settings import Declared, declare

CITY = "rules §2: 成都 2018 年，城市社区 10 万元 + 每百人 1500 元"
COUNTRY = "rules §2: 成都 2018 年，涉农社区（村）25 万元 + 每百人 4000 元"
OWN = "街道自定"
MOST = Decimal(100_000_000)


def _yuan(name: str, title: Promise, default: int, source: str, grade: str) -> Declared:
    return Declared(
        f"ledger.{name}", title, Decimal, Decimal(default), source=source, grade=grade, least=Decimal(0), most=MOST,
        unit="元",
    )  # fmt: skip


SETTINGS = (
    Declared(
        "ledger.quota_figure", _("What the quota of a community counts"), str, next(iter(COUNTED)), source=CITY,
        grade="B", choices=tuple(COUNTED),
    ),
    Declared(
        "ledger.quota_each", _("Residents or households that count as one group"), int, 100, source=CITY, grade="B",
        least=1, most=100_000,
    ),
    _yuan("quota_base", _("Base of the quota of a community"), 100_000, CITY, "B"),
    _yuan("quota_per", _("For every full group of a community"), 1_500, CITY, "B"),
    _yuan("quota_village_base", _("Base of the quota of a village"), 250_000, COUNTRY, "B"),
    _yuan("quota_village_per", _("For every full group of a village"), 4_000, COUNTRY, "B"),
    _yuan("quota_floor", _("Least quota of a community (0: none)"), 0, OWN, "K"),
    _yuan("quota_cap", _("Largest quota of a community (0: none)"), 0, OWN, "K"),
    _yuan("training_each", _("Most that training or an event may cost for one person (0: none)"), 0, OWN, "NF"),
    _yuan("labour_each", _("Largest fee for one day or session (0: none)"), 0, OWN, "NF"),
    Declared(
        "ledger.line_overrun", _("By how much a budget line may be passed with an explanation"), int, 10,
        source="rules §3", grade="B", least=0, most=100, unit="%",
    ),
    Declared(
        "ledger.refused_words", _("Words that show a use the street refuses, with 、 between them"), str, "",
        source=OWN, grade="K",
    ),
)  # fmt: skip


def contribute() -> None:
    """Declare every figure."""
    for setting in SETTINGS:
        declare(setting)
