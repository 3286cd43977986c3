"""What surveys show elsewhere: the menu, surveys a resident may answer on a community's page, work that waits."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.apps.surveys import queries
from linli.apps.surveys.models import SurveyState
from linli.apps.surveys.permissions import KEEPERS, reads_surveys
from linli.kernel.contributions import NavItem, PagePart, Searchable, Task, TaskSource
from linli.kernel.contributions import contribute as add
from linli.kernel.refs import Ref, ref_of
from linli.kernel.scope import Actor


def find_tasks(actor: Actor) -> Iterable[Task]:
    """Surveys whose last day is over, to be counted. One query."""
    rows = queries.visible_to(actor).filter(
        place__in=actor.reach(*KEEPERS).places, state=SurveyState.OPEN, last_day__lt=timezone.localdate()
    )
    for row in rows[:100]:
        address = reverse("surveys:survey", args=[row.pk])
        why = _("Its last day is over")
        yield Task(ref_of(row), row.title, address, _("Close the survey and count"), why=why, since=row.opened_at)


def hand_over(giver: UUID, taker: UUID, refs: Sequence[Ref]) -> int:
    """The work belongs to the post, not to a person: nothing moves."""
    return 0


def open_here(actor: Actor | None, community: Any) -> dict[str, Any] | None:
    """Surveys of a community that anybody may answer by their link. One query."""
    rows = queries.taking_answers(timezone.localdate()).filter(place=community, openly=True)
    found = list(rows.order_by("last_day", "id")[:5])
    return {"surveys": found} if found else None


def contribute() -> None:
    """Called once, when the house starts."""
    add(
        NavItem(
            "surveys", gettext_lazy("Surveys"), "surveys:surveys", reads_surveys, icon="file-text",
            section="projects", order=60,
        ),
        PagePart("places.community", "surveys.open", "surveys/part_open.html", open_here, order=40),
        Searchable("surveys.survey", lambda row: f"{row.title}\n{row.lead}", where=lambda row: str(row.place)),
        TaskSource("surveys.work", find_tasks, hand_over),
    )  # fmt: skip
