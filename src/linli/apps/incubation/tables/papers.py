"""Papers 36 and 37 as descriptions of the layout kit, in Chinese only: months, letters, the summary of stars."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import timezone

from linli.apps.incubation.models import ExitCase, MonthMark, MonthSheet, MonthWarning, StarRating, StarRound
from linli.apps.incubation.queries import BoardRow
from linli.apps.incubation.rubric import SHEET
from linli.apps.places.models import Place
from linli.apps.places.queries import office_name
from linli.apps.publicity.queries import settings_of
from linli.kernel.documents import Column, FilledBy, Layout, Paper, Rows, Signatures, Text

CRITERIA = {one.code: one for one in SHEET}
RULE = "《社会组织十分制月管理制度》"
STARS = {5: "五星", 4: "四星", 3: "三星", 0: "—"}
BOARD_HEADINGS = (
    "组织", *(one.title for one in SHEET), "合计", "近三月", "说明",
)  # fmt: skip
STAR_HEADINGS = ("组织", "党建前置项", "党建均分", "定分月数", "月度均分", "评审分", "总分", "拟定星级", "民政评估等级")


def number(value: Decimal | None) -> str:
    """A mark with two places; "" where there is none."""
    return "" if value is None else f"{value:.2f}"


def month_word(month: date) -> str:
    """2026年3月."""
    return f"{month.year}年{month.month}月"


def day_word(moment: datetime | date | None) -> str:
    """2026年3月1日, or nothing."""
    day = timezone.localdate(moment) if isinstance(moment, datetime) else moment
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def said_of(sheet: MonthSheet | None) -> str:
    """What a row of the month says at its end."""
    if sheet is None:
        return "未评分"
    return f"{sheet.get_state_display()}{'，低于标准线' if sheet.is_below else ''}"


def board_rows(rows: Sequence[BoardRow]) -> list[list[str]]:
    """Organization, seven marks, total, three months, remark."""
    found = []
    for row in rows:
        marks = {one.code: one for one in row.marks}
        strip = " / ".join(number(one.total) if one else "—" for one in row.strip)
        cells = [number(marks[one.code].mark) if one.code in marks else "" for one in SHEET]
        found.append(
            [row.organization.name, *cells, number(row.sheet.total if row.sheet else None), strip, said_of(row.sheet)]
        )
    return found


def board_paper(street: Place, month: date, rows: Sequence[BoardRow]) -> Paper:
    """36 the months of all organizations, as a table across."""
    columns = [
        Column("组织", 3), *(Column(f"{one.short}{one.top.normalize():f}", 0.8, "right") for one in SHEET),
        Column("合计", 0.9, "right"), Column("近三月", 2, "center"), Column("说明", 1.6),
    ]  # fmt: skip
    office = office_name(street)
    blocks: list[Any] = [FilledBy(office), Rows(columns, board_rows(rows)), Signatures(["评分人", "复核人", "负责人"])]
    title = f"社会组织月度十分制评分表（{month_word(month)}）"
    return Paper(Layout.TABLE, title, office, timezone.localdate(), f"{month:%Y-%m}", blocks, inside=True)


def sheet_paper(sheet: MonthSheet, marks: Sequence[MonthMark]) -> Paper:
    """36 one organization's month: each criterion with its top, its mark and what shows it."""
    columns = [Column("评分项", 2.4), Column("分值", 0.8, "right"), Column("得分", 0.8, "right"), Column("依据", 4)]
    rows = [[CRITERIA[one.code].title, number(one.top), number(one.mark), _shown_by(one)] for one in marks]
    office = office_name(sheet.street)
    blocks: list[Any] = [
        Text(f"组织：{sheet.organization.name}　评分标准：{sheet.rubric}", indent=False),
        Rows(columns, rows, total=["合计", "10.00", number(sheet.total), sheet.get_state_display()]),
        Text(f"组织陈述：{sheet.statement or '无'}"),
        Signatures(["评分人", "复核人", "组织签收"]),
    ]
    title = f"社会组织月度十分制评分表（{month_word(sheet.month)}）"
    return Paper(Layout.FORM, title, office, timezone.localdate(), f"{sheet.month:%Y-%m}", blocks, inside=True)


def _shown_by(mark: MonthMark) -> str:
    sources = "、".join(one.label for one in mark.sources.all())
    return f"{mark.why}{sources and f'（{sources}）'}"


def _channel(street: Place) -> Text:
    told = settings_of(street.pk)
    where = "，".join(part for part in (told.get("office"), told.get("phones"), told.get("address")) if part)
    return Text(f"渠道：书面送交{where or office_name(street)}，也可在本系统“我们的月度得分”中提交。")


def warning_letter(warning: MonthWarning) -> Paper:
    """36 the letter of a warning: facts, basis, term and way to be heard."""
    sheet = warning.sheet
    office = office_name(sheet.street)
    left = "再有连续两个月低于标准线" if warning.number == 1 else "再有一个月低于标准线"
    blocks: list[Any] = [
        Text(
            f"事实：你单位{month_word(sheet.month)}得分{number(sheet.total)}分，低于{number(sheet.line)}分，"
            f"为连续第{warning.number}个月。"
        ),
        Text(f"依据：{RULE}。{left}的，将提出退出服务中心的建议。"),
        Text(f"申辩期限：{day_word(warning.heard_until)}前。"),
        _channel(sheet.street),
    ]
    return Paper(
        Layout.PLAIN, "社会组织预警告知书", office, timezone.localdate(warning.given_at), f"{sheet.month:%Y-%m}",
        blocks, addressees=sheet.organization.name,
    )  # fmt: skip


def exit_letter(case: ExitCase, months: Sequence[MonthSheet]) -> Paper:
    """36 the letter of an exit: proposed, or decided where it was; with the way to be heard or to appeal."""
    office = office_name(case.street)
    facts = "、".join(f"{month_word(one.month)}{number(one.total)}分" for one in months)
    decided = case.decided_at is not None
    blocks: list[Any] = [
        Text(f"事实：你单位{facts}，连续三个月低于{number(case.line)}分。"),
        Text(f"依据：{RULE}。"),
        Text(
            f"决定：退出服务中心。理由：{case.reason}" if decided else "建议：退出服务中心。由街道听取陈述申辩后决定。"
        ),
        Text(
            f"申诉期限：{day_word(case.appeal_until)}前。" if decided else f"申辩期限：{day_word(case.heard_until)}前。"
        ),
        _channel(case.street),
        Text("已签订的服务合同继续履行，不因退出而终止。"),
    ]
    day = timezone.localdate(case.decided_at or case.told_at or case.proposed_at)
    title = "社会组织退出决定书" if decided else "社会组织退出告知书"
    return Paper(
        Layout.PLAIN, title, office, day, f"{case.last_month:%Y-%m}", blocks, addressees=case.organization.name
    )


def star_rows(ratings: Sequence[StarRating], grades: Mapping[UUID, str]) -> list[list[str]]:
    """37 a row for each rating, under :data:`STAR_HEADINGS`."""
    return [
        [
            one.organization.name, "通过" if one.passed else "未通过", number(one.party), str(one.months),
            number(one.mean), number(one.review), number(one.points), STARS[one.stars],
            grades.get(one.organization_id, ""),
        ]
        for one in ratings
    ]  # fmt: skip


def star_paper(row: StarRound, ratings: Sequence[StarRating], grades: Mapping[UUID, str]) -> Paper:
    """37 the summary of the stars of a year, with its formula."""
    widths = (3, 1.1, 1, 1, 1, 1, 1, 1, 1.2)
    columns = [
        Column(title, width, "left" if place == 0 else "center")
        for place, (title, width) in enumerate(zip(STAR_HEADINGS, widths, strict=True))
    ]
    lines = "，".join(f"{STARS[stars]}{number(least)}分以上" for least, stars in row.lines)
    formula = (
        f"公式（{row.formula}）：党建均分不低于{number(row.party_least)}分为前置项；总分＝月度均分×10×{row.months_share}%"
        f"＋评审分×{row.review_share}%；{lines}。本表星级为街道评定，与民政部门评估等级分开。"
    )
    office = office_name(row.street)
    blocks: list[Any] = [
        FilledBy(office), Rows(columns, star_rows(ratings, grades)), Text(formula),
        Signatures(["核算人", "复核人", "负责人"]),
    ]  # fmt: skip
    title = f"{row.year}年度社会组织星级评定汇总表"
    return Paper(Layout.TABLE, title, office, timezone.localdate(), str(row.year), blocks, inside=True)
