"""Setting a round up from a template, opening, closing and reopening it, and starting the one of the next year."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.places.models import Place
from linli.apps.rounds.kinds import phases_of as template_phases
from linli.apps.rounds.kinds import templates
from linli.apps.rounds.lifecycle import ROUNDS
from linli.apps.rounds.models import (
    AgencyAssignment,
    Phase,
    Programme,
    ProgrammeWord,
    Round,
    RoundCommunity,
    RoundKind,
    RoundState,
)
from linli.apps.rounds.permissions import keeps_rounds
from linli.apps.rounds.queries.rounds import SETTINGS
from linli.apps.rounds.services.keeping import require, said
from linli.kernel import audit, search, settings
from linli.kernel.audit import in_chinese
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor

OF_ANOTHER = (RoundKind.MIDYEAR, RoundKind.RECALL)
"""Kinds that add to, or take up again, a round there was."""


def set_up_round(
    programme: Programme,
    *,
    template: str,
    title: str,
    year: int,
    actor: Actor | None,
    kind: str = RoundKind.BATCH,
    base: Round | None = None,
    skip: Iterable[str] = (),
    communities: Iterable[Place] = (),
    source: ProgrammeWord | None = None,
    call: str = "",
    contact: str = "",
    sealed: bool | None = None,
    offices: Sequence[str] = (),
    is_demo: bool = False,
    at: datetime | None = None,
) -> Round:
    """A round being set up, with the phases of ``template`` in order and without dates.

    Refuses a phase in ``skip`` that the template needs, a mid-year addition or recall of nothing.
    """
    shape = templates().get(template)
    if shape is None:
        raise Refusal(_("There is no such template."), field="template")
    _check_base(programme, RoundKind(kind), base)
    try:
        phases = template_phases(shape, skip=skip)
    except ValueError as error:
        raise Refusal(_("These phases cannot be left out: %(codes)s.") % {"codes": error}, field="skip") from error
    intake = Round(
        programme=programme, place=programme.place, template=template, kind=RoundKind(kind), year=year, base=base,
        title=said(title, "title", _("Give the round a title.")), source=source, call=call.strip(),
        contact=contact.strip(), requires=list(shape.requires), offices=list(offices or shape.offices),
        is_sealed=shape.sealed if sealed is None else sealed, is_demo=is_demo,
    )  # fmt: skip
    rows = [
        Phase(round=intake, order=order, code=phase.code, title=phase.title, opens=list(phase.opens))
        for order, phase in enumerate(phases, 1)
    ]
    return _write(intake, rows, list(communities), actor, at)


def _check_base(programme: Programme, kind: RoundKind, base: Round | None) -> None:
    if (kind in OF_ANOTHER) != (base is not None):
        raise Refusal(
            _("An addition in mid-year or a recall, and only these, names the round it belongs to."), field="base"
        )
    if base is not None and base.programme_id != programme.pk:
        raise Refusal(_("The round it belongs to is one of another programme."), field="base")


def _write(
    intake: Round, phases: list[Phase], communities: list[Place], actor: Actor | None, at: datetime | None
) -> Round:
    require(keeps_rounds, actor, intake)
    last = Round.objects.filter(place=intake.place_id, year=intake.year).aggregate(last=Max("number"))["last"]
    intake.number = (last or 0) + 1
    try:
        with transaction.atomic():
            intake.save(force_insert=True)
            Phase.objects.bulk_create(phases)
            RoundCommunity.objects.bulk_create([RoundCommunity(round=intake, community=one) for one in communities])
            facts = {"title": intake.title, "year": intake.year, "kind": in_chinese(RoundKind(intake.kind).label)}
            record("rounds.round.set_up", intake, actor=actor, facts=facts, at=at)
            search.index(intake)
    except IntegrityError as error:
        raise Conflict(_("Somebody set up a round at the same moment. Press the button once more.")) from error
    return intake


def change_round(intake: Round, *, seen: int, actor: Actor | None, at: datetime | None = None, **columns: Any) -> Round:
    """Put title, call, contact, source or offices right. Whether it is sealed stays as it was once it is open."""
    require(keeps_rounds, actor, intake)
    allowed = {"title", "call", "contact", "source", "offices"} | (
        {"is_sealed"} if intake.state == RoundState.DRAFTED else set()
    )
    values = {name: value for name, value in columns.items() if name in allowed}
    with transaction.atomic():
        intake.refresh_from_db()
        before = audit.seen(intake, values)
        if not Round.objects.filter(pk=intake.pk, version=seen).update(version=seen + 1, **values):
            raise Conflict(_("Somebody else saved this while you were writing. Load the page again."))
        intake.refresh_from_db()
        facts = audit.changes(before, audit.seen(intake, values))
        record("rounds.round.change", intake, actor=actor, facts=facts, at=at)
    search.index(intake)
    return intake


def open_round(intake: Round, *, actor: Actor | None, at: datetime | None = None) -> None:
    """Open the round: its phases count from now on, and the figures that hold today are copied to it."""
    at = at or timezone.now()
    dated = Phase.objects.filter(round=intake, skipped="").order_by("order").first()
    with transaction.atomic():
        facts = {"dated": dated is not None and dated.opens_at is not None}
        ROUNDS.apply("open", intake, actor=actor, facts=facts, at=at)
        settings.copy_values(SETTINGS, to=intake.pk, street=intake.place.street_id, at=at)


def close_round(intake: Round, *, reason: str, actor: Actor | None, at: datetime | None = None) -> None:
    """Nothing is handed in or decided in it any more."""
    ROUNDS.apply("close", intake, actor=actor, facts={"reason": reason.strip()}, at=at)


def reopen_round(intake: Round, *, reason: str, actor: Actor | None, at: datetime | None = None) -> None:
    """Take a closed round up again, for example when an objection was upheld."""
    ROUNDS.apply("reopen", intake, actor=actor, facts={"reason": reason.strip()}, at=at)


def roll_over(
    intake: Round, *, actor: Actor | None, title: str = "", reason: str = "", at: datetime | None = None
) -> Round:
    """Close year N where it still runs and set up year N+1 alike: phases a year later, communities, agencies, offices.

    In one transaction. Themes are yearly and are not taken over. Refuses a second roll-over of one round.
    """
    require(keeps_rounds, actor, intake)
    new = Round(
        programme=intake.programme, place=intake.place, template=intake.template, kind=RoundKind.BATCH,
        year=intake.year + 1, title=title.strip() or intake.title.replace(str(intake.year), str(intake.year + 1)),
        source=intake.source, call=intake.call, contact=intake.contact, requires=intake.requires,
        offices=intake.offices,
        is_sealed=intake.is_sealed, previous=intake, is_demo=intake.is_demo,
    )  # fmt: skip
    if Round.objects.filter(previous=intake).exists():
        raise Conflict(_("The round of the next year was set up already."), code="rolled-over")
    with transaction.atomic():
        if intake.state == RoundState.OPEN:
            close_round(intake, reason=reason or in_chinese(_("The year is over.")), actor=actor, at=at)
        communities = [row.community for row in intake.communities.select_related("community")]
        made = _write(new, _a_year_later(intake, new), communities, actor, at)
        AgencyAssignment.objects.bulk_create(
            AgencyAssignment(round=made, agency_id=one.agency_id, community_id=one.community_id)
            for one in intake.agencies.all()
        )
    return made


def _a_year_later(intake: Round, new: Round) -> list[Phase]:
    return [
        Phase(
            round=new, order=order, code=phase.code, title=phase.title, opens=phase.opens,
            opens_at=_next_year(phase.opens_at), closes_at=_next_year(phase.closes_at),
        )
        for order, phase in enumerate(intake.phases.filter(skipped="").order_by("order"), 1)
    ]  # fmt: skip


def _next_year(moment: datetime | None) -> datetime | None:
    """The same day and hour a year later; 29 February becomes 1 March."""
    if moment is None:
        return None
    here = timezone.localtime(moment)
    if (here.month, here.day) == (2, 29):
        return here.replace(year=here.year + 1, month=3, day=1)
    return here.replace(year=here.year + 1)
