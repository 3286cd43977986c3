"""Who is told what became of a contact card. An event brought twice tells once: its audit row is the key."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from linli.apps.people import queries
from linli.apps.people.models import CardState, ContactCard
from linli.apps.people.permissions import CHECKERS, SIGNERS
from linli.kernel.events import Event, hears
from linli.kernel.notices import notify
from linli.kernel.refs import ref_of


def _card(event: Event) -> ContactCard:
    assert event.ref is not None  # every verb of a card names it
    return ContactCard.objects.select_related("community").get(pk=event.ref.id)


def _tell(event: Event, card: ContactCard, recipients: Iterable[UUID], sentence: Promise) -> None:
    """Write the sentence to everybody but the one who did it."""
    words = {"title": card.title, "community": card.community.name, "reason": event.facts.get("reason") or ""}
    with override(settings.LANGUAGE_CODE):
        text = str(sentence) % words
    notify(
        [one for one in recipients if one != event.actor_id],
        kind=event.action,
        text=text,
        actor=None,
        ref=ref_of(card),
        dedupe=str(event.row),
        at=datetime.fromisoformat(event.at),
    )


@hears("people.contact_card.submit")
def tell_checkers(event: Event) -> None:
    """The secretaries of the community, while the card still waits for them."""
    card = _card(event)
    if card.state == CardState.SUBMITTED:
        checkers = set(queries.holders(CHECKERS, card.community)) - {card.author_id}
        _tell(event, card, sorted(checkers), _("%(community)s: the card “%(title)s” waits for your check."))


@hears("people.contact_card.check")
def tell_signers(event: Event) -> None:
    """The officers of the street, while the card still waits for them."""
    card = _card(event)
    if card.state == CardState.CHECKED:
        signers = set(queries.holders(SIGNERS, card.community)) - {card.author_id, card.checker_id}
        _tell(event, card, sorted(signers), _("%(community)s: the card “%(title)s” waits for your sign-off."))


@hears("people.contact_card.send_back")
def tell_author_why(event: Event) -> None:
    """The author, with the reason."""
    card = _card(event)
    _tell(event, card, [card.author_id], _("Your card “%(title)s” was sent back: %(reason)s"))


@hears("people.contact_card.sign_off")
def tell_it_is_public(event: Event) -> None:
    """Author and checker."""
    card = _card(event)
    passed = [person for person in (card.author_id, card.checker_id) if person]
    _tell(event, card, passed, _("%(community)s: the card “%(title)s” was signed off and is public."))


@hears("people.contact_card.withdraw")
def tell_author_it_is_gone(event: Event) -> None:
    """The author, who may take it up again."""
    card = _card(event)
    _tell(event, card, [card.author_id], _("Your card “%(title)s” was withdrawn from public view."))
