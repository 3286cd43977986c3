"""What the records propose for the marks of the mid-term sheet (rules 3.2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Sum
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from linli.apps.ledger.queries import spending_of
from linli.apps.projects import rubric
from linli.apps.projects.models import ChangeRequest, ChangeState, Project, ProjectIndicator
from linli.apps.projects.queries.activity import rates_of
from linli.apps.projects.queries.figures import missing_evidence

ENOUGH = 10
"""Below so many answers satisfaction is judged by a visit (rules 3.2)."""


@dataclass(frozen=True)
class Proposed:
    """A criterion with the mark the records give (None: a person judges) and why."""

    criterion: rubric.Criterion
    mark: Decimal | None
    why: str | Promise


def proposed_marks(project: Project, day: date) -> list[Proposed]:
    """The sheet as the records fill it on ``day``. Eight queries."""
    given = {
        "schedule": _schedule(project, day),
        "output": _output(project, day),
        "quality": _quality(project),
        "money": _money(project),
        "files": _files(project, day),
        "risk": (None, _("A person judges how risks were met and the plan adjusted.")),
    }
    return [Proposed(one, *given[one.code]) for one in rubric.SHEET]


def _top(code: str) -> Decimal:
    return next(one.top for one in rubric.SHEET if one.code == code)


def _schedule(project: Project, day: date) -> tuple[Decimal | None, str]:
    due = [row.reached_on for row in project.milestones.filter(due__lte=day)]
    if not due:
        return None, _("No milestone was due yet. A person judges.")
    reached = sum(one is not None for one in due)
    percent = Decimal(100 * reached) / len(due)
    why = _("%(reached)d of %(due)d milestones due are reached.") % {"reached": reached, "due": len(due)}
    return rubric.by_thirds(_top("schedule"), [rubric.points_of(percent)]), why


def _output(project: Project, day: date) -> tuple[Decimal | None, str]:
    rows = list(project.indicators.all())
    if not rows:
        return None, _("There are no indicators. A person judges.")
    points = [_points_by(project, row, day) for row in rows]
    why = _("%(full)d of %(all)d indicators are where an even pace would have them.") % {
        "full": sum(one == max(point for _least, point in rubric.BANDS) for one in points), "all": len(rows),
    }  # fmt: skip
    return rubric.by_thirds(_top("output"), points), why


def _points_by(project: Project, row: ProjectIndicator, day: date) -> int:
    """The band against what was planned by ``day``; nothing planned yet counts in full."""
    planned = rubric.planned_by(row.baseline, row.target, project.starts_on, row.due, day)
    if planned == row.baseline:
        return rubric.points_of(rubric.ALL)
    return rubric.points_of(rubric.percent_reached(row.baseline, planned, row.actual or row.baseline))


def _quality(project: Project) -> tuple[Decimal | None, str]:
    found = rates_of([project]).get(project.pk)
    if found is None or found.rate is None:
        return None, _("No survey was held. A visit judges.")
    rate, answers = found.rate, found.n_valid
    told = {"rate": f"{(rate * 100).quantize(Decimal('0.1'))}%", "n": answers}
    if answers < ENOUGH:
        return None, _("Only %(n)d answers, %(rate)s satisfied. A visit judges.") % told
    return rubric.mark_of_rate(rate), _("%(rate)s of %(n)d answers are satisfied.") % told


def _money(project: Project) -> tuple[Decimal | None, str]:
    changed = changed_percent(project)
    overrun = project.commitment is not None and any(
        one.line is not None and one.left < 0 for one in spending_of(project.commitment).lines
    )
    told: Mapping[str, str] = {"percent": f"{changed.normalize():f}%"}
    if overrun:
        return rubric.mark_of_money(changed, overrun=True), _("A line is spent beyond its plan without a change.")
    return rubric.mark_of_money(changed, overrun=False), _("Approved changes move %(percent)s of the budget.") % told


def changed_percent(project: Project) -> Decimal:
    """Per cent of the budget that approved changes moved. One query."""
    rows = ChangeRequest.objects.filter(project=project, state__in=(ChangeState.APPROVED, ChangeState.FILED))
    total: Decimal | None = rows.aggregate(total=Sum("percent"))["total"]
    return total or Decimal(0)


def _files(project: Project, day: date) -> tuple[Decimal | None, str]:
    missing, _every = missing_evidence([project], day).get(project.pk, (0, 0))
    why = _("%(n)d required pieces of evidence are missing.") % {"n": missing}
    return rubric.mark_of_files(missing), why
