"""Organizations in the center and their months for tests, carried through the verbs."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from tests.support.remembering import remembered

from linli.apps.incubation import services
from linli.apps.incubation.models import MonthSheet
from linli.apps.incubation.rubric import SHEET, next_month
from linli.apps.organizations.models import Organization
from linli.apps.organizations.tests.factories import make_organization, make_standing
from linli.apps.people.models import User
from linli.apps.places.models import Place

JOINED = date(2026, 1, 1)
LONGER = timedelta(days=20)
"""More than any term of working days."""


@remembered
def make_member(place: Place, name: str = "暖邻社会工作服务中心", joined: date = JOINED) -> Organization:
    """An organization with its place in the center."""
    organization = make_organization(place, name)
    make_standing(organization, "入驻", kind="center_stay", valid_from=joined)
    return organization


def after(month: date, days: int = 1) -> datetime:
    """Noon of a day after the month has ended."""
    first = next_month(month)
    return datetime(first.year, first.month, first.day, 4, tzinfo=UTC) + timedelta(days=days)


def marks_to(total: str) -> dict[str, tuple[Decimal, str]]:
    """Marks that sum to ``total``, filled up criterion by criterion."""
    left, marks = Decimal(total), {}
    for one in SHEET:
        marks[one.code] = (min(one.top, left), "现场核对")
        left -= marks[one.code][0]
    return marks


def rated(organization: Organization, month: date, total: str, rater: User) -> MonthSheet:
    """A draft whose marks sum to ``total``."""
    sheet = services.draft_sheet(organization, month=month, actor=None, at=after(month))
    services.rate(sheet, marks=marks_to(total), actor=rater, at=after(month))
    sheet.refresh_from_db()
    return sheet


def published(organization: Organization, month: date, total: str, rater: User) -> MonthSheet:
    """Its points, published the day after the draft was shown and answered."""
    sheet = rated(organization, month, total, rater)
    services.show_sheet(sheet, actor=None, at=after(month))
    services.make_statement(sheet, text="无异议。", actor=rater, at=after(month, 2))
    services.publish_sheet(sheet, actor=None, at=after(month, 2))
    return sheet


def settled(organization: Organization, month: date, total: str, rater: User) -> MonthSheet:
    """A month that stands."""
    sheet = published(organization, month, total, rater)
    services.settle_sheet(sheet, actor=None, at=after(month) + LONGER)
    return sheet
