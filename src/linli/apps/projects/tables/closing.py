"""Papers of the closing review (documents 24–29) as descriptions of the layout kit, in Chinese only."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from linli.apps.places.queries import office_name
from linli.apps.projects.models import (
    Advice,
    ClosingFile,
    ClosingGrade,
    OpinionSheet,
    Prize,
    Project,
    ProjectIndicator,
    ProjectStory,
)
from linli.apps.projects.queries.closing.files import ClosingFacts, facts_of, percent
from linli.kernel.documents import (
    Attachment,
    Cell,
    Column,
    FilledBy,
    Grid,
    Head,
    Layout,
    Opinion,
    Paper,
    Rows,
    Signatures,
    Text,
)
from linli.kernel.money import format_yuan
from linli.kernel.rubric import sample

TAKEN = {"adopted": "采纳", "partly": "部分采纳", "not": "不采纳", "": ""}
NUMBERS = "一二三四五六七八九十"
EMPTY = "　"


def _kept(
    project: Project, layout: Layout, title: str, blocks: Sequence[Any], *, day: date | datetime, **more: Any
) -> Paper:
    """A paper dated with the day of what it tells, not with that of its printing."""
    office = office_name(project.street)
    on = timezone.localdate(day) if isinstance(day, datetime) else day
    return Paper(layout, title, office, on, project.number, blocks, inside=True, **more)


def number(value: Decimal | None) -> str:
    """A figure without needless noughts."""
    return "" if value is None else f"{value.normalize():f}"


def rate_of(one: ProjectIndicator) -> str:
    """How much of the way from the baseline to the target was gone, in per cent."""
    if one.actual is None:
        return ""
    part = percent(one.actual - one.baseline, one.target - one.baseline)
    return f"{part:.1f}%" if part is not None else ""


def indicator_rows(indicators: Sequence[ProjectIndicator]) -> list[list[str]]:
    """指标, 单位, 计划, 实际, 完成率, 佐证号."""
    return [
        [one.name, one.unit, number(one.target), number(one.actual), rate_of(one), f"ZB{one.number:02d}"]
        for one in indicators
    ]


INDICATORS = (
    Column("指标", 3), Column("单位", 1, "center"), Column("计划", 1.2, "right"), Column("实际", 1.2, "right"),
    Column("完成率", 1.2, "right"), Column("佐证号", 1.2, "center"),
)  # fmt: skip


def satisfaction_words(facts: ClosingFacts) -> str:
    """The rate with its n, its interval and how it was asked; that it was not asked where it was not."""
    rate = facts.rate
    if rate is None or rate.rate is None:
        return "本项目尚无已截止的满意度调查。"
    kind = "抽样（或发放）调查" if rate.is_official else "自愿填答（仅供参考）"
    span = (
        f"，95%置信区间{rate.low * 100:.1f}%—{rate.high * 100:.1f}%"
        if rate.low is not None and rate.high is not None
        else ""
    )
    return f"{kind}，有效答卷{rate.n_valid}份，满意率{rate.rate * 100:.1f}%{span}。"


NOTHING = Decimal(0)


def account_rows(facts: ClosingFacts) -> tuple[list[list[Any]], list[Any]]:
    """The rows under :data:`ACCOUNT`, lines that changes took out of the budget too; and the total."""
    if facts.spending is None:
        return [], []
    first, lines = dict(facts.first_budget), facts.spending.lines
    changed, total = bool(first), sum(first.values(), NOTHING)
    rows = [_account("其他" if one.line is None else one.line.item, one, first, changed=changed) for one in lines]
    known = {one.line.item for one in lines if one.line}
    gone = [
        [item, amount, NOTHING, NOTHING, NOTHING, "", "已调出", 0]
        for item, amount in first.items()
        if item not in known
    ]
    whole = facts.spending.total
    return [*rows, *gone], _account("合计", whole, {"合计": total}, changed=changed)


def _account(name: str, one: Any, first: Mapping[str, Decimal], *, changed: bool) -> list[Any]:
    """Budget as first agreed, as it is now, what was spent, and how far that is from the budget as it is now."""
    share = percent(one.paid - one.planned, one.planned)
    before = first.get(name, NOTHING) if changed else one.planned
    told = "" if share is None else f"{share}%"
    waits = f"另有{format_yuan(one.under_way)}未付" if one.under_way and name != "合计" else ""
    return [name, before, one.planned, one.paid, one.paid - one.planned, told, waits, one.vouchers]


ACCOUNT = (
    Column("科目", 3), Column("预算", 1.4, "right"), Column("调整后", 1.4, "right"), Column("决算", 1.4, "right"),
    Column("差额", 1.4, "right"), Column("差异率", 1.2, "right"), Column("说明", 1.8),
    Column("票据数", 1, "right"),
)  # fmt: skip


SATISFACTION = (
    Column("调查方式", 2), *(Column(name, 1, "right") for name in ("发放", "回收", "有效")),
    Column("满意（含很满意）", 1.4, "right"), Column("说不清", 1, "right"), Column("满意率", 1.6, "right"),
)  # fmt: skip


def _handed_in(closing: ClosingFile) -> datetime:
    """When the file was handed in; when it was opened, while it is not."""
    return closing.submitted_at or closing.opened_at


def closing_report(closing: ClosingFile) -> Paper:
    """24 结项报告: the sections, the table of indicators, what the figures say."""
    with override("zh-hans"):
        project, facts = closing.project, facts_of(closing.project)
        blocks: list[Any] = [Text(f"承接单位：{project.carried_by}　实施地点：{project.place.name}", indent=False)]
        for place, section in enumerate(closing.sections.all()):
            blocks.append(Head(f"{NUMBERS[place % 10]}、{section.title}"))
            blocks += [Text(line) for line in section.text.splitlines() if line.strip()]
        total = facts.evidence_of.total
        rows, whole = account_rows(facts)
        told = f"开展活动{total.sessions}场、{total.person_times}人次。{satisfaction_words(facts)}"
        attached = [Attachment("指标完成表", [Rows(INDICATORS, indicator_rows(facts.indicators)), Text(told)])]
        if rows:
            attached.append(Attachment("经费支出情况", [Rows(ACCOUNT, rows, total=whole or None)]))
    return _kept(
        project, Layout.PLAIN, f"{project.title}\n结项报告", blocks, day=_handed_in(closing), attachments=attached
    )


def opinion_paper(sheet: OpinionSheet) -> Paper:
    """27 评审意见反馈单（整改台账）."""
    columns = [
        Column("序号", 0.5, "center"), Column("问题", 2), Column("建议", 2), Column("采纳情况", 0.9, "center"),
        Column("措施（未采纳的写理由）", 2.2), Column("责任人", 1), Column("时限", 1.1, "center"), Column("完成", 1.3),
    ]  # fmt: skip
    rows = [_advice_row(one) for one in sheet.items.all()]
    blocks = [
        Text(f"项目：{sheet.project.title}　承接单位：{sheet.project.carried_by}", indent=False),
        Text(f"意见来源：{sheet.source}　反馈期限：{_day(sheet.due)}", indent=False),
        Rows(columns, rows), Signatures(["承接单位", "社区", "街道"]),
    ]  # fmt: skip
    return _kept(sheet.project, Layout.TABLE, "评审意见反馈单（整改台账）", blocks, day=sheet.issued_at)


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def _advice_row(one: Advice) -> list[Any]:
    words = "；".join(part for part in (one.measure, one.reason) if part)
    done = f"{_day(one.done_on)} {one.done_note}".strip()
    return [one.number, one.problem, one.suggestion, TAKEN[one.taken], words, one.responsible, _day(one.until), done]


def grades_notice(title: str, grades: Sequence[ClosingGrade], highlights: Sequence[Project]) -> Paper:
    """28 结项结果通报（代拟稿）: the steps with their projects, the highlights. Grades are of one street."""
    street = grades[0].closing.project.street
    order: dict[tuple[str, str], list[ClosingGrade]] = {}
    for one in sorted(grades, key=lambda row: (row.letter, row.closing.project.number)):
        order.setdefault((one.letter, one.title), []).append(one)
    blocks: list[Any] = [Text("各项目结项评审工作已经完成，现将结果通报如下。")]
    for place, ((letter, word), rows) in enumerate(order.items()):
        blocks.append(Head(f"{NUMBERS[place]}、{word}等次（{letter}，{len(rows)}项）"))
        blocks.append(
            Text("、".join(f"{one.closing.project.title}（{one.closing.project.carried_by}）" for one in rows) + "。")
        )
    if highlights:
        blocks += [Head(f"{NUMBERS[len(order)]}、亮点项目"), Text("、".join(one.title for one in highlights) + "。")]
    office = office_name(street)
    return Paper(
        Layout.RED_HEAD, title, office, None, grades[0].closing.project.number, blocks, addressees="各社区、各项目单位"
    )


def certificate(prize: Prize) -> Paper:
    """28 荣誉证书: names, title, number, day; the place of the emblem stays empty."""
    blocks = [
        Grid([[Cell("", tall=32)]], 1),
        Text(f"{prize.holder}：", indent=False),
        Text(f"你单位实施的“{prize.project.title}”项目，被评为{prize.year}年度“{prize.title}”。"),
        Text("特发此证，以资鼓励。"),
        Text(f"编号：{prize.number or EMPTY * 8}", align="right"),
        Text(office_name(prize.project.street), align="right"),
        Text(_day(prize.given_on), align="right"),
    ]
    return _kept(prize.project, Layout.PLAIN, "荣誉证书", blocks, day=prize.given_on, seal_line=False)


def story_paper(story: ProjectStory) -> Paper:
    """A16 项目故事 with its unit and author."""
    blocks = [Text(f"供稿：{story.unit}　作者：{story.author}", indent=False)]
    blocks += [Text(line) for line in story.text.splitlines() if line.strip()]
    return _kept(story.project, Layout.PLAIN, story.title, blocks, day=story.written_at)


def sheet_words() -> list[tuple[str, str]]:
    """The criteria of sheet 3.3 with their marks, as the handbook prints them."""
    return [(one.title, number(one.top)) for one in sample("closing_review")]


def account_paper(closing: ClosingFile) -> Paper:
    """25 经费决算表 of the closing file, from the ledger."""
    project, facts = closing.project, facts_of(closing.project)
    rows, whole = account_rows(facts)
    day = _handed_in(closing)
    income = [["财政资金", project.amount], ["自筹", project.own]]
    blocks: list[Any] = [
        FilledBy(str(project.carried_by), day=timezone.localdate(day)), Rows(ACCOUNT, rows, total=whole or None),
        Rows([Column("收入来源", 3), Column("金额", 2, "right")], income, total=["合计", project.amount + project.own]),
        Opinion("结余处理", seal="（盖章）"), Signatures(["编制", "审核", "负责人"]),
    ]  # fmt: skip
    return _kept(project, Layout.TABLE, f"{project.title}\n经费决算表", blocks, day=day)


def satisfaction_paper(closing: ClosingFile) -> Paper:
    """26 满意度统计 in the words of the closing file; the full table is the survey's own."""
    facts, day = facts_of(closing.project), _handed_in(closing)
    rate = facts.rate
    rows: list[list[Any]] = []
    if rate is not None and rate.rate is not None:
        way = "抽样（或发放）" if rate.is_official else "自愿填答（仅供参考）"
        share = f"{rate.rate * 100:.1f}%（n={rate.n_valid}）"
        rows = [[way, rate.asked, rate.returned, rate.n_valid, rate.satisfied, rate.unknown, share]]
    blocks: list[Any] = [Rows(SATISFACTION, rows), Text(satisfaction_words(facts), indent=False)]
    title = f"{closing.project.title}\n满意度调查统计表"
    return _kept(closing.project, Layout.TABLE, title, blocks, day=rate.closed_at or day if rate else day)
