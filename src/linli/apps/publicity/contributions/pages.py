"""What notices show: the menu, the door of the portal, a part of a community's page, tasks, what is found."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.apps.publicity import queries
from linli.apps.publicity.models import PublicNotice
from linli.apps.publicity.permissions import reads_notices
from linli.kernel import publication
from linli.kernel.contributions import NavItem, PagePart, PortalDoor, Searchable, Task, TaskSource, declare_slot
from linli.kernel.contributions import contribute as add
from linli.kernel.refs import Ref, ref_of
from linli.kernel.scope import Actor

SHOWN = 5


def find_tasks(actor: Actor) -> Iterable[Task]:
    """Objections to answer, notices to conclude. Two queries."""
    for row in queries.open_objections(actor)[:100]:
        address = f"{reverse('publicity:desk_notice', args=[row.notice_id])}#objections"
        title = _("Objection to “%(notice)s”") % {"notice": row.notice.title}
        yield Task(ref_of(row), title, address, _("Answer"), why=_("Waits for your answer"), since=row.received_at)
    for notice in queries.over(actor, timezone.now())[:100]:
        address = reverse("publicity:desk_notice", args=[notice.pk])
        why = _("Its period has ended")
        yield Task(ref_of(notice), notice.title, address, _("Conclude the notice"), why=why, since=notice.closes)


def hand_over(giver: UUID, taker: UUID, refs: Sequence[Ref]) -> int:
    """The work belongs to the post, not to a person: nothing moves."""
    return 0


def notice_text(notice: PublicNotice) -> str:
    """What is searched of a notice."""
    return f"{notice.title}\n{notice.kind_title}\n{notice.body}"


def _shown(rows: Any) -> Any:
    return rows.filter(pk__in=publication.public(queries.KIND), opens__isnull=False)


def notices_here(actor: Actor | None, community: Any) -> dict[str, Any] | None:
    """The notices on display in a community, for its page."""
    rows = list(queries.public_at(community)[: SHOWN + 1])
    return {"notices": rows[:SHOWN], "more": len(rows) > SHOWN} if rows else None


PAGES = (
    NavItem(
        "publicity", gettext_lazy("Public notices"), "publicity:desk_notices", reads_notices, icon="bell",
        section="public", order=20,
    ),
    PortalDoor(
        "notices", gettext_lazy("Public notices"), "publicity:notices", "bell",
        gettext_lazy("What is on display, and how to object"), order=40,
    ),
    PagePart("places.community", "publicity.notices", "publicity/part_notices.html", notices_here, order=15),
    Searchable(
        queries.KIND, notice_text, where=lambda notice: str(notice.place), public=_shown,
        public_address=lambda notice: reverse("publicity:notice", args=[notice.pk]),
    ),
    TaskSource("publicity.work", find_tasks, hand_over),
)  # fmt: skip


def contribute() -> None:
    """Declare the slot, enter the rest."""
    declare_slot("publicity.notice", budget=2)
    add(*PAGES)
