"""The proposal form (申报书) in Word or Excel: its fields, what stands in them when it leaves, what they give back."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import override

from linli.apps.rounds.kinds import heads
from linli.apps.rounds.models import LineSource, Proposal, ProviderKind, Round, WordKind
from linli.apps.rounds.queries import words_of
from linli.apps.rounds.services import IndicatorText, Line
from linli.kernel.tables import Column, Type
from linli.kernel.tables.bound import BoundForm, Grid

WORDS = (
    ("category", "类别", WordKind.CLASS),
    ("direction", "方向", WordKind.DIRECTION),
    ("theme", "年度主题", WordKind.THEME),
)  # fmt: skip
NOTE = "请在右侧填写，不要改动左侧栏目名称和表单编号；金额单位为元。留空的栏目不改变系统中已有内容。"


def _chinese(choices: Iterable[tuple[Any, Any]]) -> tuple[tuple[str, str], ...]:
    with override("zh-hans"):
        return tuple((str(value), str(label)) for value, label in choices)


def _lines() -> Grid:
    columns = (
        Column("head", "预算科目", Type.CHOICE, required=True, choices=tuple(heads().items())),
        Column("item", "支出内容", required=True, max_length=80),
        Column("unit_price", "单价", Type.DECIMAL, required=True, least=0),
        Column("quantity", "数量", Type.DECIMAL, required=True, least=0),
        Column("unit", "计量单位", max_length=12),
        Column("source", "资金来源", Type.CHOICE, choices=_chinese(LineSource.choices), note="不填为申请资金"),
        Column("grounds", "测算依据", max_length=200),
    )
    return Grid("lines", "预算明细", columns, rows=10, most=100)


INDICATORS = Grid(
    "indicators",
    "绩效指标",
    (
        Column("name", "指标名称", required=True, max_length=80),
        Column("baseline", "基线值", Type.DECIMAL, required=True),
        Column("target", "目标值", Type.DECIMAL, required=True),
        Column("unit", "单位", required=True, max_length=12),
        Column("due_on", "完成期限", Type.DATE, required=True),
    ),
    rows=6,
    most=100,
)


def form_of(intake: Round) -> BoundForm:
    """The form of a round: its own classes, directions and themes are offered. Three queries."""
    offered = [
        Column(key, title, Type.CHOICE, choices=tuple((str(pk), word) for pk, word in rows))
        for key, title, kind in WORDS
        if (rows := list(words_of(intake, kind).values_list("pk", "title")))
    ]
    fields = (
        Column("title", "项目名称", max_length=80, synonyms=("名称",)),
        *offered,
        Column("provider", "实施主体", Type.CHOICE, choices=_chinese(ProviderKind.choices)),
        Column("contact_name", "负责人", max_length=60),
        Column("contact_phone", "联系电话", max_length=30, synonyms=("电话",)),
        Column("site", "实施地点", max_length=120),
        Column("starts_on", "开始日期", Type.DATE),
        Column("ends_on", "结束日期", Type.DATE),
        Column("background", "背景与需求", max_length=3000),
        Column("goal", "项目目标", max_length=2000),
        Column("beneficiaries", "受益人群", max_length=120),
        Column("beneficiary_count", "受益人数", Type.WHOLE, least=1),
        Column("steps", "内容与步骤", max_length=4000),
        Column("party_role", "党组织作用与参与力量", max_length=2000),
        Column("risks", "风险与应对", max_length=2000),
        Column("sustainability", "可持续性", max_length=2000),
        Column("asked", "申请资金（元）", Type.DECIMAL, least=0),
        Column("own", "自筹资金（元）", Type.DECIMAL, least=0),
    )
    return BoundForm("rounds.proposal", "项目申报书", fields, (_lines(), INDICATORS), NOTE)


def given(proposal: Proposal, form: BoundForm) -> dict[str, Any]:
    """What stands in the form when it leaves; the person in charge does not: a paper goes through many hands."""
    values = {
        column.key: _json(getattr(proposal, f"{column.key}_id", None) or getattr(proposal, column.key))
        for column in form.fields
        if not column.key.startswith("contact_")
    }
    for grid, rows in (("lines", proposal.lines.all()), ("indicators", proposal.indicators.all())):
        keys = [column.key for column in next(one for one in form.grids if one.key == grid).columns]
        values[grid] = [{key: _json(getattr(row, key)) for key in keys} for row in rows]
    return values


def _json(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return value if value is None or isinstance(value, str | int) else str(value)


def columns_of(form: BoundForm, values: Mapping[str, Any], wrong: Collection[str]) -> dict[str, Any]:
    """Columns of the proposal as the services take them: what is empty, or wrong, changes nothing."""
    found = {}
    words = {key for key, _title, _kind in WORDS}
    for column in form.fields:
        value = values.get(column.key)
        if value in ("", None) or column.key in wrong:
            continue
        if column.key in words:
            found[column.key] = value
        elif column.type is Type.DATE:
            found[column.key] = date.fromisoformat(value)
        else:
            found[column.key] = Decimal(value) if column.type is Type.DECIMAL else value
    return found


def lines_of(rows: Iterable[Mapping[str, Any]]) -> list[Line]:
    """Rows of the budget as the services take them."""
    return [Line(**{**row, "source": row.get("source") or LineSource.ASKED}) for row in rows]


def indicators_of(rows: Iterable[Mapping[str, Any]]) -> list[IndicatorText]:
    """Rows of indicators as the services take them."""
    return [
        IndicatorText(
            row["name"], Decimal(row["baseline"]), Decimal(row["target"]), row["unit"],
            date.fromisoformat(row["due_on"]),
        )
        for row in rows
    ]  # fmt: skip
