"""Entering the sealed paper, ending or calling off an agreement, putting it into the archive."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.agreements.lifecycle import AGREEMENTS
from linli.apps.agreements.models import Agreement, AgreementState, Side, Signature
from linli.apps.agreements.permissions import moves
from linli.apps.agreements.queries.text import hash_of
from linli.apps.agreements.services.shape import within_commitment
from linli.apps.ledger.models import CommitmentState
from linli.apps.ledger.services import Part, plan_instalments, set_terms
from linli.kernel import files
from linli.kernel.contributions import held
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor


def sign(
    agreement: Agreement,
    *,
    scan: Any,
    signed_on: date,
    actor: Actor | None,
    copies: int = 0,
    at: datetime | None = None,
) -> Signature:
    """Enter the sealed paper. Nothing is signed without its scan, on a day ahead, with another text than reviewed, or
    while an objection to what it rests on holds it.

    The instalments of the commitment are planned as the agreement says, unless they are planned already.
    """
    when = at or timezone.now()
    if scan is None:
        raise Refusal(_("Upload the scan of the sealed paper: without it nothing is signed."), field="scan")
    if signed_on > timezone.localdate(when):
        raise Refusal(_("This day lies ahead. Enter it once it has come."), field="signed_on")
    within_commitment(agreement.amount, agreement.commitment)
    if not moves(actor, agreement):
        raise NotAllowed(_("Only the section in charge of this street does this."))
    stored = files.keep(scan, accept=files.PAPERS, owner=ref_of(agreement), actor=actor, at=when)
    try:
        return _sign(agreement, stored, signed_on, copies=copies, actor=actor, when=when)
    except Exception:
        files.forget(stored.pk)
        raise


@transaction.atomic
def _sign(
    agreement: Agreement, stored: Any, signed_on: date, *, copies: int, actor: Actor | None, when: datetime
) -> Signature:
    copies = copies or agreement.parties.count()
    facts = {
        "text_hash": hash_of(agreement), "day": signed_on, "sha256": stored.sha256[:16], "copies": copies,
        "subject": str(agreement.subject),
    }  # fmt: skip
    if reasons := held(agreement.subject, agreement.grounds):
        facts["held"] = reasons[0]
    AGREEMENTS.apply("sign", agreement, actor=actor, facts=facts, at=when)
    commitment = agreement.commitment
    if commitment is not None and not commitment.instalments.exists() and agreement.amount == commitment.binding:
        parts = [Part(part.share, part.condition) for part in agreement.parts.all()]
        plan_instalments(commitment, parts=parts, actor=actor, at=when)
    _set_terms(agreement, actor=actor, when=when)
    return Signature.objects.create(
        agreement=agreement, file_id=stored.pk, sha256=stored.sha256, signed_on=signed_on, copies=copies
    )


def _set_terms(agreement: Agreement, *, actor: Actor | None, when: datetime) -> None:
    """The money is spent as the agreement says: how, from when to when, by its other parties."""
    commitment = agreement.commitment
    if commitment is None or commitment.state != CommitmentState.OPEN:
        return
    others = agreement.parties.exclude(side=Side.FIRST).select_related("organization")
    set_terms(
        commitment,
        mode=agreement.mode,
        begins_on=agreement.begins_on,
        ends_on=agreement.ends_on,
        spenders=[party.organization for party in others if party.organization is not None],
        actor=actor,
        at=when,
    )


def end(agreement: Agreement, *, reason: str, actor: Actor | None, at: datetime | None = None) -> None:
    """The signed agreement has run its course, or was dissolved."""
    when = at or timezone.now()
    facts = {"reason": reason.strip()}
    AGREEMENTS.apply("end", agreement, actor=actor, facts=facts, at=when, ended_on=timezone.localdate(when))


def call_off(agreement: Agreement, *, reason: str, actor: Actor | None, at: datetime | None = None) -> None:
    """It will not be signed; its number stays with it."""
    when = at or timezone.now()
    columns: dict[str, Any] = {
        "ended_on": timezone.localdate(when),
        "text_hash": agreement.text_hash or hash_of(agreement),
    }
    AGREEMENTS.apply("call_off", agreement, actor=actor, facts={"reason": reason.strip()}, at=when, **columns)


def archive(agreement: Agreement, *, shelf: str, actor: Actor | None, at: datetime | None = None) -> None:
    """Say where the paper is kept. Refuses what is not signed; Conflict when it is archived already."""
    when = at or timezone.now()
    if not moves(actor, agreement):
        raise NotAllowed(_("Only the section in charge of this street does this."))
    where = " ".join(shelf.split())
    if not where:
        raise Refusal(_("Say where the paper is kept."), field="shelf")
    if not Signature.objects.filter(agreement=agreement).exists():
        raise Refusal(_("Only a signed agreement is archived."))
    with transaction.atomic():
        rows = Agreement.objects.filter(pk=agreement.pk, archived_on__isnull=True)
        rows = rows.filter(state__in=(AgreementState.SIGNED, AgreementState.ENDED))
        if not rows.update(archived_on=timezone.localdate(when), shelf=where):
            raise Conflict(_("This agreement is archived already."))
        agreement.refresh_from_db()
        record("agreements.agreement.archive", agreement, actor=actor, facts={"shelf": where}, at=when)
