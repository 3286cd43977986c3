"""Dating, leaving out and repeating phases, and access codes for who comes late."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.rounds.models import Phase, Round, RoundState
from linli.apps.rounds.permissions import keeps_rounds
from linli.apps.rounds.services.keeping import require, said
from linli.kernel import slips
from linli.kernel.audit import Change
from linli.kernel.errors import Missing, Refusal
from linli.kernel.events import record
from linli.kernel.refs import Ref, ref_of
from linli.kernel.scope import Actor

MOST_CODES = 200


def date_phase(
    phase: Phase,
    *,
    opens_at: datetime | None,
    closes_at: datetime | None,
    actor: Actor | None,
    at: datetime | None = None,
) -> Phase:
    """Say from when until before when the phase runs; without an end it stays open. Refuses an end before it begins."""
    require(keeps_rounds, actor, phase)
    if opens_at is None and closes_at is not None:
        raise Refusal(_("Say from when the phase runs."), field="opens_at")
    if opens_at is not None and closes_at is not None and closes_at <= opens_at:
        raise Refusal(_("A phase closes after it opens."), field="closes_at")
    if phase.round.state == RoundState.CLOSED:
        raise Refusal(_("This round is closed. Take it up again before you change its phases."))
    with transaction.atomic():
        phase.refresh_from_db()
        moved = {"opens": Change(phase.opens_at, opens_at), "closes": Change(phase.closes_at, closes_at)}
        Phase.objects.filter(pk=phase.pk).update(opens_at=opens_at, closes_at=closes_at)
        facts = {"phase": phase.title, **{name: one for name, one in moved.items() if one.before != one.after}}
        record("rounds.round.date_phase", phase.round, actor=actor, facts=facts, at=at)
    phase.refresh_from_db()
    return phase


def skip_phase(phase: Phase, *, reason: str, actor: Actor | None, at: datetime | None = None) -> None:
    """Leave a phase out; it opens nothing and stays on the line with its reason."""
    require(keeps_rounds, actor, phase)
    reason = said(reason, "reason", _("Say why this phase is left out."))
    with transaction.atomic():
        Phase.objects.filter(pk=phase.pk).update(skipped=reason[:120])
        facts = {"phase": phase.title, "reason": reason}
        record("rounds.round.skip_phase", phase.round, actor=actor, facts=facts, at=at)
    phase.refresh_from_db()


def repeat_phase(phase: Phase, *, actor: Actor | None, at: datetime | None = None) -> Phase:
    """The same phase once more, right after this one, not yet dated: a second call, another check."""
    require(keeps_rounds, actor, phase)
    with transaction.atomic():
        later = Phase.objects.filter(round=phase.round_id, order__gt=phase.order).order_by("-order")
        for key in list(later.values_list("pk", flat=True)):
            Phase.objects.filter(pk=key).update(order=F("order") + 1)
        again = Phase.objects.create(
            round=phase.round, order=phase.order + 1, code=phase.code, title=phase.title, opens=phase.opens
        )
        record("rounds.round.repeat_phase", phase.round, actor=actor, facts={"phase": phase.title}, at=at)
    return again


def late_purpose(intake: Round) -> str:
    """What the access codes of a round are for."""
    return f"rounds.late:{intake.pk}"


def issue_late_codes(
    intake: Round, *, count: int, expires: datetime, reason: str, actor: Actor | None, at: datetime | None = None
) -> list[str]:
    """Access codes by which somebody may hand in after the phase has closed, each once. They cannot be read back."""
    require(keeps_rounds, actor, intake)
    reason = said(reason, "reason", _("Say why somebody may come late."))
    if not 1 <= count <= MOST_CODES:
        raise Refusal(_("Issue between 1 and %(most)d codes.") % {"most": MOST_CODES}, field="count")
    at = at or timezone.now()
    with transaction.atomic():
        refs: list[Ref] = [ref_of(intake)] * count
        codes = slips.issue(late_purpose(intake), refs=refs, expires=expires, at=at)
        facts = {"count": count, "reason": reason}
        record("rounds.round.issue_late_codes", intake, actor=actor, facts=facts, at=at)
    return codes


def use_late_code(intake: Round, code: str, *, at: datetime) -> None:
    """Use a code up, inside the verb it allows. Raises Missing, Refusal or Conflict with a sentence."""
    if slips.use(code, late_purpose(intake), at=at) != ref_of(intake):
        raise Missing(_("This code belongs to another round."), field="code")
