"""An order out of a need, in one step: whose need it is, is already known."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models import Need
from linli.apps.ordering.models import CatalogItem, Channel, Order
from linli.apps.ordering.services.ordering import OrderText, order
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.scope import Actor

FOR_THE_ORDER = "ordered from the resident's own need"


def order_from_need(need: Need, *, item: CatalogItem, actor: Actor | None, at: datetime | None = None) -> Order:
    """Order a service of the menu for whoever the need is of; name, telephone and door stay sealed on the way.

    Raises Refusal for a service of another street, Conflict where the need has an order already; else as ``order``.
    """
    if item.place.street_id != need.street_id:
        raise Refusal(_("This service is on the menu of another street."), field="item")
    if Order.objects.filter(need=need).exists():
        raise Conflict(_("Something was ordered out of this need already."), code="ordered")
    contact = getattr(need, "contact", None)
    if contact is None or not contact.name:
        raise Refusal(_("Nobody is named on this need. Order for somebody instead."), code="nameless")
    text = OrderText(
        name=contact.name.for_machine(because=FOR_THE_ORDER),
        phone=contact.phone.for_machine(because=FOR_THE_ORDER),
        door=contact.address.for_machine(because=FOR_THE_ORDER),
    )
    try:
        with transaction.atomic():
            return order(item, text=text, channel=Channel.NEED, need=need, actor=actor, at=at)
    except IntegrityError:
        raise Conflict(_("Something was ordered out of this need already."), code="ordered") from None
