"""The sheets that apps offer, and who may use them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.kernel.contributions import SheetOffer, contributions
from linli.kernel.errors import Missing, NotAllowed
from linli.kernel.scope.actors import Actor
from linli.kernel.tables.declared import Sheet


def offer_named(name: str) -> SheetOffer:
    """The offer of this name. Raises Missing."""
    for offer in contributions(SheetOffer):
        if offer.name == name:
            return offer
    raise Missing(_("There is no such table to fill in."))


def sheet_named(name: str) -> Sheet:
    """The declared sheet of this name. Raises Missing."""
    sheet: Sheet = offer_named(name).sheet
    return sheet


def offers_for(actor: Actor | None) -> list[SheetOffer]:
    """The sheets this actor may import, in the order they were contributed."""
    return [offer for offer in contributions(SheetOffer) if offer.allowed(actor, None)]


def require_allowed(name: str, actor: Any) -> SheetOffer:
    """The offer, when the actor may use it. Raises Missing, NotAllowed."""
    offer = offer_named(name)
    if not offer.allowed(actor, None):
        raise NotAllowed(_("Your posts do not allow you to import this table."))
    return offer
