"""What projects put among somebody's open work; each source in one query."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.apps.projects.queries import waiting
from linli.kernel.contributions import Task, TaskSource
from linli.kernel.contributions import contribute as add
from linli.kernel.refs import Ref, ref_of
from linli.kernel.scope import Actor

MOST = 200


def _end_of(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(23, 59)))


def _tab(project: Any, tab: str) -> str:
    return f"{reverse('projects:project', args=[project.pk])}?tab={tab}"


def find_findings(actor: Actor) -> Iterable[Task]:
    """Findings of visits to put right."""
    for row in waiting.open_findings(actor)[:MOST]:
        page = _tab(row.project, "visits")
        yield Task(ref_of(row), row.project.title, page, _("Put right"), due=_end_of(row.due), why=row.text)


def find_milestones(actor: Actor) -> Iterable[Task]:
    """Milestones due within 14 days."""
    for row in waiting.due_milestones(actor, timezone.localdate())[:MOST]:
        page, why = _tab(row.project, "plan"), _("Milestone: %(title)s") % {"title": row.title}
        yield Task(ref_of(row), row.project.title, page, _("Give the evidence"), due=_end_of(row.due), why=why)


def find_midterms(actor: Actor) -> Iterable[Task]:
    """Self-reports to write and to score."""
    for row in waiting.midterms_to_write(actor)[:MOST]:
        page = _tab(row.project, "reports")
        yield Task(
            ref_of(row), row.project.title, page, _("Write the mid-term self-report"), due=_end_of(row.due),
            why=_("Late material fails."),
        )  # fmt: skip
    for row in waiting.midterms_to_score(actor)[:MOST]:
        page = _tab(row.project, "reports")
        why = _("The mid-term self-report is in")
        yield Task(ref_of(row), row.project.title, page, _("Give the score"), why=why, since=row.handed_in_at)


def find_changes(actor: Actor) -> Iterable[Task]:
    """Change requests to answer and to file."""
    for row in waiting.changes_to_answer(actor)[:MOST]:
        why = _("A change of %(percent)s %% of the budget waits") % {"percent": f"{row.percent.normalize():f}"}
        page = _tab(row.project, "changes")
        yield Task(ref_of(row), row.project.title, page, _("Answer the change request"), why=why, since=row.asked_at)
    for row in waiting.changes_to_file(actor)[:MOST]:
        page = _tab(row.project, "changes")
        why = _("Approved, without a filing number")
        yield Task(ref_of(row), row.project.title, page, _("File the change"), why=why, since=row.answered_at)


def find_recoveries(actor: Actor) -> Iterable[Task]:
    """Money that has to come back."""
    for row in waiting.recoveries(actor)[:MOST]:
        why = _("Broken off: money comes back")
        page = _tab(row.project, "changes")
        yield Task(ref_of(row), row.project.title, page, _("Enter what came back"), due=_end_of(row.due), why=why)


def _closing(project: Any) -> str:
    return f"{reverse('projects:closing', args=[project.pk])}#opinions"


def find_opinions(actor: Actor) -> Iterable[Task]:
    """Opinions of the closing review to answer; those nobody answered in time, for whoever keeps the projects."""
    mine = set()
    for row in waiting.opinions_to_answer(actor)[:MOST]:
        mine.add(row.pk)
        why = _("Every point is answered: adopted, in part, or not and why.")
        page = _closing(row.project)
        yield Task(ref_of(row), row.project.title, page, _("Answer the opinions"), due=_end_of(row.due), why=why)
    for row in waiting.opinions_overdue(actor, timezone.localdate())[:MOST]:
        if row.pk in mine:
            continue
        why = _("The opinions are not answered in time.")
        page = _closing(row.project)
        yield Task(ref_of(row), row.project.title, page, _("Ask for the answers"), due=_end_of(row.due), why=why)


def find_advice(actor: Actor) -> Iterable[Task]:
    """Measures that were promised and are due."""
    for row in waiting.advice_to_finish(actor, timezone.localdate())[:MOST]:
        project = row.sheet.project
        page = _closing(project)
        yield Task(
            ref_of(row.sheet), project.title, page, _("Say that it is done"), due=_end_of(row.until), why=row.measure
        )


def hand_over(giver: UUID, taker: UUID, refs: Sequence[Ref]) -> int:
    """The work belongs to the post, not to a person: nothing moves."""
    return 0


SOURCES = (
    ("projects.findings", find_findings), ("projects.milestones", find_milestones),
    ("projects.midterms", find_midterms), ("projects.changes", find_changes), ("projects.recoveries", find_recoveries),
    ("projects.opinions", find_opinions), ("projects.advice", find_advice),
)  # fmt: skip


def contribute() -> None:
    """Enter every source."""
    for name, find in SOURCES:
        add(TaskSource(name, find, hand_over))
