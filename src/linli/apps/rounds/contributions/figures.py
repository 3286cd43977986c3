"""The figures of a round a street may choose; a round copies them when it opens."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from linli.kernel.settings import Declared, Level, declare

SETTINGS = (
    Declared(
        "rounds.project_cap", _("Most a project may ask for (0: no limit)"), Decimal, Decimal(80000),
        source="某市民政局 2019 年，每项目不超过 8 万元", grade="B", least=Decimal(0),
        most=Decimal(10_000_000),
        unit="元", deepest=Level.RECORD,
    ),
    Declared(
        "rounds.per_proposer", _("Proposals of one proposer in a round (0: no limit)"), int, 1,
        source="每个组织限报一个项目", grade="B", least=0, most=100, unit="项", deepest=Level.RECORD,
    ),
    Declared(
        "rounds.brands", _("Brands of one community in a round (0: no limit)"), int, 1,
        source="一社区一品牌", grade="K", least=0, most=20, unit="个", deepest=Level.RECORD,
    ),
    Declared(
        "rounds.questionnaires", _("Questionnaires a need survey has at least"), int, 50,
        source="问需表 50—100 份（罗湖 2016）", grade="B", least=1, most=1000, unit="份",
        deepest=Level.RECORD,
    ),
    Declared(
        "rounds.quorum", _("A resolution needs more than this part of those who should attend"), int, 50,
        source="居民会议过半数出席（2026 年前的规定；现行由街道确认）", grade="K", least=0, most=99, unit="%",
        deepest=Level.RECORD,
    ),
)  # fmt: skip


def contribute() -> None:
    """Declare every figure."""
    for setting in SETTINGS:
        declare(setting)
