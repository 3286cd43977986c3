"""The residents' choice of a round: prepared, given a share by a decision, opened, closed and counted, made public."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.rounds.lifecycle import CHOICES
from linli.apps.rounds.models import (
    MOST_SHARE,
    Admission,
    BallotKind,
    ChoiceCount,
    ChoiceProject,
    ChoiceShare,
    ChoiceState,
    Phase,
    ResidentsChoice,
    Round,
    RoundState,
)
from linli.apps.rounds.permissions import keeps_rounds
from linli.apps.rounds.queries.anomalies import anomalies_found
from linli.apps.rounds.queries.choice import ballots_in, eligible_in, share_of
from linli.apps.rounds.queries.proposals import accepted_in
from linli.apps.rounds.services.keeping import require, said
from linli.kernel import privacy, publication
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.money import yuan
from linli.kernel.scope import Actor

TITLE = "居民评选"
"""The phase's name on the line of the round."""
MOST_PROJECTS = 200
ROOM = 12
"""Bytes that a number with its points takes on a written ballot."""


@dataclass(frozen=True)
class Terms:
    """How a choice is held. ``most``: picks on a ballot, or points a ballot divides; ``pot`` in yuan (0: all asked)."""

    kind: str = BallotKind.APPROVAL
    most: int = 3
    admission: str = Admission.SLIP
    least_age: int = 18
    from_hour: int = 6
    to_hour: int = 22
    pot: Decimal | str = Decimal(0)


def set_up_choice(
    intake: Round,
    *,
    terms: Terms,
    opens_at: datetime,
    closes_at: datetime,
    actor: Actor | None,
    after: Phase | None = None,
    at: datetime | None = None,
) -> ResidentsChoice:
    """Prepare a choice, with a phase of its own after ``after`` (the last one unless said). Once a round.

    Refuses a phase that ends before it begins, no pick at all, hours that are none.
    """
    require(keeps_rounds, actor, intake)
    if intake.state == RoundState.CLOSED:
        raise Refusal(_("This round is closed. Take it up again before you change its phases."))
    if closes_at <= opens_at:
        raise Refusal(_("A phase closes after it opens."), field="closes_at")
    if not 1 <= terms.most <= 100:
        raise Refusal(_("A ballot holds between 1 and 100 picks or points."), field="most")
    if not 0 <= terms.from_hour < terms.to_hour <= 24:
        raise Refusal(_("The usual hours end after they begin."), field="to_hour")
    choice = ResidentsChoice(
        round=intake, kind=BallotKind(terms.kind), most=terms.most, admission=Admission(terms.admission),
        least_age=terms.least_age, from_hour=terms.from_hour, to_hour=terms.to_hour, pot=yuan(terms.pot),
    )  # fmt: skip
    try:
        with transaction.atomic():
            choice.phase = _own_phase(intake, after, opens_at, closes_at)
            choice.save(force_insert=True)
            facts = {"kind": choice.get_kind_display(), "opens": opens_at, "closes": closes_at}
            record("rounds.choice.set_up", intake, actor=actor, facts=facts, at=at)
    except IntegrityError as error:
        raise Conflict(_("This round has a residents' choice already."), code="choice-stands") from error
    return choice


def _own_phase(intake: Round, after: Phase | None, opens_at: datetime, closes_at: datetime) -> Phase:
    orders = list(Phase.objects.filter(round=intake).order_by("-order").values_list("order", "pk"))
    place = after.order if after is not None and after.round_id == intake.pk else orders[0][0] if orders else 0
    for order, key in orders:
        if order > place:
            Phase.objects.filter(pk=key).update(order=F("order") + 1)
    return Phase.objects.create(
        round=intake, order=place + 1, code="choice", title=TITLE, opens=["choose"], opens_at=opens_at,
        closes_at=closes_at,
    )  # fmt: skip


def require_state(choice: ResidentsChoice, *states: str) -> None:
    """Refuse a choice that stands elsewhere. Raises Conflict."""
    now = ResidentsChoice.objects.filter(pk=choice.pk).values_list("state", flat=True).first()
    if now not in states:
        sentences: dict[str, Any] = {
            ChoiceState.DRAFTED: _("The residents' choice is not open yet."),
            ChoiceState.OPEN: _("The residents' choice is open already; what was settled before stays as it is."),
        }
        raise Conflict(sentences.get(str(now), _("The residents' choice is counted.")), code="choice-state")


def decide_share(
    choice: ResidentsChoice,
    *,
    share: Decimal,
    body: str,
    held_on: date,
    minutes_number: str,
    actor: Actor | None,
    at: datetime | None = None,
) -> ChoiceShare:
    """Enter the decision that the choice makes ``share`` per cent of the score, before it opens; an earlier one goes.

    Refuses more than 30 per cent, a day ahead, a decision without body or number. Conflict once it is open.
    """
    at = at or timezone.now()
    require(keeps_rounds, actor, choice)
    if not 0 < share <= MOST_SHARE:
        told = {"most": MOST_SHARE}
        raise Refusal(
            _("A residents' choice makes at most %(most)d per cent of the score, and none without a decision.") % told,
            code="share-too-large",
            field="share",
        )
    if held_on > timezone.localdate(at):
        raise Refusal(_("This day lies ahead. Enter it once it has come."), field="held_on")
    row = ChoiceShare(
        choice=choice, share=share, held_on=held_on, body=said(body, "body", _("Say who decided."))[:80],
        minutes_number=said(minutes_number, "minutes_number", _("Give the number of the minutes."))[:60],
    )  # fmt: skip
    with transaction.atomic():
        if not ResidentsChoice.objects.filter(pk=choice.pk, state=ChoiceState.DRAFTED).update(version=F("version") + 1):
            require_state(choice, ChoiceState.DRAFTED)
        ChoiceShare.objects.filter(choice=choice).delete()
        row.save(force_insert=True)
        facts = {"share": str(share), "minutes": row.minutes_number, "body": row.body}
        record("rounds.choice.decide_share", choice.round, actor=actor, facts=facts, at=at)
    return row


def open_choice(choice: ResidentsChoice, *, actor: Actor | None, at: datetime | None = None) -> None:
    """Open: the accepted proposals stand on the ballot as they are now, and ballots are taken while the phase runs.

    Refuses while the proposals are sealed, without any accepted one, with more picks than projects, and texts that may
    not be public (numbers of people, doors of homes …).
    """
    at = at or timezone.now()
    require(keeps_rounds, actor, choice)
    intake = choice.round
    if intake.is_closed_to_readers:
        raise Refusal(_("The proposals are still sealed. Open them first."), code="sealed")
    rows = put_up(choice)
    with transaction.atomic():
        box = privacy.open_box(room=ROOM * len(rows) + 16)
        facts = {"projects": len(rows), "share": str(share_of(intake).normalize())}
        choice.refresh_from_db()
        CHOICES.apply("open", choice, actor=actor, facts=facts, at=at, box=box)
        ChoiceProject.objects.bulk_create(rows)


def put_up(choice: ResidentsChoice) -> list[ChoiceProject]:
    """The accepted proposals as they will stand on the ballot, by number; their texts may be public. Raises Refusal."""
    proposals = list(accepted_in(choice.round))[: MOST_PROJECTS + 1]
    if not proposals or len(proposals) > MOST_PROJECTS:
        raise Refusal(
            _("Between 1 and %(most)d accepted proposals can stand on a ballot; here are %(count)d.")
            % {"most": MOST_PROJECTS, "count": len(proposals)},
            code="no-projects",
        )
    if choice.kind == BallotKind.APPROVAL and choice.most > len(proposals):
        raise Refusal(_("A ballot allows more picks than there are projects. Prepare the choice anew."), field="most")
    texts = {f"{one.serial} {one.title}": f"{one.title}\n{one.goal}" for one in proposals}
    publication.refuse_findings(publication.scan_texts(texts, street=choice.round.place.street_id))
    return [
        ChoiceProject(choice=choice, proposal=one, number=number, asked=one.asked)
        for number, one in enumerate(proposals, 1)
    ]


def close_choice(choice: ResidentsChoice, *, actor: Actor | None, at: datetime | None = None) -> None:
    """Close and count, once the phase is over and every paper was typed twice alike. Only now anything can be known.

    Refuses while the phase runs and while typings differ or are missing.
    """
    at = at or timezone.now()
    require(keeps_rounds, actor, choice)
    require_state(choice, ChoiceState.OPEN)
    choice.phase.refresh_from_db()
    if choice.phase.is_open(at) or (choice.phase.opens_at and at < choice.phase.opens_at):
        raise Refusal(_("Ballots are still taken. Count once the phase is over."), code="still-running")
    waiting = choice.typings.filter(is_counted=False).order_by().values("number").distinct().count()
    if waiting:
        raise Refusal(
            _("%(count)d papers wait for their second typing, or differ. Settle them first.") % {"count": waiting},
            code="papers-wait",
        )
    with transaction.atomic():
        choice.refresh_from_db()
        assert choice.box is not None  # an open choice has its box
        cast = privacy.close_box(choice.box)
        eligible = eligible_in(choice, on=timezone.localdate(at))
        facts = {"cast": cast, "eligible": eligible}
        found = anomalies_found(choice)
        CHOICES.apply(
            "close", choice, actor=actor, facts=facts, at=at, cast=cast, eligible=eligible, anomalies=found
        )  # fmt: skip
        _count(choice)
        ChoiceCount.objects.filter(choice=choice).delete()


def _count(choice: ResidentsChoice) -> None:
    """Write the votes and points of each project."""
    votes: Counter[int] = Counter()
    points: Counter[int] = Counter()
    for picks in ballots_in(choice):
        votes.update(picks.keys())
        points.update(picks)
    rows = list(choice.projects.all())
    for row in rows:
        row.votes, row.points = votes[row.number], points[row.number]
    ChoiceProject.objects.bulk_update(rows, ["votes", "points"])


def publish_choice(choice: ResidentsChoice, *, actor: Actor | None, at: datetime | None = None) -> None:
    """The counts and the nameless ballots stand on the page of the round, for anybody to count again."""
    CHOICES.apply("publish", choice, actor=actor, at=at)
