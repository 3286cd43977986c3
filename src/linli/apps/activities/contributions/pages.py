"""What activities show: the menu, the door of the portal, a part of a community's page, tasks, what is found."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.apps.activities import queries
from linli.apps.activities.models import Activity
from linli.apps.activities.permissions import reads_activities
from linli.kernel.contributions import NavItem, PagePart, PortalDoor, Searchable, Task, TaskSource, declare_slot
from linli.kernel.contributions import contribute as add
from linli.kernel.refs import Ref, ref_of
from linli.kernel.scope import Actor

SHOWN = 5


def find_tasks(actor: Actor) -> Iterable[Task]:
    """Dates that are over and not counted. One query."""
    for row in queries.not_counted(actor, timezone.now())[:100]:
        address = reverse("activities:date", args=[row.pk])
        yield Task(ref_of(row), str(row), address, _("Count heads"), why=_("It is over"), since=row.ends)


def hand_over(giver: UUID, taker: UUID, refs: Sequence[Ref]) -> int:
    """The work belongs to the post, not to a person: nothing moves."""
    return 0


def activity_text(row: Activity) -> str:
    """What is searched of an activity."""
    return f"{row.title}\n{row.kind_title}\n{row.venue}\n{row.about}"


def _shown(rows: Any) -> Any:
    return rows.filter(pk__in=queries.public_activities().values("pk"))


def dates_here(actor: Actor | None, community: Any) -> dict[str, Any] | None:
    """The next announced dates of a community, for its page."""
    rows = list(queries.public_at(community, timezone.now())[: SHOWN + 1])
    return {"dates": rows[:SHOWN], "more": len(rows) > SHOWN} if rows else None


PAGES = (
    NavItem(
        "activities", gettext_lazy("Activities"), "activities:activities", reads_activities, icon="calendar",
        section="community", order=60,
    ),
    PortalDoor(
        "activities", gettext_lazy("Activities"), "activities:public", "calendar",
        gettext_lazy("What is on, and signing up"), order=35,
    ),
    PagePart("places.community", "activities.dates", "activities/part_dates.html", dates_here, order=20),
    Searchable(
        queries.KIND, activity_text, where=lambda row: str(row.place), public=_shown,
        public_address=lambda row: reverse("activities:public_activity", args=[row.pk]),
    ),
    TaskSource("activities.work", find_tasks, hand_over),
)  # fmt: skip


def contribute() -> None:
    """Declare the slot, enter the rest."""
    declare_slot("activities.activity", budget=2)
    add(*PAGES)
