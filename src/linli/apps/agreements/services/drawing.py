"""Drawing an agreement up under the next number, and changing its text, which reopens the review."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.agreements.kinds import clauses
from linli.apps.agreements.lifecycle import AGREEMENTS
from linli.apps.agreements.models import (
    Agreement,
    AgreementClause,
    AgreementIndicator,
    AgreementPart,
    AgreementParty,
    AgreementState,
    NumberRun,
)
from linli.apps.agreements.permissions import draws_up
from linli.apps.agreements.queries.agreements import template_of
from linli.apps.agreements.services.shape import (
    AgreementText,
    checked_amount,
    checked_parties,
    checked_parts,
    within_commitment,
)
from linli.apps.ledger.models import Commitment
from linli.apps.ledger.services.keeping import label_of
from linli.apps.places.models import Place
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.money import largest_remainder, next_number
from linli.kernel.refs import Ref
from linli.kernel.scope import Actor
from linli.kernel.search import index
from linli.kernel.settings import look

NOT_YOURS = _("Only the section in charge of this street does this.")


def draw_up(
    *,
    street: Place,
    subject: Ref,
    grounds: Ref,
    text: AgreementText,
    actor: Actor | None,
    commitment: Commitment | None = None,
    at: datetime | None = None,
) -> Agreement:
    """A draft under the next number of street and year.

    Refuses more than is promised, money paid out without shares or by shares that do not sum to 100, and parties of
    whom none is a legal person. Nothing is written then, and no number is used up.
    """
    when = at or timezone.now()
    text = _checked(street, text, commitment)
    agreement = Agreement(
        street=street,
        year=timezone.localdate(when).year,
        subject_kind=subject.kind,
        subject_id=subject.id,
        grounds_kind=grounds.kind,
        grounds_id=grounds.id,
        commitment=commitment,
        template=template_of(street.pk),
        drawn_up_at=when,
    )
    _take(agreement, text)
    if not draws_up(actor, agreement):
        raise NotAllowed(NOT_YOURS)
    with transaction.atomic():
        _number(agreement)
        agreement.save(force_insert=True)
        _write(agreement, text)
        index(agreement)
        facts = {"number": agreement.number, "title": agreement.title, "amount": agreement.amount}
        facts |= {"grounds": label_of(grounds)}
        record("agreements.agreement.draw_up", agreement, actor=actor, facts=facts, at=when)
    return agreement


def _checked(street: Place, text: AgreementText, commitment: Commitment | None) -> AgreementText:
    amount = checked_amount(text.amount)
    within_commitment(amount, commitment)
    if not text.title.strip() or not text.content.strip():
        raise Refusal(_("Say what the agreement is about, and what is done."), field="content")
    if text.ends_on <= text.begins_on:
        raise Refusal(_("The last day comes after the first one."), field="ends_on")
    parts = checked_parts(text.mode, text.parts)
    return replace(text, amount=amount, parts=parts, parties=checked_parties(street, text.parties))


def _take(agreement: Agreement, text: AgreementText) -> None:
    agreement.title, agreement.content = text.title.strip(), text.content.strip()
    agreement.amount, agreement.mode = text.amount, text.mode
    agreement.begins_on, agreement.ends_on = text.begins_on, text.ends_on


def _number(agreement: Agreement) -> None:
    """The next number, under the lock of its run, so that no two are alike and none is left out."""
    agreement.serial = next_number(NumberRun, street=agreement.street, year=agreement.year)
    mark = look(["agreements.mark"], street=agreement.street_id)["agreements.mark"].value
    agreement.number = f"{mark or agreement.street.name + '协'}〔{agreement.year}〕{agreement.serial}号"


def _write(agreement: Agreement, text: AgreementText) -> None:
    """Parties, parts, indicators and duties in place of those before."""
    for rows in (agreement.parties, agreement.parts, agreement.indicators, agreement.clauses):
        rows.all().delete()
    AgreementParty.objects.bulk_create(AgreementParty(agreement=agreement, **vars(party)) for party in text.parties)
    amounts = largest_remainder(text.amount, [part.share for part in text.parts])
    AgreementPart.objects.bulk_create(
        AgreementPart(agreement=agreement, number=number, share=part.share, amount=amount, condition=part.condition)
        for number, (part, amount) in enumerate(zip(text.parts, amounts, strict=True), start=1)
    )
    AgreementIndicator.objects.bulk_create(
        AgreementIndicator(agreement=agreement, number=number, **vars(one))
        for number, one in enumerate(text.indicators, start=1)
    )
    AgreementClause.objects.bulk_create(
        AgreementClause(
            agreement=agreement, number=number, code=one.code, title=one.title,
            text=text.duties.get(one.code, "").strip() or one.text,
        )
        for number, one in enumerate(clauses().values(), start=1)
    )  # fmt: skip


def change(
    agreement: Agreement, *, text: AgreementText, version: int, actor: Actor | None, at: datetime | None = None
) -> None:
    """Change the text of an agreement that is not signed. Was it under review or reviewed, the review begins anew."""
    if not draws_up(actor, agreement):
        raise NotAllowed(NOT_YOURS)
    text = _checked(agreement.street, text, agreement.commitment)
    with transaction.atomic():
        if not Agreement.objects.filter(pk=agreement.pk, version=version).update(version=version + 1):
            raise Conflict(_("Somebody changed this agreement while you were writing. Load it again."))
        agreement.refresh_from_db()
        if agreement.state != AgreementState.DRAFTED:
            AGREEMENTS.apply("change", agreement, actor=actor, at=at, text_hash="")
        _take(agreement, text)
        agreement.template = template_of(agreement.street_id)
        agreement.save(update_fields=["title", "content", "amount", "mode", "begins_on", "ends_on", "template"])
        _write(agreement, text)
        index(agreement)
        record("agreements.agreement.correct", agreement, actor=actor, facts={"amount": agreement.amount}, at=at)
