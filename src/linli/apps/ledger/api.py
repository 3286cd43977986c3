"""Spending, read by other systems with the eyes of the token's owner; who gets fees is not among it."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Query

from linli.apps.ledger import queries
from linli.apps.ledger.permissions import sees_spending
from linli.apps.ledger.schemas import ExpenditureOut, ExpendituresAsked
from linli.kernel.api import Call, Doors, Page, declare, page

declare("spending:read", _("Read spending"))
DOORS = Doors("ledger")
READ: dict[str, Any] = {"scope": "spending:read", "permission": sees_spending}


@DOORS.get("/spending", **READ, answers=Page[ExpenditureOut], summary="Expenditures within reach")
def spending(request: Call, response: HttpResponse, asked: Query[ExpendituresAsked]) -> dict[str, Any]:
    rows = queries.expenditures_visible_to(request.actor)
    if asked.state:
        rows = rows.filter(state=asked.state)
    if asked.commitment:
        rows = rows.filter(commitment=asked.commitment)
    return page(rows.select_related("commitment", "line"), request, response, asked)
