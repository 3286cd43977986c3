"""What people show on pages: the desk's menu and tasks, and the cards on a community's page."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.apps.people import queries, services
from linli.apps.people.models import CardState, ContactCard, RollKind
from linli.apps.people.permissions import opens_the_desk, reads_cards, reads_roster
from linli.apps.people.tables import ROSTER_SHEET
from linli.kernel.contributions import NavItem, NavSection, PagePart, Searchable, SheetOffer, Task, TaskSource
from linli.kernel.refs import Ref, ref_of
from linli.kernel.scope import Actor

NEXT = {
    CardState.DRAFT: gettext_lazy("Finish and submit"),
    CardState.SUBMITTED: gettext_lazy("Read and check"),
    CardState.CHECKED: gettext_lazy("Read and sign off"),
}

WAITS = {
    CardState.DRAFT: gettext_lazy("Waits for you to finish it"),
    CardState.SUBMITTED: gettext_lazy("Waits for your check"),
    CardState.CHECKED: gettext_lazy("Waits for your sign-off"),
}


def find_tasks(actor: Actor) -> Iterable[Task]:
    """Cards whose next verb is this actor's; one query beside his posts."""
    for card in queries.waiting_for(actor):
        title = _("%(card)s · %(community)s") % {"card": card.title, "community": card.community.name}
        address = reverse("people:card", args=[card.pk])
        state = CardState(card.state)
        yield Task(ref_of(card), title, address, str(NEXT[state]), why=str(WAITS[state]), since=card.changed_at)


def hand_over(giver: UUID, taker: UUID, refs: Sequence[Ref]) -> int:
    """Drafts go to another author; how many did."""
    return services.hand_over_drafts(giver=giver, taker=taker, cards=[ref.id for ref in refs])


def card_text(card: ContactCard) -> str:
    """What is searched of a card: its title first, then the rest of what it says."""
    return f"{card.title}\n{card.office}\n{card.phone}\n{card.hours}\n{card.body}"


def public_page(card: ContactCard) -> str:
    """Where the neighbours read it: on the page of its community."""
    return f"{reverse('places:community', args=[card.community_id])}#cards-title"


def public_cards(actor: Actor | None, community: Any) -> dict[str, Any]:
    """The cards anybody may read, for the page of a community."""
    return {"cards": list(queries.public_cards(community))}


def public_rolls(actor: Actor | None, community: Any) -> dict[str, Any] | None:
    """How many people stand on each roll of a community, for its page; numbers only."""
    counts = queries.roll_counts(community, timezone.localdate())
    lines = [(kind.label, counts[kind]) for kind in RollKind if kind in counts]
    return {"lines": lines} if lines else None


PAGES = (
    NavSection("people", gettext_lazy("People"), order=40),
    NavSection("public", gettext_lazy("For the public"), order=50),
    NavItem("desk", gettext_lazy("My desk"), "people:desk", opens_the_desk, icon="home", order=0),
    NavItem("cards", gettext_lazy("Contact cards"), "people:cards", reads_cards, icon="phone", section="public"),
    NavItem("roster", gettext_lazy("Roster"), "people:roster", reads_roster, icon="id", section="people", order=10),
    NavItem(
        "rolls", gettext_lazy("Rolls"), "people:rolls", reads_roster, icon="list-check", section="people", order=20
    ),
    SheetOffer(ROSTER_SHEET.name, gettext_lazy("The roster of persons"), ROSTER_SHEET, reads_roster),
    Searchable(
        "people.contact_card",
        card_text,
        where=lambda card: str(card.community),
        public=lambda rows: rows.filter(state=CardState.PUBLIC),
        public_address=public_page,
    ),
    TaskSource("people.cards", find_tasks, hand_over),
    PagePart("places.community", "people.rolls", "people/part_rolls.html", public_rolls, order=60),
    PagePart("places.community", "people.cards", "people/part_cards.html", public_cards, order=10),
)
