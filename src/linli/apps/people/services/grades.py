"""Making sure who an account belongs to: a call back, a document shown, a slip, the roster; and taking it back."""

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.people.models import GIVES, DocumentKind, How, IdentityProof, Person, User
from linli.apps.people.permissions import proves_identity
from linli.apps.people.queries.grades import is_same_person
from linli.kernel import slips
from linli.kernel.audit import told
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.refs import Ref, ref_of
from linli.kernel.scope import Actor
from linli.kernel.settings import value_of

PURPOSE = "people.identity"
"""What identity slips are issued for."""


def _may(user: User, actor: Actor | None) -> None:
    if not proves_identity(actor, user):
        raise NotAllowed(_("Only people who work in this person's community prove who it is."))
    if actor is not None and actor.actor_id == user.pk:
        raise NotAllowed(_("Nobody proves himself. Ask a colleague."))


def _give(
    user: User,
    how: How,
    *,
    witness: Actor | None,
    at: datetime | None,
    days: int | None = None,
    document: str = "",
    person: Person | None = None,
) -> IdentityProof:
    """One proof; an older one of the same way that is still in force makes room for it."""
    at = at or timezone.now()
    today = timezone.localdate(at)
    before = IdentityProof.objects.filter(user=user, how=how, withdrawn_at__isnull=True)
    before.update(withdrawn_at=at, reason="由新的核实代替")
    proof = IdentityProof(
        user=user, how=how, grade=GIVES[how], given_on=today, document=document, person=person,
        expires_on=today + timedelta(days=days) if days else None,
        witness_id=witness.actor_id if witness else None,
    )  # fmt: skip
    proof.save(force_insert=True)
    record("people.identity.prove", user, actor=witness, facts={"how": how.label}, at=at)
    user.__dict__.pop("grade", None)
    return proof


@transaction.atomic
def prove_by_call(user: User, *, actor: Actor, at: datetime | None = None) -> IdentityProof:
    """A worker rang the number back and spoke with the person. Counts for as long as the setting says."""
    _may(user, actor)
    if not user.phone:
        raise Refusal(_("This account has no telephone number to ring."), code="no-phone")
    others = User.objects.filter(phone_print=user.phone_print, claims_phone=False, is_active=True)
    if others.exclude(pk=user.pk).exists():
        raise Refusal(
            _("This number is proved for another account. Ask the person in, and prove by a document."),
            code="phone-taken",
        )
    User.objects.filter(pk=user.pk).update(claims_phone=False)
    user.claims_phone = False
    days = value_of("people.call_proof_days", at=at)
    return _give(user, How.CALL, witness=actor, at=at, days=days)


@transaction.atomic
def prove_in_person(user: User, *, document: str, actor: Actor, at: datetime | None = None) -> IdentityProof:
    """A worker saw the person and a document; only the kind of the document is kept."""
    _may(user, actor)
    if document not in DocumentKind.values:
        raise Refusal(_("Say which document you saw."), field="document")
    return _give(user, How.IN_PERSON, witness=actor, at=at, document=document)


@transaction.atomic
def issue_slip(user: User, *, actor: Actor, at: datetime | None = None) -> tuple[str, datetime]:
    """(code, last moment) of a slip for this account, to be printed now and handed over to the person."""
    _may(user, actor)
    at = at or timezone.now()
    expires = at + timedelta(days=value_of("people.slip_days", at=at))
    code = slips.issue(PURPOSE, refs=[ref_of(user)], expires=expires, at=at)[0]
    record("people.identity.slip", user, actor=actor, at=at)
    return code, expires


@transaction.atomic
def prove_by_slip(user: User, *, code: str, actor: Actor, at: datetime | None = None) -> IdentityProof:
    """The person typed the slip in. A slip of somebody else stays unused. Raises Missing, Refusal, Conflict."""
    if actor.actor_id != user.pk:
        raise NotAllowed(_("A slip is typed in by the person it was handed to."))
    if slips.use(code, PURPOSE, at=at) != Ref("people.user", user.pk):
        raise Refusal(_("This slip was made for another account. Ask the worker for one of yours."), field="code")
    return _give(user, How.SLIP, witness=None, at=at)


@transaction.atomic
def match_to_roster(
    user: User, person: Person, *, actor: Actor, id_number: str = "", at: datetime | None = None
) -> IdentityProof:
    """A worker finds the account and the person on the roster to be one: same name, and telephone or document.

    Raises Refusal when they do not agree, Conflict when the person has an account already.
    """
    _may(user, actor)
    if not is_same_person(user, person, id_number=id_number):
        raise Refusal(
            _("Name, and telephone or document number, do not agree with the roster. Put one of them right first."),
            code="no-match",
        )
    try:
        with transaction.atomic():
            taken = User.objects.filter(pk=user.pk, person__isnull=True).update(person=person)
    except IntegrityError:
        raise Conflict(_("This person on the roster belongs to another account.")) from None
    if not taken:
        raise Conflict(_("This account is matched already. Withdraw that first."))
    user.person = person
    return _give(user, How.ROSTER, witness=actor, at=at, person=person)


@transaction.atomic
def refuse_match(user: User, *, reason: str, actor: Actor, at: datetime | None = None) -> None:
    """Nobody on the roster is this person, and why; the person reads it. Raises Refusal without a reason."""
    _may(user, actor)
    if not reason.strip():
        raise Refusal(_("Say in a sentence why, so that the person knows what to bring."), field="reason")
    record("people.identity.refuse", user, actor=actor, facts={"reason": reason.strip()}, at=at)


@transaction.atomic
def withdraw_proof(proof: IdentityProof, *, reason: str, actor: Actor | None, at: datetime | None = None) -> None:
    """A proof no longer counts; a match to the roster is undone with it. Raises Refusal without a reason, Conflict."""
    if actor is not None:
        _may(proof.user, actor)
    reason = reason.strip()
    if not reason:
        raise Refusal(_("Say in a sentence why."), field="reason")
    counting = IdentityProof.objects.filter(pk=proof.pk, withdrawn_at__isnull=True)
    if not counting.update(withdrawn_at=at or timezone.now(), reason=reason):
        raise Conflict(_("This proof was withdrawn already."))
    undone: dict[How, dict[str, Any]] = {How.ROSTER: {"person": None}, How.CALL: {"claims_phone": True}}
    changed = undone.get(How(proof.how))
    if changed:
        User.objects.filter(pk=proof.user_id).update(**changed)
    facts = {"how": told(proof, "how"), "reason": reason}
    record("people.identity.withdraw", proof.user, actor=actor, facts=facts, at=at)
