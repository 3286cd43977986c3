"""Ages that rules ask for: under fourteen, sixty-five and over."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from linli.apps.people.models import Guardianship, Person

CHILD = 14
"""PIPL Art. 28 and 31: data of a person under fourteen need a guardian's consent."""
OLD = 65


def birthday(born_on: date, years: int) -> date:
    """The birthday on which somebody completes ``years``; in a month without that day, its last day (民法典 202)."""
    try:
        return born_on.replace(year=born_on.year + years)
    except ValueError:
        return date(born_on.year + years, 2, 28)


def is_under_fourteen(person: Person, on: date) -> bool:
    """Fourteen years are complete on the day after the fourteenth birthday, as 周岁 is counted. Unknown birth: no."""
    return person.born_on is not None and on <= birthday(person.born_on, CHILD)


def has_guardian(person: Person, on: date) -> bool:
    """Whether a guardian's consent is in force on that day."""
    return guardianships(person, on).exists()


def needs_guardian(person: Person, on: date) -> bool:
    """True while somebody is under fourteen and no guardian has agreed: nothing is asked of such a child."""
    return is_under_fourteen(person, on) and not has_guardian(person, on)


def guardianships(person: Person, on: date) -> QuerySet[Guardianship]:
    """The guardianships in force on that day."""
    rows = Guardianship.objects.filter(ward=person, consent_on__lte=on).exclude(ended_on__lte=on)
    return rows.select_related("guardian")


def speaks_for(person: Person | None, on: date | None = None) -> str:
    """Who asks for a child under fourteen, as a form may say it beforehand; "" for everybody else."""
    on = on or timezone.localdate()
    if person is None or not is_under_fourteen(person, on):
        return ""
    row = guardianships(person, on).first()
    return f"{row.guardian.name if row.guardian else row.name}（{row.get_relation_display()}）" if row else ""


def age_on(born_on: date | None, on: date) -> int | None:
    """Completed years by the calendar; None when the birth is unknown."""
    if born_on is None:
        return None
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def born_until(years: int, on: date) -> date:
    """The last day of birth of those who are at least ``years`` old on that day."""
    try:
        return on.replace(year=on.year - years)
    except ValueError:
        return date(on.year - years, 2, 28)


def old_enough(rows: QuerySet[Any], years: int, on: date) -> QuerySet[Any]:
    """Persons of at least that age."""
    return rows.filter(born_on__lte=born_until(years, on))
