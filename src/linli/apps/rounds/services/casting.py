"""Taking part in a residents' choice: slips printed, a ballot cast by phone, a paper given out. Nothing here is audited
by voter: the box keeps who took part and, apart from it, what was chosen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.people.models import Person
from linli.apps.places.models import Building, Place
from linli.apps.rounds.models import (
    Admission,
    BallotKind,
    ChoiceCount,
    ChoiceState,
    PaperVoter,
    ResidentsChoice,
    SlipBatch,
)
from linli.apps.rounds.permissions import keeps_papers, keeps_rounds
from linli.apps.rounds.queries.choice import residents_of, written
from linli.apps.rounds.queries.phases import DoorClosed, open_doors
from linli.apps.rounds.queries.rounds import communities_of
from linli.apps.rounds.queries.voters import require_age, require_first, require_resident, resident_of
from linli.apps.rounds.services.choosing import require_state
from linli.apps.rounds.services.keeping import require
from linli.kernel import privacy, slips
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.refs import random_key
from linli.kernel.scope import Actor
from linli.kernel.seals import fingerprint

WINDOW = 10
"""Minutes over which slips of one batch are counted together."""
MOST_SLIPS = 5_000
GRACE = timedelta(days=60)
"""How long slips outlive the phase, should it be prolonged; the phase itself says when ballots are taken."""


@dataclass(frozen=True)
class Way:
    """How a ballot comes in: the code of a slip, or the account; ``device`` is an opaque word, kept as a hash."""

    code: str = ""
    device: str = ""


def issue_choice_slips(
    choice: ResidentsChoice,
    *,
    place: Place,
    count: int,
    actor: Actor | None,
    building: Building | None = None,
    at: datetime | None = None,
) -> tuple[SlipBatch, list[str]]:
    """(batch, codes) to be printed now for one community or building; they belong to nobody and cannot be read back.

    Refuses a choice by the roster, one that is counted, a community that is not of the round.
    """
    at = at or timezone.now()
    require(keeps_rounds, actor, choice)
    require_state(choice, ChoiceState.DRAFTED, ChoiceState.OPEN)
    if choice.admission != Admission.SLIP:
        raise Refusal(_("This choice goes by the roster; it has no slips."), code="no-slips")
    if not 1 <= count <= MOST_SLIPS:
        raise Refusal(_("Print between 1 and %(most)d slips at a time.") % {"most": MOST_SLIPS}, field="count")
    today = timezone.localdate(at)
    if not communities_of(choice.round, today).filter(pk=place.pk).exists():
        raise Refusal(_("This community does not belong to the round."), field="place")
    if building is not None and building.community_id != place.pk:
        raise Refusal(_("This building stands in another community."), field="building")
    roll = residents_of(choice, on=today).filter(community=place)
    known = (roll.filter(building=building) if building else roll).count()
    expires = (choice.phase.closes_at or at) + GRACE
    try:
        with transaction.atomic():
            last = choice.batches.aggregate(last=Max("number"))["last"] or 0
            batch = SlipBatch.objects.create(
                choice=choice, number=last + 1, place=place, building=building, count=count, roll=known or None
            )
            codes = slips.issue(batch.purpose, count=count, expires=expires, secret=True, at=at)
            facts = {"number": batch.number, "count": count, "where": f"{place.name}{building or ''}"}
            record("rounds.choice.issue_slips", choice.round, actor=actor, facts=facts, at=at)
    except IntegrityError as error:
        raise Conflict(_("Somebody printed slips at the same moment. Press the button once more.")) from error
    return batch, codes


def check_picks(choice: ResidentsChoice, picks: Mapping[int, int]) -> dict[int, int]:
    """The picks without those of nothing. Refuses what is not on the ballot, too many picks or points, none at all."""
    kept = {number: points for number, points in picks.items() if points}
    known = set(choice.projects.values_list("number", flat=True))
    if any(points < 0 for points in kept.values()) or not kept.keys() <= known:
        raise Refusal(_("This ballot names something that does not stand on it. Load the page again."), field="picks")
    if not kept:
        raise Refusal(_("Choose at least one project."), field="picks")
    if choice.kind == BallotKind.APPROVAL and len(kept) > choice.most:
        told = {"most": choice.most, "count": len(kept)}
        raise Refusal(_("Choose at most %(most)d projects; you chose %(count)d.") % told, field="picks")
    if choice.kind == BallotKind.POINTS and sum(kept.values()) > choice.most:
        told = {"most": choice.most, "count": sum(kept.values())}
        raise Refusal(_("Divide at most %(most)d points; you gave %(count)d.") % told, field="picks")
    return kept


def cast_ballot(
    choice: ResidentsChoice, *, picks: Mapping[int, int], way: Way, actor: Actor | None, at: datetime | None = None
) -> None:
    """Take one ballot into the box. Neither the record nor any row tells who chose what.

    Refuses outside the phase, a second ballot, a used slip, an account that is not proved, wrong picks.
    """
    at = at or timezone.now()
    _require_running(choice, at)
    kept = check_picks(choice, picks)
    with transaction.atomic():
        hold(choice)
        if choice.admission == Admission.SLIP:
            purpose = slips.purpose_of(way.code, [batch.purpose for batch in choice.batches.all()])
            slips.use(way.code, purpose, at=at)
            participant, batch, matched = random_key(), purpose.rpartition(":")[2], True
        else:
            participant, batch, matched = _account_key(choice, actor, at)
        assert choice.box is not None  # an open choice has its box
        privacy.cast(choice.box, participant=participant, content=written(choice.kind, kept))
        _tell(choice, way, batch=batch, matched=matched, at=at)


def _require_running(choice: ResidentsChoice, at: datetime) -> None:
    """Refuse outside the phase, with its dates. Raises DoorClosed."""
    if "choose" in open_doors(choice.round, at):
        return
    opens, closes = (
        timezone.localtime(moment).strftime("%Y-%m-%d %H:%M") if moment else "…"
        for moment in (choice.phase.opens_at, choice.phase.closes_at)
    )
    raise DoorClosed(_("Ballots are taken from %(opens)s until %(closes)s.") % {"opens": opens, "closes": closes})


def _account_key(choice: ResidentsChoice, actor: Actor | None, at: datetime) -> tuple[UUID, str, bool]:
    """The key of whoever acts: of the person on the roster, else of the account. Raises NotAllowed, Conflict."""
    user = resident_of(actor)
    require_resident(choice, user, on=timezone.localdate(at))
    require_first(choice, user.pk, user.person_id)
    return user.person_id or user.pk, "", user.person_id is not None


def hold(choice: ResidentsChoice) -> None:
    """Let one after the other in: of two with one slip or one name, the second finds the first. Raises Conflict."""
    if not ResidentsChoice.objects.filter(pk=choice.pk, state=ChoiceState.OPEN).update(version=F("version") + 1):
        require_state(choice, ChoiceState.OPEN)
    choice.refresh_from_db(fields=["version", "box", "state"])


def _tell(choice: ResidentsChoice, way: Way, *, batch: str, matched: bool, at: datetime) -> None:
    """Count what the supervisor may want to know of: never of whom, never of what."""
    here = timezone.localtime(at)
    day = here.replace(hour=0, minute=0, second=0, microsecond=0)
    if batch:
        _one_more(
            choice, "batch", batch, here.replace(minute=here.minute - here.minute % WINDOW, second=0, microsecond=0)
        )
    if way.device:
        _one_more(choice, "device", fingerprint(f"{choice.pk}|{way.device}", purpose="rates"), day)
    if not choice.from_hour <= here.hour < choice.to_hour:
        _one_more(choice, "hours", "", day)
    if not matched:
        _one_more(choice, "unmatched", "", day)


def _one_more(choice: ResidentsChoice, kind: str, key: str, window: datetime) -> None:
    rows = ChoiceCount.objects.filter(choice=choice, kind=kind, key=key, window=window)
    if not rows.update(count=F("count") + 1):
        ChoiceCount.objects.create(choice=choice, kind=kind, key=key, window=window, count=1)


def hand_out_paper(
    choice: ResidentsChoice, *, actor: Actor | None, code: str = "", person: Person | None = None,
    at: datetime | None = None,
) -> int:  # fmt: skip
    """Give a paper out for a slip, or for somebody on the roster; how many are out now. The paper bears no name.

    Refuses outside the phase, a used slip, whoever took part by phone or has a paper.
    """
    at = at or timezone.now()
    require(keeps_papers, actor, choice)
    _require_running(choice, at)
    with transaction.atomic():
        hold(choice)
        if choice.admission == Admission.SLIP:
            slips.use(code, slips.purpose_of(code, [batch.purpose for batch in choice.batches.all()]), at=at)
        else:
            _cross_off(choice, person, at)
        ResidentsChoice.objects.filter(pk=choice.pk).update(handed_out=F("handed_out") + 1)
    choice.refresh_from_db(fields=["handed_out"])
    return choice.handed_out


def _cross_off(choice: ResidentsChoice, person: Person | None, at: datetime) -> None:
    today = timezone.localdate(at)
    if person is None:
        raise Refusal(_("Say who of the roster gets the paper."), field="person")
    if not communities_of(choice.round, today).filter(pk=person.community_id).exists():
        raise NotAllowed(_("This choice is for residents of the communities of this round."), field="person")
    require_age(choice, person, on=today)
    account = getattr(person, "user", None)
    require_first(choice, person.pk, account.pk if account is not None else None)
    PaperVoter.objects.create(choice=choice, participant=person.pk)
