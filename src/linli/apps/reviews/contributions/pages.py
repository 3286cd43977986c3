"""What reviews show: the menu, the slots of their pages, the table of experts, what waits for a decision."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.apps.reviews import queries
from linli.apps.reviews.models import OPEN_SESSIONS, Recusal, RecusalState
from linli.apps.reviews.permissions import KEEPERS, reads_experts, reads_reviews, tends_experts
from linli.apps.reviews.tables import EXPERTS
from linli.kernel.contributions import NavItem, NavSection, SheetOffer, Task, TaskSource, declare_slot
from linli.kernel.contributions import contribute as add
from linli.kernel.refs import Ref, ref_of
from linli.kernel.scope import Actor


def find_tasks(actor: Actor) -> Iterable[Task]:
    """Recusals nobody has decided, where the actor prepares reviews. One query."""
    mine = Recusal.objects.filter(
        queries.BEFORE_ITS_JUDGES,
        state=RecusalState.FOUND,
        entry__session__state__in=OPEN_SESSIONS,
        entry__session__rehearsal_of__isnull=True,
        entry__session__place__in=actor.reach(*KEEPERS).places,
    )
    for row in mine.select_related("entry__session", "seat").order_by("id")[:200]:
        title = _("%(judge)s and “%(entry)s”") % {"judge": row.seat.name, "entry": row.entry.title}
        address = reverse("reviews:decide", args=[row.pk])
        yield Task(ref_of(row), title, address, _("Decide on the recusal"), why=row.fact)


def hand_over(giver: UUID, taker: UUID, refs: Sequence[Ref]) -> int:
    """The work belongs to whoever prepares the review by post: nothing moves."""
    return 0


PAGES = (
    NavSection("reviews", gettext_lazy("Reviews"), order=43),
    NavItem("reviews", gettext_lazy("Reviews"), "reviews:list", reads_reviews, "star", 10, section="reviews"),
    NavItem("experts", gettext_lazy("Experts"), "reviews:experts", reads_experts, "users", 20, section="reviews"),
    SheetOffer(EXPERTS.name, gettext_lazy("The pool of experts"), EXPERTS, tends_experts),
    TaskSource("reviews.recusals", find_tasks, hand_over),
)  # fmt: skip


def contribute() -> None:
    """Declare the slots of our pages, enter the rest. ``reviews.results`` is where the consistency report stands."""
    declare_slot("reviews.session", budget=2)
    declare_slot("reviews.results", budget=2)
    add(*PAGES)
