"""The two registers of data protection as forms to print, sign and file."""

from datetime import date, datetime

from django.utils import timezone

from linli.apps.people.models import DataIncident, ImpactAssessment
from linli.kernel.documents import Cell, Grid, Layout, Opinion, Paper


def _said(value: date | datetime | None) -> str:
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    return f"{value:%Y-%m-%d}" if value else ""


def _lines(*rows: tuple[str, str, float]) -> Grid:
    return Grid([[Cell(label, label=True, tall=tall), Cell(text, 3)] for label, text, tall in rows], 4)


def assessment_paper(row: ImpactAssessment, *, unit: str) -> Paper:
    """个人信息保护影响评估报告 (PIPL Art. 55, 56)."""
    grid = _lines(
        ("拟开展的处理", row.title, 10),
        ("情形", row.get_ground_display() if row.ground else "", 10),
        ("目的、方式是否合法、正当、必要", row.lawful, 40),
        ("对个人权益的影响及安全风险", row.effects, 40),
        ("保护措施是否合法、有效并与风险程度相适应", row.measures, 40),
        ("结论", row.conclusion, 20),
        ("评估日期", _said(row.made_on), 10),
        ("保存至", f"{_said(row.kept_until)}（个人信息保护法第五十六条，至少三年）", 10),
    )
    return Paper(Layout.FORM, "个人信息保护影响评估报告", unit, row.made_on, "", [grid, Opinion("负责人\n意见")])


def incident_paper(row: DataIncident, *, unit: str) -> Paper:
    """个人信息安全事件报告 (PIPL Art. 57)."""
    grid = _lines(
        ("事件", row.title, 10),
        ("发现时间", _said(row.found_at), 10),
        ("涉及的信息种类", row.kinds, 10),
        ("原因和可能造成的危害", row.cause, 40),
        ("补救措施和个人可以采取的措施", row.measures, 40),
        ("通知履行个人信息保护职责的部门", _said(row.authority_told_at) or "尚未通知", 10),
        ("通知个人", _said(row.people_told_at) or row.why_not_told, 20),
    )
    day = timezone.localdate(row.found_at)
    return Paper(Layout.FORM, "个人信息安全事件报告", unit, day, "", [grid, Opinion("负责人\n意见")])
