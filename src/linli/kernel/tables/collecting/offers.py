"""The forms that apps offer for collection, and who may open or fill one anywhere."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.kernel.contributions import FormOffer, contributions
from linli.kernel.errors import Missing
from linli.kernel.scope.actors import Actor


def form_offer(name: str) -> FormOffer:
    """The offer of this name. Raises Missing."""
    for offer in contributions(FormOffer):
        if offer.name == name:
            return offer
    raise Missing(_("There is no such form to collect."))


def form_offers_for(actor: Actor) -> list[FormOffer]:
    """The forms this actor may collect somewhere."""
    return [offer for offer in contributions(FormOffer) if offer.keeps(actor)]


def may_collect(actor: Any, record: object = None) -> bool:
    """Whether the actor opens or fills any form; what is done with one asks for its own."""
    return actor is not None and any(offer.keeps(actor) or offer.hands_in(actor) for offer in contributions(FormOffer))
