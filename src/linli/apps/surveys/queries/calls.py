"""The call list: households asked by telephone, their doors, and who of the roster lives there."""

from uuid import UUID

from django.db.models import QuerySet

from linli.apps.people.models import Person
from linli.apps.surveys.models import AskedBy, SampledHousehold, Stratum, Survey

ORDER = ("stratum__number", "household__order", "household__room", "id")


def calls_of(survey: Survey) -> QuerySet[SampledHousehold]:
    """Households to be called, by stratum and door."""
    rows = SampledHousehold.objects.filter(survey=survey, by=AskedBy.CALL)
    return rows.select_related("stratum", "household__building__estate", "household__stairwell").order_by(*ORDER)


def doors_of(stratum: Stratum) -> QuerySet[SampledHousehold]:
    """Households of a stratum that get a slip, in the order of their doors."""
    rows = SampledHousehold.objects.filter(stratum=stratum, by=AskedBy.SLIP)
    rows = rows.select_related("household__building__estate", "household__stairwell")
    return rows.order_by("household__building__number", "household__building__name", *ORDER)


def residents_at(household: UUID) -> list[Person]:
    """Who of the roster lives there and can be called. One query."""
    return list(Person.objects.living().filter(household=household, telephones__gt=0).order_by("pinyin_key", "id"))


def door(row: SampledHousehold) -> str:
    """A door as the delivery list says it: 怡和园2号楼1单元101. No query where the household is joined."""
    building, stairwell = row.household.building, row.household.stairwell
    estate = building.estate.name if building.estate else ""
    return f"{estate}{building.name}{f'{stairwell.number}单元' if stairwell else ''}{row.household.room}"
