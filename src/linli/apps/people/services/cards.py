"""Drawing up, changing, checking and publishing contact cards."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.people.models import ContactCard
from linli.apps.people.permissions import writes_cards
from linli.apps.places.models import Place
from linli.apps.places.queries import COMMUNITIES
from linli.kernel import audit, publication
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor
from linli.kernel.search import index

TEXT = ("title", "office", "phone", "hours", "body")
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
            publication.begin(card, actor=actor, at=at)
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
    before = audit.seen(card, TEXT)
    try:
        with transaction.atomic():
            publication.changed(card, actor=actor, at=at, draft_only=True)
            unchanged = ContactCard.objects.filter(pk=card.pk, version=version)
            changes = {**vars(text), "version": version + 1, "author_id": actor.actor_id, "changed_at": at}
            if not unchanged.update(**changes):
                card.refresh_from_db()
                raise TextChanged(mine=text, card=card)
            card.refresh_from_db()
            facts = {"version": card.version, **audit.changes(before, audit.seen(card, TEXT))}
            record("people.contact_card.edit", card, actor=actor, facts=facts, at=at)
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
    _refuse_unread(card, version)
    publication.submit(card, actor=actor, at=at)


def check(card: ContactCard, *, actor: Actor, version: int | None = None, at: datetime | None = None) -> None:
    """A second person found the card right."""
    _refuse_unread(card, version)
    publication.check(card, actor=actor, at=at)


def sign_off(card: ContactCard, *, actor: Actor, version: int | None = None, at: datetime | None = None) -> None:
    """A third person answers for the card: from now on the neighbours see it."""
    _refuse_unread(card, version)
    publication.sign_off(card, actor=actor, at=at)


def send_back(
    card: ContactCard, *, actor: Actor, reason: str, version: int | None = None, at: datetime | None = None
) -> None:
    """The card becomes a draft again, for its checker too who finds a mistake; the reason stands in its timeline."""
    _refuse_unread(card, version)
    publication.send_back(card, actor=actor, reason=reason, at=at)


def withdraw(card: ContactCard, *, actor: Actor, reason: str = "", at: datetime | None = None) -> None:
    """The neighbours no longer see the card; anyone who answers for it may do so alone and at once."""
    publication.withdraw(card, actor=actor, reason=reason, at=at)


def take_up_again(card: ContactCard, *, actor: Actor, at: datetime | None = None) -> None:
    """A withdrawn card becomes a draft; it passes check and sign-off anew."""
    publication.take_up_again(card, actor=actor, at=at)


def _refuse_unread(card: ContactCard, version: int | None) -> None:
    """Nobody passes a text he has not read: the version he read is the version of the row."""
    if version not in (None, card.version):
        raise Conflict(_("The text has changed since you opened it. Read it again, then decide."))


def keep_up(card: ContactCard, verb: str, actor: Actor | None, at: datetime) -> None:
    """What a card keeps of its way to the public: who stands for it, its last change, whether it is shelved."""
    columns: dict[str, Any] = {"changed_at": at}
    if verb in ("submit", "take_up_again") and actor is not None:
        columns["author_id"] = actor.actor_id
    if verb in ("withdraw", "take_up_again"):
        columns["shelved"] = verb == "withdraw"
    try:
        with transaction.atomic():
            ContactCard.objects.filter(pk=card.pk).update(**columns)
    except IntegrityError:
        raise _taken(card.title) from None
    for name, value in columns.items():
        setattr(card, name, value)


def hand_over_drafts(*, giver: UUID, taker: UUID, cards: Sequence[UUID]) -> int:
    """Drafts among ``cards`` written by ``giver`` become ``taker``'s; runs in the caller's transaction."""
    drafts = ContactCard.objects.filter(pk__in=cards, author=giver)
    return drafts.update(author=taker, version=F("version") + 1)
