"""Reads of surveys: whose desk sees which, which take answers now, how many were asked and came back."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from linli.apps.surveys.kinds import Section, read_sections
from linli.apps.surveys.models import AskedBy, Call, SampledHousehold, Stratum, Survey, SurveyState
from linli.apps.surveys.permissions import READERS
from linli.kernel import slips
from linli.kernel.refs import Ref
from linli.kernel.scope import Actor
from linli.kernel.slips import Slip

SMALL = 5
"""Fewer answers than this are not shown by themselves: a neighbour could guess whose they are."""


@dataclass(frozen=True)
class Coming:
    """One stratum on the response board; ``returned`` is empty where it is hidden, ``calls`` are asked by telephone."""

    stratum: Stratum
    asked: int
    returned: int | None
    calls: int = 0

    @property
    def has_slips_to_print(self) -> bool:
        """Whether slips are left to be printed."""
        return self.stratum.issued < self.asked - self.calls

    @property
    def has_verbs(self) -> bool:
        """Whether anything is left to do with this stratum: print, list the doors, change the way, take it away."""
        is_drawn = self.stratum.size is not None
        has_doors = is_drawn and self.asked > self.calls
        may_change = not self.stratum.issued and (not is_drawn or self.asked > 0)
        return self.has_slips_to_print or has_doors or may_change


@dataclass(frozen=True)
class Board:
    """How many were asked and came back, by stratum. Small cells are hidden, and one more where a sum would tell."""

    lines: tuple[Coming, ...]
    asked: int
    returned: int
    openly: int

    @property
    def hides(self) -> bool:
        """Whether any cell is hidden."""
        return any(line.returned is None for line in self.lines)

    @property
    def share(self) -> float | None:
        """Response rate in per cent."""
        return 100 * self.returned / self.asked if self.asked else None


def visible_to(actor: Actor | None, rows: QuerySet[Survey] | None = None) -> QuerySet[Survey]:
    """Surveys of places where the actor's posts reach."""
    rows = Survey.objects.all() if rows is None else rows
    return rows.none() if actor is None else rows.filter(place__in=actor.reach(*READERS).places)


def about(ref: Ref) -> QuerySet[Survey]:
    """The surveys that rate a record, the latest first."""
    return Survey.objects.filter(subjects__kind=ref.kind, subjects__about=ref.id).order_by("-drafted_at", "-id")


def taking_answers(on: date, rows: QuerySet[Survey] | None = None) -> QuerySet[Survey]:
    """Surveys a resident may answer on the day ``on``."""
    rows = Survey.objects.all() if rows is None else rows
    return rows.filter(state=SurveyState.OPEN, last_day__gte=on)


def sections_of(survey: Survey) -> tuple[Section, ...]:
    """Its sections. No query."""
    return read_sections(survey.sections)


def purposes_of(survey: Survey) -> list[str]:
    """What its slips were issued for, stratum by stratum. One query."""
    return [one.purpose for one in survey.strata.filter(issued__gt=0).order_by("number")]


def survey_of(code: str, on: date) -> UUID:
    """To which survey that takes answers a code belongs. Two queries. Raises Missing."""
    rows = Stratum.objects.filter(survey__in=taking_answers(on).order_by().values("pk"), issued__gt=0)
    purpose = slips.purpose_of(code, [one.purpose for one in rows.order_by("survey", "number")])
    return UUID(purpose.split(":")[1])


def asked_in(survey: Survey) -> int:
    """How many are asked: households drawn and slips for groups. One query."""
    return survey.strata.aggregate(all=Sum("asked"))["all"] or 0


def returned_by_stratum(survey: Survey, strata: list[Stratum]) -> dict[UUID, int]:
    """Stratum → how many came back. While it is open: slips used and households reached by telephone. Two queries."""
    if survey.state == SurveyState.CLOSED:
        return {one.pk: one.returned or 0 for one in strata}
    used = Slip.objects.filter(purpose__startswith=f"surveys.survey:{survey.pk.hex}:", is_used=True)
    slips = dict(used.order_by().values_list("purpose").annotate(count=Count("id")))
    reached = SampledHousehold.objects.filter(survey=survey, by=AskedBy.CALL, call=Call.REACHED)
    calls = dict(reached.order_by().values_list("stratum").annotate(count=Count("id")))
    return {one.pk: slips.get(one.purpose, 0) + calls.get(one.pk, 0) for one in strata}


def board_of(survey: Survey) -> Board:
    """The response board. Four queries."""
    strata = list(survey.strata.order_by("number"))
    returned = returned_by_stratum(survey, strata)
    hidden = hidden_of({key: count for key, count in returned.items() if count})
    called = SampledHousehold.objects.filter(survey=survey, by=AskedBy.CALL).order_by()
    calls = dict(called.values_list("stratum").annotate(count=Count("id")))
    lines = tuple(
        Coming(one, one.asked, None if one.pk in hidden else returned[one.pk], calls.get(one.pk, 0)) for one in strata
    )
    asked, back = sum(one.asked for one in strata), sum(returned.values())
    return Board(lines, asked, back, survey.came_openly)


def hidden_of(counts: dict[UUID, int]) -> set[UUID]:
    """Which cells are not shown: small ones, and the next smallest where one alone would follow from the sum."""
    small = {key for key, count in counts.items() if count < SMALL}
    if len(small) == 1 and len(counts) > 1:
        small.add(min((key for key in counts if key not in small), key=lambda key: (counts[key], str(key))))
    return small


def waiting_papers(survey: Survey) -> int:
    """Papers typed once, or typed twice and different."""
    return survey.typings.filter(is_counted=False).order_by().values("code_print").distinct().count()


def counts_of_calls(survey: Survey) -> dict[str, int]:
    """State of a call → how many households. One query."""
    rows = SampledHousehold.objects.filter(survey=survey, by=AskedBy.CALL).order_by()
    return dict(rows.values_list("call").annotate(count=Count("id")))


def with_progress(rows: QuerySet[Survey]) -> QuerySet[Survey]:
    """Surveys with ``asked``; no query more."""
    return rows.annotate(asked=Sum("strata__asked", filter=Q(strata__isnull=False)))
