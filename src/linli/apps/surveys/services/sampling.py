"""Who is asked: a sample drawn by strata with a seed, groups that get slips on the spot, calls instead of slips."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.algorithms.sampling import draw
from linli.apps.surveys.models import AskedBy, Layers, SampledHousehold, Stratum, Survey, SurveyState
from linli.apps.surveys.queries.frames import LIMIT, Layer, layers_of, turns_taken
from linli.apps.surveys.services.keeping import hold, require_keeper
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor
from linli.kernel.settings import value_of

MOST = 5_000


def draw_sample(
    survey: Survey,
    *,
    size: int,
    actor: Actor | None,
    by: str = Layers.BUILDING,
    seed: int | None = None,
    at: datetime | None = None,
) -> list[Stratum]:
    """Draw ``size`` households of the survey's place by building or grid; an earlier drawing of the draft goes.

    The same households, strata and seed give the same sample; without a seed one is thrown. Households that were
    asked as often as a year allows (asks count, not answers) are left out. Refuses more than may be asked, a survey
    that was opened or whose slips were printed. Conflict where another survey drew the same households just now.
    """
    at = at or timezone.now()
    require_keeper(actor, survey)
    if not 1 <= size <= MOST:
        raise Refusal(_("Draw between 1 and %(most)d households.") % {"most": MOST}, field="size")
    seed = secrets.randbelow(10**6) if seed is None else seed
    try:
        with transaction.atomic():
            hold(survey, SurveyState.DRAFT)
            _undraw(survey)
            strata = _drawn(survey, size, Layers(by), seed, at)
            Survey.objects.filter(pk=survey.pk).update(layers=by, seed=seed)
            facts = {"asked": size, "strata": len(strata), "seed": seed, "layers": Layers(by).label}
            record("surveys.survey.draw", survey, actor=actor, facts=facts, at=at)
    except IntegrityError as error:
        raise Conflict(_("Another survey drew households here at the same moment. Press the button again.")) from error
    survey.refresh_from_db()
    return strata


def _undraw(survey: Survey) -> None:
    drawn = survey.strata.filter(size__isnull=False)
    if drawn.filter(issued__gt=0).exists():
        raise Refusal(_("Slips of this sample were printed; it stays as it is."), code="slips-printed")
    drawn.delete()


def _drawn(survey: Survey, size: int, by: Layers, seed: int, at: datetime) -> list[Stratum]:
    """Draw, and write strata and households."""
    today = timezone.localdate(at)
    most = value_of(LIMIT, street=survey.place.street_id, at=at)
    taken = turns_taken(survey.place, today.year)
    full = {key for key, turns in taken.items() if len(turns) >= most}
    layers = layers_of(survey.place, by, on=today, full=full)
    may = sum(len(layer.free) for layer in layers)
    if size > may:
        raise Refusal(
            _("%(may)d households may still be asked here this year; draw at most so many.") % {"may": may},
            code="too-many",
            field="size",
        )
    picked = draw({layer.name: layer.free for layer in layers}, size, seed)
    strata = _strata(survey, layers, {name: len(keys) for name, keys in picked.items()})
    rows = [
        SampledHousehold(
            stratum=stratum, survey=survey, household_id=key, year=today.year, turn=_free(taken.get(key, set()))
        )
        for stratum in strata
        for key in picked[stratum.name]
    ]
    SampledHousehold.objects.bulk_create(sorted(rows, key=lambda row: str(row.household_id)), batch_size=500)
    return strata


def _free(turns: set[int]) -> int:
    """The first turn of the year a household has left."""
    return next(turn for turn in range(1, len(turns) + 2) if turn not in turns)


def _strata(survey: Survey, layers: Sequence[Layer], takes: dict[str, int]) -> list[Stratum]:
    first = _next_number(survey)
    rows = [
        Stratum(
            survey=survey, number=number, name=layer.name[:120], place_id=layer.place, size=layer.size,
            asked=takes[layer.name],
        )
        for number, layer in enumerate(layers, first)
    ]  # fmt: skip
    return Stratum.objects.bulk_create(rows, batch_size=200)


def _next_number(survey: Survey) -> int:
    return (survey.strata.aggregate(last=Max("number"))["last"] or 0) + 1


def add_group(survey: Survey, *, name: str, count: int, actor: Actor | None, at: datetime | None = None) -> Stratum:
    """A group that gets ``count`` slips on the spot: all who used the service, who came to a meeting.

    While it is a draft or open. Raises Refusal for no name or a count out of limits.
    """
    at = at or timezone.now()
    require_keeper(actor, survey)
    name = name.strip()[:120]
    if not name:
        raise Refusal(_("Say who gets the slips."), field="name")
    if not 1 <= count <= MOST:
        raise Refusal(_("Hand out between 1 and %(most)d slips.") % {"most": MOST}, field="count")
    with transaction.atomic():
        hold(survey, SurveyState.DRAFT if survey.state == SurveyState.DRAFT else SurveyState.OPEN)
        row = Stratum.objects.create(
            survey=survey, number=_next_number(survey), name=name, place=survey.place, asked=count
        )
        record("surveys.survey.add_group", survey, actor=actor, facts={"name": name, "count": count}, at=at)
    return row


def drop_group(stratum: Stratum, *, actor: Actor | None, at: datetime | None = None) -> None:
    """Take a group away again whose slips were not printed. Raises Refusal otherwise, and for a drawn stratum."""
    survey = stratum.survey
    require_keeper(actor, survey)
    with transaction.atomic():
        hold(survey, survey.state)
        if not survey.strata.filter(pk=stratum.pk, size__isnull=True, issued=0).delete()[0]:
            raise Refusal(_("Slips of this group were printed; it stays as it is."), code="slips-printed")
        record("surveys.survey.drop_group", survey, actor=actor, facts={"name": stratum.name}, at=at)


def ask_by(
    stratum: Stratum, *, by: str, actor: Actor | None, households: Sequence[UUID] | None = None,
    at: datetime | None = None,
) -> int:  # fmt: skip
    """Ask households of a stratum (all unless said) by telephone instead of a slip, or back; how many.

    Raises Refusal once slips of the stratum were printed or households called.
    """
    survey = stratum.survey
    require_keeper(actor, survey)
    with transaction.atomic():
        hold(survey, SurveyState.DRAFT if survey.state == SurveyState.DRAFT else SurveyState.OPEN)
        stratum.refresh_from_db()
        rows = SampledHousehold.objects.filter(stratum=stratum)
        if stratum.issued or rows.exclude(call="waiting").exists():
            raise Refusal(_("Slips were printed or calls made here; it stays as it is."), code="slips-printed")
        rows = rows if households is None else rows.filter(household__in=households)
        count = rows.update(by=AskedBy(by))
        facts = {"name": stratum.name, "by": AskedBy(by).label, "count": count}
        record("surveys.survey.ask_by", survey, actor=actor, facts=facts, at=at)
    return count
