"""What people show on pages: the desk's menu, and the cards on a community's page."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from linli.apps.people import queries
from linli.apps.people.models import ContactCard, RollKind
from linli.apps.people.permissions import opens_the_desk, reads_cards, reads_roster
from linli.apps.people.tables import ROSTER_SHEET
from linli.kernel.contributions import NavItem, NavSection, PagePart, Searchable, SheetOffer
from linli.kernel.publication import signed
from linli.kernel.scope import Actor


def card_text(card: ContactCard) -> str:
    """What is searched of a card: its title first, then the rest of what it says."""
    return f"{card.title}\n{card.office}\n{card.phone}\n{card.hours}\n{card.body}"


def public_page(card: ContactCard) -> str:
    """Where the neighbours read it: on the page of its community."""
    return f"{reverse('places:community', args=[card.community_id])}#cards-title"


def public_cards(actor: Actor | None, community: Any) -> dict[str, Any]:
    """The cards anybody may read, for the page of a community."""
    return {"cards": signed(queries.public_cards(community))}


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
        public=queries.public_only,
        public_address=public_page,
    ),
    PagePart("places.community", "people.rolls", "people/part_rolls.html", public_rolls, order=60),
    PagePart("places.community", "people.cards", "people/part_cards.html", public_cards, order=10),
)
