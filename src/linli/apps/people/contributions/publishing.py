"""How a contact card becomes public: its texts, who passes it, what it keeps beside."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.apps.people import services
from linli.apps.people.models import ContactCard
from linli.apps.people.permissions import CHECKERS, SIGNERS, WRITERS
from linli.kernel.publication import PublicKind


def texts(card: ContactCard) -> dict[str, str]:
    """Everything the neighbours read of a card, by the heading of its field."""
    return {
        gettext("what it is about"): card.title,
        gettext("office or duty"): card.office,
        gettext("office telephone"): card.phone,
        gettext("hours"): card.hours,
        gettext("text"): card.body,
    }


def handed(giver: UUID, taker: UUID, cards: Sequence[UUID]) -> None:
    """Drafts that went to another author."""
    services.hand_over_drafts(giver=giver, taker=taker, cards=cards)


def label(card: ContactCard) -> str:
    """How a card is named among tasks."""
    return gettext("%(card)s · %(community)s") % {"card": card.title, "community": card.community.name}


CARD = PublicKind(
    "people.contact_card",
    _("Contact card of a community"),
    texts=texts,
    writes=WRITERS,
    checks=CHECKERS,
    signs_off=SIGNERS,
    may_stand=lambda card: [card.phone],
    moved=services.keep_up,
    handed=handed,
    label=label,
    told={
        "submit": _("submitted the card for the check"),
        "check": _("checked the card"),
        "sign_off": _("signed the card off; it is public"),
        "send_back": _("sent the card back"),
        "withdraw": _("withdrew the card from public view"),
        "take_up_again": _("took the card up again as a draft"),
    },
)
