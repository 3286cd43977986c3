"""Menus and orders for tests, through the verbs."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from linli.apps.ordering import services
from linli.apps.ordering.kinds import service_kinds
from linli.apps.ordering.models import CatalogItem, Channel, Contractor, Method, Order, SheetRun, SheetState, WorkSheet
from linli.apps.ordering.services import ItemText, OrderText
from linli.apps.organizations.models import Organization
from linli.apps.places.models import Place
from linli.apps.reviews import services as reviews
from linli.apps.reviews.models import Duty, SeatActor
from linli.apps.reviews.tests.factories import NOW, Review, make_expert
from linli.kernel.money import next_number

MONTH = date(2026, 3, 1)
AT = datetime(2026, 3, 10, 4, tzinfo=UTC)


def make_item(place: Place, *, is_open: bool = True, month: date = MONTH, **text: Any) -> CatalogItem:
    """A service on the menu of March 2026, open for orders unless said."""
    given = {"kind": "haircut", "title": "理发", **text}
    item = services.write_item(place=place, month=month, text=ItemText(**given), actor=None, at=AT)
    if is_open:
        services.open_items([item], actor=None, at=AT)
    return item


def text_of(number: int = 1, **text: Any) -> OrderText:
    """What a household of its own writes."""
    return OrderText(**{"name": f"居民{number}", "phone": f"138{number:08d}", **text})


def make_order(item: CatalogItem, number: int = 1, *, channel: Channel = Channel.PORTAL, **text: Any) -> Order:
    """An order of the household of this number."""
    return services.order(item, text=text_of(number, **text), channel=channel, actor=None, at=AT)


def make_sheet(place: Place, *, state: SheetState = SheetState.PUBLISHED, **columns: Any) -> WorkSheet:
    """A work sheet written straight into the table, in any state: 60 haircuts in March 2026 for at most ¥1,200."""
    street = place.street
    assert street is not None
    serial = next_number(SheetRun, street=street, year=2026)
    given = {
        "title": "3月理发", "kind": "haircut", "content": "为老人理发", "venue": "社区服务站", "quantity": 60,
        "unit": "人次", "criteria": "服务对象确认", "ceiling": Decimal(1200), "method": Method.DIRECT,
        "starts": date(2026, 3, 1), "ends": date(2026, 3, 31), "drawn_at": AT, "published_on": AT.date(),
    }  # fmt: skip
    given["at_home"] = service_kinds()[str(columns.get("kind", "haircut"))].at_home
    return WorkSheet.objects.create(
        street=street, place=place, year=2026, serial=serial, number=f"Z2026-{serial:04d}", state=state,
        **{**given, **columns},
    )  # fmt: skip


def judge(sheet: WorkSheet, *totals: int) -> None:
    """Hold the review of an open call to its end: five judges give each offer, in the order of entry, these marks."""
    session = sheet.session
    assert session is not None
    panel = session.panels.get()
    seats = [
        reviews.seat_judge(panel, expert=make_expert(sheet.street, number), is_chair=number == 0, actor=None)
        for number in range(5)
    ]
    for seat in seats:
        reviews.sign_promise(seat, actor=None, on_paper=True, at=NOW)
    host, counter, supervisor = (
        SeatActor(reviews.seat_staff(session, duty=duty, name=f"{duty}某", actor=None))
        for duty in (Duty.HOST, Duty.COUNTER, Duty.SUPERVISOR)
    )
    review = Review(session, panel, seats, [], host, counter, supervisor).start()
    for entry, total in enumerate(totals):
        review.hand_in(entry, dict.fromkeys(range(5), total))
        review.finish(entry)
    reviews.close(review.reload().session, actor=None, at=NOW)
    sheet.refresh_from_db()


def make_contractor(sheet: WorkSheet, organization: Organization, *, share: int = 100, **columns: Any) -> Contractor:
    """Somebody who took the sheet on with this share of its ceiling."""
    columns.setdefault("amount", sheet.ceiling * share / 100)
    return Contractor.objects.create(sheet=sheet, organization=organization, share=share, **columns)
