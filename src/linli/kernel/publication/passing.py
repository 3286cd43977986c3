"""The verbs: begin, submit, hold, check, sign off, send back, withdraw, take up again; and what a change does."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import Conflict, NotAllowed
from linli.kernel.publication.looking import refuse_findings, scan_record
from linli.kernel.publication.models import Publication
from linli.kernel.publication.models import PublicationState as State
from linli.kernel.publication.sealing import digest_of, kind_for
from linli.kernel.publication.stages import checked_it, wrote_it
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor
from linli.kernel.scope.actors import anchor_of


def publication_of(record: Any) -> Publication:
    """The row of a record; a draft not yet saved where it has none. One query."""
    ref = ref_of(record)
    row = Publication.objects.filter(kind=ref.kind, ref_id=ref.id).first()
    if row is None:
        row = Publication(kind=ref.kind, ref_id=ref.id, moved_at=timezone.now(), **_where(record))
    row.record = record
    return row


def _where(record: Any) -> dict[str, Any]:
    anchor = anchor_of(record)
    return {"place_id": anchor.place, "organization_id": anchor.organization}


def belongs_anew(record: Any) -> None:
    """The record's place or organization changed: whoever works there now passes it. Its state stays."""
    ref = ref_of(record)
    Publication.objects.filter(kind=ref.kind, ref_id=ref.id).update(**_where(record))


def begin(
    record: Any, *, actor: Actor | None, author_id: UUID | None = None, at: datetime | None = None
) -> Publication:
    """The draft's row. A record without one gets it here, or when it is submitted."""
    ref = ref_of(record)
    who = author_id or (actor.actor_id if actor is not None else None)
    fresh = Publication(
        kind=ref.kind, ref_id=ref.id, author_id=who, moved_at=at or timezone.now(), **_where(record),
        short=not kind_for(record).signs_off,
    )  # fmt: skip
    Publication.objects.bulk_create([fresh], ignore_conflicts=True)
    return publication_of(record)


def changed(record: Any, *, actor: Actor | None, at: datetime | None = None, draft_only: bool = False) -> Publication:
    """Call it in the transaction that changes what the public reads: the seal breaks, the check begins anew.

    Whoever changes it stands for it. ``draft_only`` refuses with Conflict unless it is a draft.
    """
    when, who = at or timezone.now(), actor.actor_id if actor is not None else None
    with transaction.atomic():
        row = publication_of(record)
        if row.is_new:
            return begin(record, actor=actor, at=when)
        if row.state in (State.DRAFT, State.WITHDRAWN) or draft_only:
            same = Publication.objects.filter(pk=row.pk, state=State.DRAFT if draft_only else row.state)
            if not same.update(version=F("version") + 1, author_id=who, checker_id=None, signer_id=None, moved_at=when):
                raise _not_a_draft(row)
            return publication_of(record)
        _apply(row, "change", actor=actor, at=when, author_id=who, checker_id=None, signer_id=None, digest="")
        return row


def _not_a_draft(row: Publication) -> Conflict:
    return Conflict(
        _("The text is %(state)s and is not changed now. Only a draft is.") % {"state": row.get_state_display()}
    )


def _apply(row: Publication, verb: str, *, actor: Actor | None, at: datetime, **asked: Any) -> None:
    facts = asked.pop("facts", {})
    kind = kind_for(row.record)
    kind.lifecycle.apply(verb, row, actor=actor, facts=facts, at=at, moved_at=at, **asked)
    kind.moved(row.record, verb, actor, at)


def _refuse_own(row: Publication, actor: Actor | None) -> None:
    if wrote_it(actor, row):
        raise NotAllowed(_("You wrote this text. Somebody else checks it, and a third person signs it off."))
    if row.state == State.CHECKED and checked_it(actor, row):
        raise NotAllowed(_("You checked this text. A third person signs it off."))


def submit(record: Any, *, actor: Actor, seen: str = "", at: datetime | None = None) -> Publication:
    """The draft goes to the check; whoever submits it stands for it. Refused while the scan finds something."""
    when = at or timezone.now()
    with transaction.atomic():
        row = publication_of(record)
        if row.is_new:
            row = begin(record, actor=actor, at=when)
        digest = digest_of(record)
        facts = {"seen": seen, "digest": digest}
        if row.state == State.DRAFT and kind_for(record).lifecycle.transitions["submit"].allowed(actor, row):
            refuse_findings(scan_record(record))
        columns = {"digest": digest, "author_id": actor.actor_id, "checker_id": None, "signer_id": None}
        _apply(row, "submit", actor=actor, at=when, facts=facts, **columns, **_where(record))
    return row


def hold_until_checked(
    record: Any, *, actor: Actor | None, author_id: UUID | None = None, at: datetime | None = None
) -> Publication:
    """A resident's text waits for the check and shows nowhere before it; nobody is refused here.

    What the scan finds is shown to the checker, who cannot pass it while it stands.
    """
    when = at or timezone.now()
    with transaction.atomic():
        row = begin(record, actor=actor, author_id=author_id, at=when)
        digest = digest_of(record)
        _apply(row, "hold", actor=actor, at=when, facts={"digest": digest}, digest=digest, **_where(record))
    return row


def check(record: Any, *, actor: Actor, seen: str = "", at: datetime | None = None) -> Publication:
    """A second person found it right. Of a kind without sign-off it is public now."""
    when = at or timezone.now()
    with transaction.atomic():
        row = publication_of(record)
        _refuse_own(row, actor)
        facts = {"seen": seen, "digest": digest_of(record)}
        if row.state == State.SUBMITTED and kind_for(record).lifecycle.transitions["check"].allowed(actor, row):
            refuse_findings(scan_record(record))
        columns: dict[str, Any] = {"checker_id": actor.actor_id}
        if not kind_for(record).signs_off:
            columns |= {"public_at": when, "short": True}
        _apply(row, "check", actor=actor, at=when, facts=facts, **columns)
    return row


def sign_off(record: Any, *, actor: Actor, seen: str = "", at: datetime | None = None) -> Publication:
    """A third person answers for it: from now on everybody sees it."""
    when = at or timezone.now()
    with transaction.atomic():
        row = publication_of(record)
        _refuse_own(row, actor)
        facts = {"seen": seen, "digest": digest_of(record)}
        if row.state == State.CHECKED and kind_for(record).lifecycle.transitions["sign_off"].allowed(actor, row):
            refuse_findings(scan_record(record))
        _apply(row, "sign_off", actor=actor, at=when, facts=facts, signer_id=actor.actor_id, public_at=when)
    return row


def send_back(record: Any, *, actor: Actor, reason: str, seen: str = "", at: datetime | None = None) -> Publication:
    """A draft again, for its checker too who finds a mistake; the reason stands in the timeline."""
    with transaction.atomic():
        row = publication_of(record)
        if wrote_it(actor, row):
            raise NotAllowed(_("You wrote this text. Somebody else checks it, and a third person signs it off."))
        facts = {"reason": reason.strip(), "seen": seen, "digest": digest_of(record) if seen else ""}
        _apply(row, "send_back", actor=actor, at=at or timezone.now(), facts=facts, checker_id=None, signer_id=None)
    return row


def withdraw(record: Any, *, actor: Actor, reason: str = "", seen: str = "", at: datetime | None = None) -> Publication:
    """Nobody outside sees it any more, from the next request on; anyone who answers for it may do so alone."""
    with transaction.atomic():
        row = publication_of(record)
        _apply(row, "withdraw", actor=actor, at=at or timezone.now(), facts={"reason": reason.strip()})
    return row


def take_up_again(record: Any, *, actor: Actor, seen: str = "", at: datetime | None = None) -> Publication:
    """A withdrawn text becomes a draft; it passes check and sign-off anew."""
    fresh: dict[str, Any] = {"checker_id": None, "signer_id": None, "public_at": None, "digest": ""}
    with transaction.atomic():
        row = publication_of(record)
        _apply(row, "take_up_again", actor=actor, at=at or timezone.now(), author_id=actor.actor_id, **fresh)
    return row
