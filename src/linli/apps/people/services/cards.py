"""Drawing up, changing, checking and publishing contact cards."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.people.lifecycle import LIFECYCLE
from linli.apps.people.models import CardState, ContactCard
from linli.apps.people.permissions import checked_it, writes_cards, wrote_it
from linli.apps.places.models import Place
from linli.apps.places.queries import COMMUNITIES
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor
from linli.kernel.search import index

LONGEST = {"title": 60, "office": 60, "hours": 120, "body": 2000}
MISSING = {
    "title": _("Say what the card is about."),
    "office": _("Say which office or duty answers; no person's name is needed."),
    "hours": _("Say when somebody answers."),
}
TELEPHONE = re.compile(r"(0\d{2,3}-?)?[2-8]\d{6,7}(-\d{1,6})?|400-?\d{3}-?\d{4}|1\d{4}|9\d{4}")
"""Office telephones: a landline with or without area code and extension, a 400 number, a five-digit short one."""


@dataclass(frozen=True)
class CardText:
    """What a card says."""

    title: str
    office: str
    phone: str
    hours: str
    body: str = ""


class TextChanged(Conflict):
    """Somebody changed the card first. ``mine`` was not saved; ``card`` is as it stands now."""

    def __init__(self, *, mine: CardText, card: ContactCard) -> None:
        super().__init__(
            _("Somebody changed this card while you were writing. Both texts are shown: take what you need over.")
        )
        self.mine = mine
        self.card = card


def draw_up(
    *,
    community: Place,
    text: CardText,
    actor: Actor,
    key: UUID | None = None,
    at: datetime | None = None,
) -> ContactCard:
    """A new draft. ``key`` is chosen when the form opens: a form sent twice makes one card, and gives it back."""
    at = at or timezone.now()
    text = _checked(text)
    card = ContactCard(community=community, author_id=actor.actor_id, changed_at=at, **vars(text))
    if key is not None:
        card.pk = key
    if community.level not in COMMUNITIES:
        raise Refusal(_("A contact card belongs to a community. Choose one."), field="community")
    if not writes_cards(actor, card):
        raise NotAllowed(_("Only people who work in this community write its contact cards."))
    try:
        with transaction.atomic():
            card.save(force_insert=True)
            record("people.contact_card.draw_up", card, actor=actor, facts={"title": card.title}, at=at)
            index(card)
    except IntegrityError:
        sent_before = ContactCard.objects.filter(pk=card.pk, author_id=actor.actor_id).first()
        if sent_before is None:
            raise _taken(text.title) from None
        return sent_before
    return card


def edit(card: ContactCard, *, text: CardText, version: int, actor: Actor, at: datetime | None = None) -> ContactCard:
    """The draft with a new text, if it is still the text of ``version``; else :class:`TextChanged`."""
    at = at or timezone.now()
    text = _checked(text)
    if not writes_cards(actor, card):
        raise NotAllowed(_("Only people who work in this community write its contact cards."))
    try:
        with transaction.atomic():
            unchanged = ContactCard.objects.filter(pk=card.pk, version=version, state=CardState.DRAFT)
            if not unchanged.update(**vars(text), version=version + 1, author_id=actor.actor_id, changed_at=at):
                _refuse_edit(card, text)
            card.refresh_from_db()
            record("people.contact_card.edit", card, actor=actor, facts={"version": card.version}, at=at)
            index(card)
    except IntegrityError:
        raise _taken(text.title) from None
    return card


def _taken(title: str) -> Refusal:
    return Refusal(
        _("This community has a card “%(title)s” already. Change that one, or give this one another title.")
        % {"title": title},
        code="card-exists",
        field="title",
    )


def _refuse_edit(card: ContactCard, mine: CardText) -> None:
    card.refresh_from_db()
    if card.state == CardState.DRAFT:
        raise TextChanged(mine=mine, card=card)
    raise Conflict(
        _("This card is %(state)s and is not changed now. Only a draft is.") % {"state": card.get_state_display()}
    )


def _checked(text: CardText) -> CardText:
    text = CardText(*(value.strip() for value in vars(text).values()))
    for field, sentence in MISSING.items():
        if not getattr(text, field):
            raise Refusal(sentence, field=field)
    for field in LONGEST:
        _refuse_long(text, field)
    if not TELEPHONE.fullmatch(text.phone):
        raise Refusal(
            _("Give the office telephone, such as 010-62880011. A mobile number belongs to a person and stays off."),
            field="phone",
        )
    return text


def _refuse_long(text: CardText, field: str) -> None:
    most, length = LONGEST[field], len(getattr(text, field))
    if length > most:
        raise Refusal(
            _("This is %(length)s characters long; there is room for %(most)s. Shorten it.")
            % {"length": length, "most": most},
            field=field,
        )


def submit(card: ContactCard, *, actor: Actor, version: int | None = None, at: datetime | None = None) -> None:
    """The draft goes to the check; whoever submits it stands for the text."""
    _move(card, "submit", actor=actor, version=version, at=at, author_id=actor.actor_id)


def check(card: ContactCard, *, actor: Actor, version: int | None = None, at: datetime | None = None) -> None:
    """A second person found the card right."""
    _refuse_own(card, actor)
    _move(card, "check", actor=actor, version=version, at=at, checker_id=actor.actor_id)


def sign_off(card: ContactCard, *, actor: Actor, version: int | None = None, at: datetime | None = None) -> None:
    """A third person answers for the card: from now on the neighbours see it."""
    at = at or timezone.now()
    _refuse_own(card, actor)
    _move(card, "sign_off", actor=actor, version=version, at=at, signer_id=actor.actor_id, public_at=at)


def send_back(
    card: ContactCard, *, actor: Actor, reason: str, version: int | None = None, at: datetime | None = None
) -> None:
    """The card becomes a draft again, for its checker too who finds a mistake; the reason stands in its timeline."""
    if wrote_it(actor, card):
        raise NotAllowed(_("You wrote this text. Somebody else checks it, and a third person signs it off."))
    facts = {"reason": reason.strip()}
    _move(card, "send_back", actor=actor, version=version, at=at, facts=facts, checker_id=None)


def withdraw(
    card: ContactCard, *, actor: Actor, reason: str = "", version: int | None = None, at: datetime | None = None
) -> None:
    """The neighbours no longer see the card; anyone who answers for it may do so alone and at once."""
    _move(card, "withdraw", actor=actor, version=version, at=at, facts={"reason": reason.strip()})


def take_up_again(card: ContactCard, *, actor: Actor, version: int | None = None, at: datetime | None = None) -> None:
    """A withdrawn card becomes a draft; it passes check and sign-off anew."""
    columns: dict[str, Any] = {"checker_id": None, "signer_id": None, "public_at": None}
    try:
        _move(card, "take_up_again", actor=actor, version=version, at=at, author_id=actor.actor_id, **columns)
    except IntegrityError:
        raise _taken(card.title) from None


def _move(
    card: ContactCard,
    verb: str,
    *,
    actor: Actor,
    version: int | None,
    at: datetime | None,
    facts: Mapping[str, Any] | None = None,
    **columns: Any,
) -> None:
    at = at or timezone.now()
    known = {**(facts or {}), "version": version}
    LIFECYCLE.apply(verb, card, actor=actor, facts=known, at=at, changed_at=at, **columns)


def _refuse_own(card: ContactCard, actor: Actor) -> None:
    if wrote_it(actor, card):
        raise NotAllowed(_("You wrote this text. Somebody else checks it, and a third person signs it off."))
    if card.state == CardState.CHECKED and checked_it(actor, card):
        raise NotAllowed(_("You checked this card. A third person signs it off."))


def hand_over_drafts(*, giver: UUID, taker: UUID, cards: Sequence[UUID]) -> int:
    """Drafts among ``cards`` written by ``giver`` become ``taker``'s; runs in the caller's transaction."""
    drafts = ContactCard.objects.filter(pk__in=cards, author=giver, state=CardState.DRAFT)
    return drafts.update(author=taker, version=F("version") + 1)
