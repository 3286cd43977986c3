"""Contact cards, read, drawn up and submitted by other systems."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Query

from linli.apps.people import queries, services
from linli.apps.people.models import ContactCard
from linli.apps.people.permissions import reads_cards, writes_cards
from linli.apps.people.schemas import CardIn, CardOut, CardsAsked, CardSeen
from linli.apps.people.services.cards import CardText
from linli.kernel import publication
from linli.kernel.api import Call, Doors, Page, declare, page
from linli.kernel.errors import Missing

declare("people.contact_card:read", _("Read contact cards"))
declare("people.contact_card:write", _("Draw up and submit contact cards"))
DOORS = Doors("contact-cards")
READ: dict[str, Any] = {"scope": "people.contact_card:read", "permission": reads_cards}
WRITE: dict[str, Any] = {"scope": "people.contact_card:write", "permission": writes_cards}


def _with_verbs(request: Call, cards: Sequence[ContactCard]) -> list[ContactCard]:
    rows = publication.publications_of(cards)
    offered = queries.verbs_for(request.actor, cards, rows)
    for card in cards:
        row = rows[card.pk]
        told = {"verbs": [verb.name for verb in offered[card.pk]], "state": row.state, "public_at": row.public_at}
        vars(card).update(told)  # read by CardOut
    return list(cards)


def _card(request: Call, card_id: UUID) -> ContactCard:
    found = queries.visible_to(request.actor).filter(pk=card_id).first()
    if found is None:
        raise Missing(_("There is no such contact card within your reach."))
    return found


@DOORS.get("/contact-cards", **READ, answers=Page[CardOut], summary="Contact cards within reach")
def cards(request: Call, response: HttpResponse, asked: Query[CardsAsked]) -> dict[str, Any]:
    rows = queries.visible_to(request.actor)
    if asked.state:
        rows = rows.filter(pk__in=publication.in_state("people.contact_card", asked.state))
    if asked.community:
        rows = rows.filter(community=asked.community)
    found = page(rows, request, response, asked)
    return {**found, "items": _with_verbs(request, found["items"])}


@DOORS.get("/contact-cards/{uuid:card_id}", **READ, answers=CardOut, summary="One contact card")
def card(request: Call, card_id: UUID) -> ContactCard:
    return _with_verbs(request, [_card(request, card_id)])[0]


@DOORS.post("/contact-cards", **WRITE, answers=CardOut, summary="Draw up a contact card")
def draw_up(request: Call, data: CardIn) -> ContactCard:
    community = queries.writable_communities(request.actor).filter(pk=data.community).first()
    if community is None:
        raise Missing(_("There is no such community within your reach."), field="community")
    text = CardText(**data.dict(exclude={"community"}))
    made = services.draw_up(community=community, text=text, actor=request.actor)
    return _with_verbs(request, [made])[0]


@DOORS.post(
    "/contact-cards/{uuid:card_id}/submit", **WRITE, status=200, answers=CardOut, summary="Submit for the check"
)
def submit(request: Call, card_id: UUID, data: CardSeen) -> ContactCard:
    found = _card(request, card_id)
    services.submit(found, actor=request.actor, version=data.version)
    found.refresh_from_db()
    return _with_verbs(request, [found])[0]
