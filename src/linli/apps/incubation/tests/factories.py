"""Organizations in the center and their months for tests, carried through the verbs."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from tests.support.remembering import remembered

from linli.apps.incubation import services
from linli.apps.incubation.models import MonthMark, MonthSheet
from linli.apps.incubation.rubric import SHEET, VERSION, next_month
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


def final_months(organization: Organization, year: int, total: str, party: str = "2", count: int = 12) -> None:
    """So many settled months of a year, all alike, written as they stand in the end."""
    street = organization.place.street
    assert street is not None
    for number in range(1, count + 1):
        month = date(year, number, 1)
        sheet = MonthSheet.objects.create(
            organization=organization, street=street, month=month, rubric=VERSION, state="final", total=Decimal(total),
            line=Decimal(6), drafted_at=after(month), shown_at=after(month), statement_until=after(month),
            published_at=after(month), objection_until=after(month), final_at=after(month),
        )  # fmt: skip
        MonthMark.objects.bulk_create(
            MonthMark(sheet=sheet, number=place, code=one.code, top=one.top, mark=Decimal(party) if one.priority else 0)
            for place, one in enumerate(SHEET, 1)
        )
