"""The internal review: each office gives its opinion; when all agree the agreement may be signed."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.agreements.lifecycle import AGREEMENTS
from linli.apps.agreements.models import Agreement, AgreementState, OfficeOpinion, OpinionOffice, OpinionView
from linli.apps.agreements.permissions import OFFICES
from linli.apps.agreements.queries.agreements import missing_opinions, offices_of
from linli.apps.agreements.queries.text import hash_of
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor, clock, holds


def send_to_review(agreement: Agreement, *, actor: Actor | None, at: datetime | None = None) -> None:
    """The text is sealed and goes to the offices; a new round of review begins."""
    number = agreement.review + 1
    AGREEMENTS.apply(
        "send_to_review", agreement, actor=actor, at=at, facts={"review": number}, review=number,
        text_hash=hash_of(agreement),
    )  # fmt: skip


def give_opinion(
    agreement: Agreement,
    *,
    office: OpinionOffice,
    view: OpinionView,
    actor: Actor | None,
    text: str = "",
    at: datetime | None = None,
) -> OfficeOpinion:
    """One office speaks. When all agree the agreement is reviewed; when one wants it revised it is a draft again.

    Refuses an office the street does not ask, an actor who does not speak for it, and one person for two offices.
    """
    when = at or timezone.now()
    said = text.strip()
    if office not in offices_of(agreement.street_id):
        raise Refusal(_("The street does not ask this office for its opinion."), field="office")
    if not (clock | holds(*OFFICES[office]))(actor, agreement):
        raise NotAllowed(_("You do not speak for this office here."))
    if view == OpinionView.REVISE and not said:
        raise Refusal(_("Say what is to be revised."), field="text")
    with transaction.atomic():
        still = Agreement.objects.filter(pk=agreement.pk, state=AgreementState.IN_REVIEW)
        if not still.update(version=F("version") + 1):
            raise Conflict(_("This agreement is not under review."))
        agreement.refresh_from_db()
        row = OfficeOpinion(
            agreement=agreement, review=agreement.review, office=office, view=view, text=said,
            giver_id=actor.actor_id if actor else None, given_at=when,
        )  # fmt: skip
        _insert(row)
        facts = {"office": row.get_office_display(), "view": row.get_view_display(), "text": said}
        record("agreements.opinion.give", agreement, actor=actor, facts=facts, at=when)
        if view == OpinionView.REVISE:
            AGREEMENTS.apply("ask_revision", agreement, actor=actor, at=when, facts={"reason": said}, text_hash="")
        elif not missing_opinions(agreement):
            AGREEMENTS.apply("pass_review", agreement, actor=actor, at=when)
    return row


def _insert(row: OfficeOpinion) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Conflict(
            _("This office has spoken, or you have spoken for another one: each opinion comes from somebody else.")
        ) from None
