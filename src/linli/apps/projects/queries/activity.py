"""What activities and surveys know of a project: sessions, person-times, satisfaction."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from linli.apps.activities.queries import Total, total_of, totals
from linli.apps.projects.models import Counted, Project, ProjectIndicator
from linli.apps.surveys.queries import Rate
from linli.apps.surveys.queries import rates_of as rates_of_refs
from linli.kernel.refs import ref_of


def held_for(project: Project, since: date | None = None, until: date | None = None) -> Total:
    """Sessions, person-times and hours of the project's activities from ``since`` to ``until``. Two queries."""
    return total_of(totals(subjects=[ref_of(project)], since=since, until=until))


def done_in(project: Project, since: date, until: date) -> tuple[int, int]:
    """Sessions and person-times from ``since`` until before ``until``. Two queries."""
    found = held_for(project, since, until - timedelta(days=1))
    return found.sessions, found.person_times


def rates_of(projects: Sequence[Project]) -> dict[UUID, Rate]:
    """Project → the rate of its last closed survey. One query for any number."""
    found = rates_of_refs([ref_of(row) for row in projects])
    return {ref.id: rate for ref, rate in found.items()}


def counted_figures(project: Project, rows: Sequence[ProjectIndicator]) -> dict[UUID, tuple[Decimal, str]]:
    """Indicator → what the records count for it today, and of which records. At most three queries."""
    wanted = {row.counted for row in rows}
    found: dict[UUID, tuple[Decimal, str]] = {}
    if wanted & {Counted.SESSIONS, Counted.PERSON_TIMES, Counted.HOURS}:
        total = held_for(project)
        given = {
            Counted.SESSIONS: Decimal(total.sessions), Counted.PERSON_TIMES: Decimal(total.person_times),
            Counted.HOURS: Decimal(total.hours),
        }  # fmt: skip
        found |= {row.pk: (given[Counted(row.counted)], "活动记录") for row in rows if row.counted in given}
    if Counted.RATE in wanted:
        rate = rates_of([project]).get(project.pk)
        if rate is not None and rate.rate is not None:
            share = rate.rate * 100
            told = f"满意度调查（有效答卷{rate.n_valid}份）"
            found |= {row.pk: (share, told) for row in rows if row.counted == Counted.RATE}
    return found
