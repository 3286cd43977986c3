"""The papers 20–23 of documents.md: visit, progress table, change request, mid-term; in Chinese only."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from linli.apps.projects.models import ChangeRequest, MidTerm, ProgressReport, Project, Span, SupervisionVisit
from linli.apps.projects.queries import Proposed
from linli.kernel.documents import Cell, Column, FilledBy, Grid, Layout, Opinion, Paper, Rows, Signatures

HEADINGS = (
    "项目编号", "项目名称", "实施主体", "预算", "已支出", "执行率", "活动场次", "活动人次", "指标完成", "问题",
    "下步安排",
)  # fmt: skip
VERDICTS = {"continue": "继续", "fix": "整改", "stop": "停止"}


def _label(text: str) -> Cell:
    return Cell(text, label=True)


def day_of(day: date | None) -> str:
    """2026年7月1日, or nothing."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def _money(amount: Decimal) -> str:
    return f"{amount:,.2f}"


def _kept(project: Project, layout: Layout, title: str, blocks: list[Any], *, day: date, address: str) -> Paper:
    """A paper of one project: its street, day, number, and the code that leads to it."""
    office = f"{project.street.name}办事处"
    return Paper(layout, title, office, day, project.number, blocks, inside=True, address=address)


def _heads(project: Project) -> list[list[Cell]]:
    return [
        [_label("项目名称"), Cell(project.title), _label("项目编号"), Cell(project.number)],
        [_label("实施主体"), Cell(str(project.carried_by)), _label("实施地点"), Cell(project.place.name)],
    ]


def visit_form(visit: SupervisionVisit, *, address: str) -> Paper:
    """20 督导（走访）记录表."""
    project = visit.project
    findings = "\n".join(f"{row.number}. {row.text}（{day_of(row.due)}前整改）" for row in visit.findings.all())
    rows = [
        *_heads(project),
        [_label("走访日期"), Cell(day_of(visit.visited_on)), _label("走访方"), Cell(str(visit.get_side_display()))],
        [_label("走访人员"), Cell(visit.visitors, 3)],
        [_label("进度情况"), Cell(visit.progress, 3, tall=24)],
        [_label("经费情况"), Cell(visit.money, 3, tall=18)],
        [_label("档案情况"), Cell(visit.records, 3, tall=18)],
        [_label("问题及整改时限"), Cell(findings or "无", 3, tall=30)],
        [_label("建议"), Cell(visit.advice, 3, tall=20)],
    ]
    blocks: list[Any] = [Grid(rows, 4, (1, 2, 1, 2)), Signatures(["走访人员", "项目负责人"])]
    return _kept(project, Layout.FORM, "督导（走访）记录表", blocks, day=visit.visited_on, address=address)


def progress_rows(reports: Iterable[ProgressReport]) -> list[list[Any]]:
    """One row a report, in the order of the headings."""
    return [
        [
            row.project.number, row.project.title, str(row.project.carried_by), row.budget, row.spent,
            f"{row.spent * 100 / row.budget:.1f}%" if row.budget else "—", row.sessions, row.person_times,
            f"{row.reached}/{row.indicators}", row.problems, row.next_steps,
        ]
        for row in reports
    ]  # fmt: skip


def progress_table(
    rows: Sequence[Sequence[Any]], *, span: str, begins_on: date, office: str, day: date, address: str
) -> Paper:
    """21 项目进度月（季）报表."""
    widths = (1.7, 2.4, 2.2, 1.4, 1.4, 1, 1, 1, 1, 2, 2)
    aligned = ("left", "left", "left", "right", "right", "right", "right", "right", "center", "left", "left")
    columns = [Column(*one) for one in zip(HEADINGS, widths, aligned, strict=True)]
    shown = [[*row[:3], _money(row[3]), _money(row[4]), *row[5:]] for row in rows]
    budget, spent = (sum((row[place] for row in rows), Decimal(0)) for place in (3, 4))
    rate = f"{spent * 100 / budget:.1f}%" if budget else "—"
    total = [
        "合计", f"{len(rows)}个项目", "", _money(budget), _money(spent), rate, sum(row[6] for row in rows),
        sum(row[7] for row in rows), "", "", "",
    ]  # fmt: skip
    word = "月" if span == Span.MONTH else "季"
    when = f"{begins_on.year}年{begins_on.month}月" if span == Span.MONTH else _quarter(begins_on)
    blocks: list[Any] = [FilledBy(office, day=day), Rows(columns, shown, total=total)]
    return Paper(
        Layout.TABLE, f"项目进度{word}报表（{when}）", office, day, f"{begins_on:%Y%m}{word}", blocks, inside=True,
        address=address,
    )  # fmt: skip


def _quarter(begins_on: date) -> str:
    return f"{begins_on.year}年第{'一二三四'[(begins_on.month - 1) // 3]}季度"


def change_form(change: ChangeRequest, *, address: str, day: date) -> Paper:
    """22 项目（预算）变更申请表."""
    project = change.project
    old, new = _contents(change)
    rows = [
        *_heads(project),
        [_label("原内容"), Cell(old, 3, tall=30)],
        [_label("新内容"), Cell(new, 3, tall=30)],
        [_label("变动金额"), Cell(f"{_money(change.moved)}元"), _label("占预算比例"), Cell(f"{change.percent}%")],
        [_label("变更原因"), Cell(change.reason, 3, tall=24)],
        [_label("社区决议"), Cell(change.resolution or "—", 3)],
        [_label("备案号"), Cell(change.filing_number), _label("备案日期"), Cell(day_of(change.filed_on))],
    ]
    said = {"approved": "同意", "filed": "同意", "refused": "不同意"}.get(change.state, "")
    answer = "。".join(part for part in (said, change.answer) if part)
    blocks: list[Any] = [Grid(rows, 4, (1, 2, 1, 2)), Opinion("社区\n意见"), Opinion("街道\n意见", answer)]
    return _kept(project, Layout.FORM, "项目（预算）变更申请表", blocks, day=day, address=address)


def _contents(change: ChangeRequest) -> tuple[str, str]:
    """What it was, what it shall be."""
    old, new = [], []
    for row in change.lines.all():
        if row.before != row.after:
            old.append(f"{row.item}：{_money(row.before)}元")
            new.append(f"{row.item}：{_money(row.after)}元")
    for target in change.targets.select_related("indicator"):
        name, unit = target.indicator.name, target.indicator.unit
        old.append(f"{name}：{target.before.normalize():f}{unit}")
        new.append(f"{name}：{target.after.normalize():f}{unit}")
    if change.ends_before != change.ends_after:
        old.append(f"结束日期：{day_of(change.ends_before)}")
        new.append(f"结束日期：{day_of(change.ends_after)}")
    return "\n".join(old), "\n".join(new)


def midterm_form(midterm: MidTerm, proposed: Sequence[Proposed], *, address: str, day: date) -> Paper:
    """23 中期评估表; marks stand empty while nobody has scored."""
    project = midterm.project
    given = {row.code: row for row in midterm.marks.all()}
    columns = [Column("评分项", 2), Column("分值", 0.7, "center"), Column("得分", 0.8, "center"), Column("依据", 4)]
    rows = [
        [
            one.criterion.title, f"{one.criterion.top.normalize():f}",
            f"{given[one.criterion.code].mark.normalize():f}" if given else "",
            given[one.criterion.code].reason if given else str(one.why),
        ]
        for one in proposed
    ]  # fmt: skip
    total = ["合计", "100", f"{midterm.total.normalize():f}" if midterm.total is not None else "", ""]
    verdict = VERDICTS.get(midterm.verdict, "")
    if midterm.fix_by:
        verdict += f"（{day_of(midterm.fix_by)}前整改）"
    blocks: list[Any] = [
        Grid([*_heads(project), [_label("自评"), Cell(midterm.progress, 3, tall=24)],
              [_label("问题与风险"), Cell(midterm.problems, 3, tall=16)],
              [_label("调整措施"), Cell(midterm.adjustments, 3, tall=16)]], 4, (1, 2, 1, 2)),
        Rows(columns, rows, total=total),
        Opinion("评估\n结论", verdict), Signatures(["评估人", "项目负责人"]),
    ]  # fmt: skip
    return _kept(project, Layout.FORM, "中期评估表", blocks, day=day, address=address)
