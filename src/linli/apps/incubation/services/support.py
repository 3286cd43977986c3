"""The verbs of support: a case of one of five services, books month by month, figures, planned training, units."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.apps.agreements.models import Agreement
from linli.apps.incubation.models import (
    BookMonth,
    BookState,
    DevelopmentFigure,
    FigureKind,
    PlannedTraining,
    SupportCase,
    SupportKind,
    UnitTask,
)
from linli.apps.incubation.permissions import keeps_months, speaks
from linli.apps.incubation.rubric import month_of
from linli.apps.incubation.services.center import end_once, kept, not_ahead
from linli.apps.incubation.services.keeping import month_word, require, said
from linli.apps.organizations.models import Organization
from linli.apps.places.models import Level, Place
from linli.apps.projects.models import Project
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor

NOT_CLOSED = _("This case is closed.")
ORDER = list(BookState)


def open_case(
    organization: Organization,
    *,
    service: str,
    title: str,
    opened_on: date,
    actor: Actor | None,
    agency: Organization | None = None,
    agreement: Agreement | None = None,
    is_demo: bool = False,
    at: datetime | None = None,
) -> SupportCase:
    """One of the five services begins. Bookkeeping names the agency that keeps the books; Conflict for a second one."""
    require(keeps_months, actor, organization)
    not_ahead(opened_on, at, "opened_on")
    kind = SupportKind(service)
    if kind == SupportKind.FINANCE and agency is None:
        raise Refusal(_("Name the agency that keeps the books."), field="agency")
    row = SupportCase(
        organization=organization, service=kind, title=said(title, "title", _("Say what it is about.")),
        opened_on=opened_on, agency=agency, agreement=agreement, is_demo=is_demo,
    )  # fmt: skip
    facts = {"service": kind.label, "title": row.title, "day": opened_on, "agency": str(agency or "")}
    taken = _("An agency keeps its books already. Close that case first.")
    return kept(row, "case.open", organization, taken, actor=actor, facts=facts, at=at)


def close_case(case: SupportCase, *, on: date, outcome: str, actor: Actor | None, at: datetime | None = None) -> None:
    """What came of it. Conflict where it is closed already."""
    require(keeps_months, actor, case)
    not_ahead(on, at)
    if on < case.opened_on:
        raise Refusal(_("It was opened later than this day."), field="on")
    text = said(outcome, "outcome", _("Say what came of it."))[:300]
    with transaction.atomic():
        if not SupportCase.objects.filter(pk=case.pk, closed_on=None).update(closed_on=on, outcome=text):
            raise Conflict(NOT_CLOSED)
        case.closed_on, case.outcome = on, text
        facts = {"title": case.title, "day": on, "outcome": text}
        record("incubation.case.close", case.organization, actor=actor, facts=facts, at=at)


def keep_book(
    case: SupportCase,
    *,
    month: date,
    state: str,
    on: date,
    actor: Actor | None,
    note: str = "",
    at: datetime | None = None,
) -> BookMonth:
    """How far the books of a month are. Going back needs a remark; what stood before is kept in the history."""
    require(keeps_months, actor, case)
    not_ahead(on, at)
    first, reached = month_of(month), BookState(state)
    if case.service != SupportKind.FINANCE:
        raise Refusal(_("Only a case of bookkeeping has months."))
    if (case.closed_on is not None and first > case.closed_on) or first < month_of(case.opened_on) or first > on:
        raise Refusal(_("The agency does not keep the books of this month."), field="month")
    with transaction.atomic():
        old = BookMonth.objects.select_for_update().filter(case=case, month=first).first()
        if old is not None and ORDER.index(reached) < ORDER.index(BookState(old.state)) and not note.strip():
            raise Refusal(_("The books were further than this. Say why they go back."), field="note")
        values = {"state": reached, "on": on, "note": note.strip()[:200]}
        row, _made = BookMonth.objects.update_or_create(case=case, month=first, defaults=values)
        facts = {"month": month_word(first), "state": reached.label, "before": old.get_state_display() if old else ""}
        record("incubation.book.keep", case.organization, actor=actor, facts=facts, at=at)
    return row


def type_figure(
    organization: Organization,
    *,
    kind: str,
    on: date,
    count: int,
    source: str,
    actor: Actor | None,
    at: datetime | None = None,
) -> DevelopmentFigure:
    """A number as of a day with its source. Typed again for the same day it replaces the one before, on record."""
    require(speaks, actor, organization)
    not_ahead(on, at)
    figure, where = FigureKind(kind), said(source, "source", _("Say where this stands written."))[:160]
    with transaction.atomic():
        old = DevelopmentFigure.objects.filter(organization=organization, kind=figure, on=on).first()
        values = {"count": count, "source": where}
        row, _made = DevelopmentFigure.objects.update_or_create(
            organization=organization, kind=figure, on=on, defaults=values
        )
        facts = {"kind": figure.label, "day": on, "number": count, "before": old.count if old else ""}
        record("incubation.figure.type", organization, actor=actor, facts=facts, at=at)
    return row


def plan_training(
    street: Place,
    *,
    year: int,
    month: int,
    title: str,
    audience: str,
    sessions: int,
    person_times: int,
    actor: Actor | None,
    series: str = "",
    is_demo: bool = False,
    at: datetime | None = None,
) -> PlannedTraining:
    """A line of the plan of a year. Conflict for a course the plan has already."""
    require(keeps_months, actor, street)
    row = PlannedTraining(
        street=street, year=year, month=month, title=said(title, "title", _("Name the course.")),
        series=series.strip(), audience=said(audience, "audience", _("Say for whom it is.")), sessions=sessions,
        person_times=person_times, is_demo=is_demo,
    )  # fmt: skip
    facts = {"title": row.title, "year": year, "sessions": sessions, "person_times": person_times}
    taken = _("The plan of this year has this course already.")
    return kept(row, "training.plan", street, taken, actor=actor, facts=facts, at=at)


def community_of(unit: Place) -> Place:
    """The community a unit lies in, itself where it is one. Raises Refusal for anything above."""
    here: Place | None = unit
    while here is not None and here.level not in (Level.COMMUNITY, Level.VILLAGE):
        here = here.parent
    if here is None:
        raise Refusal(_("Choose a community, or a grid or point of one."), field="unit")
    return here


def take_unit(
    project: Project,
    *,
    organization: Organization,
    unit: Place,
    since: date,
    actor: Actor | None,
    at: datetime | None = None,
) -> UnitTask:
    """The organization works at the unit for the project. Conflict where another one does."""
    require(keeps_months, actor, organization)
    require(keeps_months, actor, project)
    taken = _("Another organization works at this unit for the project. End that first.")
    if UnitTask.objects.filter(project=project, unit=unit, until__gt=since).exists():
        raise Conflict(taken)
    row = UnitTask(project=project, organization=organization, community=community_of(unit), unit=unit, since=since)
    facts = {"project": project.title, "unit": unit.name, "day": since}
    return kept(row, "unit.take", organization, taken, actor=actor, facts=facts, at=at)


def leave_unit(task: UnitTask, *, on: date, actor: Actor | None, at: datetime | None = None) -> None:
    """The organization works there no longer from ``on``. Conflict where that was entered already."""
    require(keeps_months, actor, task)
    if on <= task.since:
        raise Refusal(_("The last day comes after the first one."), field="on")
    with transaction.atomic():
        end_once(UnitTask.objects, on, task, "until")
        facts = {"project": task.project.title, "unit": task.unit.name, "day": on}
        record("incubation.unit.leave", task.organization, actor=actor, facts=facts, at=at)
