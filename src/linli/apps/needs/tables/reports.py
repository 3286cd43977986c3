"""Papers 31 and 34: the daily, weekly and monthly report of needs, and the board of proactive issues, for editing."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from linli.apps.needs.models.proactive import ProactiveIssue
from linli.apps.needs.queries.reporting import DAY, MONTH, WEEK, Report, Source
from linli.apps.needs.queries.sums import Line
from linli.apps.needs.rubric import Tally, formula_of
from linli.kernel.documents import Column, Head, Layout, Paper, Rows, Text

TITLES = {DAY: "民情诉求日报", WEEK: "民情诉求周分析", MONTH: "民情诉求月专报"}
RATES = [Column("指标", 2), Column("分子", 1, "right"), Column("分母", 1, "right"), Column("比率", 1, "right")]
TOPS = [
    Column("序号", 1),
    Column("名称", 4),
    Column("件数", 1, "right"),
    Column("超时", 1, "right"),
    Column("不满意", 1, "right"),
]
POINTS = [Column("序号", 1), Column("点位", 5), Column("件数", 1, "right")]
ISSUES = [
    Column("序号", 1), Column("问题", 3), Column("来源", 2), Column("点位", 2), Column("责任单位", 2),
    Column("措施", 4), Column("时限", 2), Column("进展", 3), Column("销账日期", 2),
]  # fmt: skip


def _date(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _change(now: int, before: int) -> str:
    """How ``now`` stands to ``before``: in per cent where there was something, in words where not."""
    if not before:
        return "无可比数据（上期0件）" if now else "持平（两期都没有）"
    share = (Decimal(now - before) * 100 / before).quantize(Decimal("0.1"))
    return "持平" if not share else f"{'上升' if share > 0 else '下降'}{abs(share)}%"


def _rate(value: Decimal | None) -> str:
    return "—" if value is None else f"{value}%"


def _rates(counts: Tally) -> Rows:
    return Rows(
        RATES,
        [
            ["响应率", str(counts.contacted), str(counts.answerable), _rate(counts.response)],
            ["解决率", str(counts.solved), str(counts.solved + counts.unsolved), _rate(counts.solution)],
            ["满意率", str(counts.satisfied), str(counts.rated), _rate(counts.satisfaction)],
        ],
    )


def _top(lines: Sequence[Line], unnamed: str) -> Rows:
    rows = []
    for n, line in enumerate(lines, start=1):
        counts = line.counts
        unhappy = counts.rated - counts.satisfied
        rows.append([str(n), line.name or unnamed, str(counts.received), str(counts.late), str(unhappy)])
    return Rows(TOPS, rows)


def _source(source: Source, number: str) -> Iterable[Head | Text | Rows]:
    name = "12345工单" if source.official else "街道自收诉求（自测）"
    now = source.now
    yield Head(f"{number}、{name}")
    yield Text(
        f"本期受理{now.received}件，环比{_change(now.received, source.before.received)}，"
        f"同比{_change(now.received, source.year_before.received)}；其中不纳入统计{now.left_out}件，"
        f"已答复{now.done}件，超时{now.late}件，重办{now.reopened}件。"
    )
    if not now.received:
        return
    yield _rates(now)
    yield Text(f"诉求类别前{len(source.categories)}位：")
    yield _top(source.categories, "未分类")
    yield Text(f"诉求所在前{len(source.places)}位：")
    yield _top(source.places, "未明确")


def report_paper(report: Report, *, day: date) -> Paper:
    """日报、周分析、月专报: figures from rows, sentences for whoever goes on writing. No name of a resident."""
    span = report.span
    when = _date(span.begins) if span.kind == DAY else f"{_date(span.begins)}至{_date(span.ends)}"
    blocks: list[Head | Text | Rows] = [Text(f"统计期间：{when}（按受理日期）。")]
    for number, source in zip(("一", "二"), report.sources, strict=True):
        blocks += _source(source, number)
    blocks.append(Head("三、集中点位"))
    blocks.append(
        Rows(POINTS, [[str(n), name, str(count)] for n, (name, count) in enumerate(report.points, start=1)])
        if report.points
        else Text("本期没有写明点位的诉求。")
    )
    blocks.append(Head("四、未诉先办"))
    blocks.append(
        Text(f"在办{report.issues_open}项，其中逾期{report.issues_late}项；本期销账{report.issues_struck_off}项。")
    )
    blocks.append(Head("五、统计口径"))
    blocks.append(Text(formula_text(span.begins)))
    return Paper(Layout.PLAIN, f"{report.street.name}{TITLES[span.kind]}", report.street.name, day, "", blocks)


def formula_text(day: date) -> str:
    """The published formula of the three rates, in the words the portal shows too."""
    rule = formula_of(day)
    content = "“满意”和“基本满意”" if rule.acceptable_counts else "“满意”"
    return (
        f"口径第{rule.version}版：12345工单的三率只取市民热线回访结果，响应率为回访时已联系的件数除以回访件数；"
        "自测的响应率为规定时限内联系到居民的件数除以应联系件数。解决率为已解决件数除以已解决与未解决件数之和；"
        f"满意率为{content}件数除以作出评价的件数。并案、撤回和说明理由剔除的不纳入统计。"
        "投诉人员或单位的事项、敏感事项不进入本表。"
    )


def issues_paper(rows: Iterable[ProactiveIssue], *, unit: str, day: date) -> Paper:
    """未诉先办（主动治理）台账."""
    lines = [
        [
            str(n), row.title, row.get_source_display(), " ".join(filter(None, (str(row.place), row.point))),
            str(row.unit or "—"), row.measure or "—", _date(row.due) if row.due else "—", row.progress or "—",
            _date(row.struck_off_on) if row.struck_off_on else "—",
        ]
        for n, row in enumerate(rows, start=1)
    ]  # fmt: skip
    return Paper(Layout.TABLE, "未诉先办（主动治理）台账", unit, day, "", [Rows(ISSUES, lines)])
