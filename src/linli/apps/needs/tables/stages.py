"""The stages of a complex matter on paper: by when, when done, what came of it, how many photos."""

from datetime import date

from django.utils import timezone

from linli.apps.needs.models import StagePlan
from linli.kernel.documents import Cell, Column, Grid, Layout, Paper, Rows
from linli.kernel.files import photos
from linli.kernel.refs import ref_of

STAGES = [
    Column("阶段", 3),
    Column("应完成", 2),
    Column("完成", 2),
    Column("办理情况", 6),
    Column("照片", 1, "right"),
]


def stage_sheet(plan: StagePlan, *, day: date, address: str) -> Paper:
    """复杂问题分阶段办理单; the matter by its title, never the resident."""
    need = plan.need
    facts = Grid(
        [
            [Cell("编号", label=True), Cell(need.number), Cell("地点", label=True), Cell(need.place.name)],
            [Cell("事项", label=True), Cell(need.title, 3)],
        ],
        4,
    )
    lines = []
    for row in plan.stages.all():
        done = timezone.localtime(row.done_at).date().isoformat() if row.done_at else ""
        count = len(photos.of(ref_of(row)))
        lines.append([str(row), row.due.isoformat(), done, row.note, str(count) if count else ""])
    title = "复杂问题分阶段办理单"
    return Paper(
        Layout.FORM, title, need.street.name, day, need.number, [facts, Rows(STAGES, lines)], inside=True,
        address=address,
    )  # fmt: skip
