"""满意度调查统计表: one line a project and way, with what the interval means."""

from django.utils import timezone

from linli.apps.places.queries import office_name
from linli.apps.surveys import queries
from linli.apps.surveys.models import Survey
from linli.kernel.documents import Column, FilledBy, Layout, Paper, Rows, Text
from linli.kernel.documents.layouts.blocks import Block

TITLE = "满意度调查统计表"
NOTE = (
    "满意率＝（很满意＋满意）÷有效答卷；“说不清”不计入有效。95%区间（威尔逊法）：同样的调查反复做，"
    "每二十次约有十九次，算出的区间会包含全体应答者的真实满意率。自愿填答单列，不与抽样结果合并。"
)


def rate_table(survey: Survey) -> Paper:
    """Paper 26 of a counted survey."""
    columns = [
        Column(title, width, "left" if number in (0, 1, len(queries.HEADINGS) - 1) else "center")
        for number, (title, width) in enumerate(zip(queries.HEADINGS, queries.WIDTHS, strict=True))
    ]
    closed = timezone.localtime(survey.closed_at).date() if survey.closed_at else None
    unit = office_name(survey.place)
    rows = [[str(cell) for cell in row] for row in queries.table(survey)]
    notes = [Text(NOTE, indent=False), *(Text(line, indent=False) for line in _by_strata(survey))]
    blocks: list[Block] = [FilledBy(unit, day=closed), Rows(columns, rows), *notes]
    return Paper(Layout.TABLE, heading(survey.title), unit, closed, "", blocks)


def heading(title: str) -> str:
    """The survey's name and the name of the table, without saying 满意度 twice."""
    return title.removesuffix("调查").removesuffix("满意度") + TITLE


def _by_strata(survey: Survey) -> list[str]:
    """The share by strata, subject by subject, and which strata were put together."""
    told = []
    for line in queries.lines_of(survey):
        rate = line.rate
        if rate.weighted is None:
            continue
        low, high = queries.per_cent(rate.weighted_low), queries.per_cent(rate.weighted_high)
        merged = "；".join("＋".join(names) for names in rate.merged)
        tail = f"；有效答卷不足2份的层已合并：{merged}" if merged else ""
        told.append(
            f"{line.subject}：按层内户数加权的满意率 {queries.per_cent(rate.weighted)}，"
            f"95%区间 {low}—{high}（含有限总体校正）{tail}。"
        )
    return told
