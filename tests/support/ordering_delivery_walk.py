"""The rows of the walk of all addresses of delivery and its money, and the records they need.

Columns as in ``tests/test_permissions_walk.py``.
"""

from datetime import UTC, date, datetime, time

from linli.apps.ordering import services
from linli.apps.ordering.models import IncidentKind, SheetState
from linli.apps.ordering.services import Lack, PlanText
from linli.apps.ordering.tests.factories import make_contractor, make_sheet
from linli.apps.organizations.tests.factories import make_organization
from linli.apps.places.models import Place

ALL = "200 200 200 200 200 200 200 200 200 200"
LIST = "302 403 200 200 200 200 200 403 403 403"
ONE = "302 403 200 404 200 200 200 403 403 403"
KEEP = "302 403 200 404 200 200 403 403 403 403"

ORDERING_DELIVERY_ROWS = {
    "GET shifts/{shift_code}/": ALL,
    "POST shifts/{shift_code}/": "422 422 422 422 422 422 422 422 422 422",
    "GET shifts/{shift_code}/calendar.ics": ALL,
    "GET desk/ordering/shifts/": LIST,
    "GET desk/ordering/shifts/{shift}/": ONE,
    "GET desk/ordering/shifts/{shift}/do/check/": KEEP,
    "POST desk/ordering/shifts/{shift}/serve/": "302 403 302 404 302 302 403 403 403 403",
    "GET desk/ordering/contractors/{contractor}/": ONE,
    "GET desk/ordering/contractors/{contractor}/do/plan/": KEEP,
    "GET desk/ordering/incidents/{incident}/answer/": KEEP,
    "GET desk/ordering/defects/{defect}/": KEEP,
    "GET desk/ordering/acceptances/{acceptance}/settle/": "302 403 403 404 200 200 403 403 403 403",
    "POST desk/ordering/settlements/{nothing}/drop/": "302 403 403 404 404 404 403 403 403 403",
    "GET desk/ordering/settlements/{nothing}/paper.pdf": "302 403 404 404 404 404 404 403 403 403",
    "GET desk/ordering/recipients/{delivered_sheet}/": "302 403 200 403 200 200 403 403 403 403",
    "GET desk/ordering/unpaid/": LIST,
    "GET desk/ordering/chain/": LIST,
    "GET desk/ordering/chain/ledger.xlsx": LIST,
    "GET desk/ordering/chain/{sheet_number}/": ONE,
    "GET desk/ordering/chain/sheet/{delivered_sheet}/": ONE,
}


def delivered_of(community: Place) -> dict[str, str]:
    """A sheet somebody delivers: a shift, an incident, an acceptance, and one with a defect."""
    at = datetime(2026, 3, 20, 4, tzinfo=UTC)
    sheet = make_sheet(community, state=SheetState.CLAIMED)
    row = make_contractor(sheet, make_organization(community, "槐荫义工队"))
    text = PlanText("6", time(9), time(11), date(2026, 3, 1), date(2026, 3, 31), "社区服务站")
    plan = services.plan_shifts(row, text=text, actor=None, at=at)
    told = services.report_incident(
        sheet, contractor=row, kind=IncidentKind.OTHER, what="推车坏了", happened_at=at, actor=None, at=at
    )
    whole = services.accept_delivery(
        row, since=date(2026, 3, 1), until=date(2026, 3, 7), delivered=5, actor=None, at=at
    )
    lacks = [Lack("少来一次", date(2026, 3, 28))]
    part = services.accept_delivery(
        row, since=date(2026, 3, 8), until=date(2026, 3, 14), delivered=5, defects=lacks, actor=None, at=at
    )
    return {
        "shift_code": plan.code, "shift": str(plan.shifts.all()[0].pk), "contractor": str(row.pk),
        "incident": str(told.pk), "defect": str(part.defects.get().pk), "acceptance": str(whole.pk),
        "delivered_sheet": str(sheet.pk), "sheet_number": sheet.number,
    }  # fmt: skip
