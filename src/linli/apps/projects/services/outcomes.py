"""What came out of a project: outcomes in own units, growth of teams, teams that stand for a task."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations.models import Organization
from linli.apps.projects.models import Outcome, Project, TaskTeam, TaskTeamPart, TeamGrowth
from linli.apps.projects.permissions import tends
from linli.apps.projects.services.keeping import has_come, once_each, require, require_under_way, said
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.refs.record import Record
from linli.kernel.scope import Actor


@dataclass(frozen=True)
class TeamPart:
    """Whom a task team is made of, and how many people."""

    people: int
    name: str = ""
    organization: Organization | None = None


def _may(project: Project, actor: Actor | None) -> None:
    require(tends, actor, project)
    require_under_way(project)


def _keep(row: Record) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Conflict(_("This is entered already.")) from None


def add_outcome(
    project: Project,
    *,
    name: str,
    quantity: Decimal,
    unit: str,
    on: date,
    actor: Actor | None,
    note: str = "",
    at: datetime | None = None,
) -> Outcome:
    """What was made or reached, in its own unit. Refuses less than nothing; Conflict for the same twice a day."""
    _may(project, actor)
    has_come(on, at, "on")
    if quantity < 0:
        raise Refusal(_("The figure must not be below zero."), field="quantity")
    with transaction.atomic():
        row = Outcome(
            project=project, name=said(name, "name", _("Say what was reached."))[:80], quantity=quantity,
            unit=said(unit, "unit", _("Say in which unit."))[:12], on=on, note=note.strip()[:200],
        )  # fmt: skip
        _keep(row)
        record("projects.project.add_outcome", project, actor=actor, facts={"outcome": str(row)}, at=at)
    return row


def record_growth(
    project: Project,
    *,
    before: str,
    after: str,
    on: date,
    actor: Actor | None,
    name: str = "",
    team: Organization | None = None,
    members: int | None = None,
    note: str = "",
    at: datetime | None = None,
) -> TeamGrowth:
    """A team became another one (文体队 → 治理队); how many it counts, never who."""
    _may(project, actor)
    has_come(on, at, "on")
    was = said(before, "before", _("Say what the team was."))[:80]
    became = said(after, "after", _("Say what the team became."))[:80]
    if was == became:
        raise Refusal(_("Say what changed: both are the same."), field="after")
    with transaction.atomic():
        row = TeamGrowth(
            project=project, team=team, before=was, after=became, members=members, on=on, note=note.strip()[:200],
            name=said(team.name if team else name, "name", _("Name the team."))[:120],
        )  # fmt: skip
        _keep(row)
        record("projects.project.record_growth", project, actor=actor, facts={"team": str(row)}, at=at)
    return row


def form_task_team(
    project: Project,
    *,
    name: str,
    task: str,
    began_on: date,
    parts: Sequence[TeamPart],
    actor: Actor | None,
    at: datetime | None = None,
) -> TaskTeam:
    """A team of organizations and members for one task. Refuses a team of nobody, and a part twice."""
    _may(project, actor)
    has_come(began_on, at, "began_on")
    names = [part.organization.name if part.organization else part.name.strip() for part in parts]
    if not parts or any(part.people < 1 for part in parts) or not all(names):
        raise Refusal(_("Say who belongs to the team, and how many people each brings."), field="parts")
    once_each(names, "parts", _("Each of them is named once."))
    with transaction.atomic():
        row = TaskTeam(
            project=project, name=said(name, "name", _("Name the team."))[:120],
            task=said(task, "task", _("Say what the team is for."))[:200], began_on=began_on,
        )  # fmt: skip
        _keep(row)
        TaskTeamPart.objects.bulk_create(
            TaskTeamPart(team=row, organization=part.organization, name=known[:120], people=part.people)
            for known, part in zip(names, parts, strict=True)
        )
        facts = {"team": row.name, "count": sum(part.people for part in parts)}
        record("projects.project.form_task_team", project, actor=actor, facts=facts, at=at)
    return row


def report_task_team(
    team: TaskTeam,
    *,
    found: int,
    solved: int,
    actor: Actor | None,
    ended_on: date | None = None,
    at: datetime | None = None,
) -> None:
    """How many problems the team found and solved so far; ``ended_on`` dissolves it."""
    _may(team.project, actor)
    if solved > found:
        raise Refusal(_("No more problems are solved than were found."), field="solved")
    if ended_on is not None and ended_on < team.began_on:
        raise Refusal(_("The last day comes after the first one."), field="ended_on")
    with transaction.atomic():
        team.found, team.solved, team.ended_on = found, solved, ended_on or team.ended_on
        team.save(update_fields=["found", "solved", "ended_on"])
        facts = {"team": team.name, "found": found, "solved": solved}
        record("projects.project.report_task_team", team.project, actor=actor, facts=facts, at=at)
