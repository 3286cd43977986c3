"""Verbs of mediation: register, take on, note a step, consent, agree, fail, raise to the district, refer."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from linli.apps.needs.kinds import police_words
from linli.apps.needs.lifecycle.mediation import MEDIATIONS
from linli.apps.needs.models import Duty, Need, Sensitivity
from linli.apps.needs.models.mediation import (
    FOUR_STEPS,
    ConsentHow,
    DisputeKind,
    Mediation,
    MediationLevel,
    MediationParty,
    MediationState,
    MediationStep,
    StepKind,
)
from linli.apps.needs.permissions import mediates
from linli.apps.needs.services.keeping import moment, require, said, who
from linli.apps.needs.services.parts import give_part
from linli.apps.people.models import User
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.publication import refuse_findings, scan_text
from linli.kernel.scope import Actor

UNDER_WAY = (MediationState.ACCEPTED, MediationState.MEDIATING)


def written(row: Mediation, text: str, field: str, *, most: int = 2000) -> str:
    """``text`` as it may be kept: nothing out of a police file, no telephone or identity number. Raises Refusal."""
    words = said(text, field, _("Say what came of it."), most=most)
    police = police_words(words)
    if police:
        sentence = _("“%(words)s” is out of a police file. What the police keep is never written down here.")
        raise Refusal(sentence % {"words": police}, field=field, code="police")
    refuse_findings(scan_text(words, street=row.street_id))
    return words


def register_mediation(
    need: Need, *, kind: str, parties: Sequence[str], actor: Actor | None, at: datetime | None = None
) -> Mediation:
    """Register the dispute of a need. The parties are told by what they are, never by name.

    Raises NotAllowed, Refusal (no dispute, a complaint, fewer than two parties), Conflict (registered already).
    """
    row = Mediation(need=need, street=need.street, place=need.place, kind=DisputeKind(kind), is_demo=need.is_demo)
    row.registered_at = moment(at)
    require(mediates, actor, row)
    if need.sensitivity != Sensitivity.DISPUTE or need.about_kind:
        sentence = _("Give the need a category of disputes first: then only those named in it see it.")
        raise Refusal(sentence, code="no-dispute")
    roles = list(dict.fromkeys(written(row, one, "parties", most=40) for one in parties if one.strip()))
    if len(roles) < 2:
        raise Refusal(_("Name at least two parties by what they are, for instance: 业主、物业公司."), field="parties")
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            MediationParty.objects.bulk_create(MediationParty(mediation=row, role=role) for role in roles)
            facts = {"kind": row.get_kind_display(), "parties": "、".join(roles)}
            record("needs.mediation.register", row, actor=actor, facts=facts, at=row.registered_at)
    except IntegrityError:
        raise Conflict(_("This dispute is registered already."), code="twice") from None
    return row


def accept_mediation(row: Mediation, *, actor: Actor | None, at: datetime | None = None) -> None:
    """Whoever is named takes it on."""
    MEDIATIONS.apply("accept", row, actor=actor, at=moment(at))


def missing_steps(row: Mediation) -> list[StepKind]:
    """Of the four steps of a property dispute, those not gone yet."""
    gone = set(row.steps.values_list("kind", flat=True))
    return [one for one in FOUR_STEPS if one not in gone]


def note_mediation_step(
    row: Mediation, *, kind: str, text: str, actor: Actor | None, at: datetime | None = None
) -> MediationStep:  # fmt: skip
    """A step; the first one begins the mediation. The four steps of a property dispute come in their order."""
    require(mediates, actor, row)
    when, chosen = moment(at), StepKind(kind)
    if row.state not in UNDER_WAY:
        raise Conflict(_("Take the dispute on first; and what has ended gets no more steps."), code="not-open")
    words = written(row, text, "text")
    if chosen in FOUR_STEPS:
        missing = missing_steps(row)
        if chosen in missing and chosen != missing[0]:
            raise Refusal(_("First: %(stage)s.") % {"stage": missing[0].label}, field="kind", code="order")
    step = MediationStep(mediation=row, kind=chosen, at=when, text=words, entered_by=who(actor))
    with transaction.atomic():
        if row.state == MediationState.ACCEPTED:
            MEDIATIONS.apply("begin", row, actor=actor, at=when)
        step.save(force_insert=True)
        record("needs.mediation.step", row, actor=actor, facts={"step": chosen.label, "text": words}, at=when)
    return step


def note_consent(party: MediationParty, *, how: str, actor: Actor | None, at: datetime | None = None) -> None:
    """A party agrees to be referred, on paper or spoken. Raises Conflict where it agreed already."""
    require(mediates, actor, party.mediation)
    when = moment(at)
    with transaction.atomic():
        rows = MediationParty.objects.filter(pk=party.pk, consented_at__isnull=True)
        if not rows.update(consented_at=when, consent_how=ConsentHow(how)):
            raise Conflict(_("This party has agreed already."), code="twice")
        facts = {"party": party.role, "how": ConsentHow(how).label}
        record("needs.mediation.consent", party.mediation, actor=actor, facts=facts, at=when)
    party.refresh_from_db()


def agree(row: Mediation, *, result: str, actor: Actor | None, at: datetime | None = None) -> None:
    """They agreed; this is what on."""
    when, words = moment(at), written(row, result, "result")
    MEDIATIONS.apply("agree", row, actor=actor, facts={"result": words}, at=when, result=words, ended_at=when)


def fail(row: Mediation, *, result: str, actor: Actor | None, at: datetime | None = None) -> None:
    """They did not agree; a property dispute only after its four steps."""
    when, words = moment(at), written(row, result, "result")
    facts = {"result": words, "missing": "、".join(str(one.label) for one in missing_steps(row))}
    MEDIATIONS.apply("fail", row, actor=actor, facts=facts, at=when, result=words, ended_at=when)


def raise_level(row: Mediation, *, user: User, reason: str, actor: Actor | None, at: datetime | None = None) -> None:
    """The district mediates: somebody there is named, so that he sees it. Raises Refusal, NotAllowed."""
    when, words = moment(at), written(row, reason, "reason", most=300)
    district = row.street.parent
    if district is None:
        raise Refusal(_("There is no level above this street."), code="highest")
    with transaction.atomic():
        MEDIATIONS.apply(
            "raise_level", row, actor=actor, facts={"reason": words}, at=when, level=MediationLevel.DISTRICT,
            ended_at=None, result="",
        )  # fmt: skip
        give_part(row.need, duty=Duty.LEADS, unit=district, user=user, actor=actor, at=when)


def refer(row: Mediation, *, court: str, result: str, actor: Actor | None, at: datetime | None = None) -> None:
    """To the court's mediation, when every party agreed to that (I19)."""
    when, words, where = moment(at), written(row, result, "result"), court.strip()[:80]
    waiting = row.parties.filter(consented_at__isnull=True).values_list("role", flat=True)
    facts = {"court": where, "result": words, "waiting": "、".join(waiting)}
    MEDIATIONS.apply("refer", row, actor=actor, facts=facts, at=when, court=where, result=words, ended_at=when)
