"""The rows of the walk of all addresses that belong to tickets, Open311 and the interface of needs."""

from django.core.files.base import ContentFile

from linli.apps.needs import services
from linli.apps.needs.models import Ticket
from linli.apps.needs.tests.factories import make_category
from linli.apps.places.models import Place

ALL = "200 200 200 200 200 200 200 200 200 200"
IMPORTS = "302 403 403 200 200 403 403 403 403 403"
ITS = "302 403 403 404 200 403 403 403 403 403"
READS = "302 403 200 404 200 200 403 403 403 403"
TICKET_ROWS = {
    "GET desk/needs/tickets/": "302 403 200 200 200 200 403 403 403 403",
    "GET desk/needs/tickets/answers/": IMPORTS,
    "GET desk/needs/tickets/ledger/": IMPORTS,
    "GET desk/needs/tickets/import/tickets/": IMPORTS,
    "POST desk/needs/tickets/import/tickets/": IMPORTS.replace("200", "422"),
    "GET desk/needs/tickets/import/needs/": IMPORTS,
    "GET desk/needs/tickets/import/grid/": IMPORTS,
    "GET desk/needs/tickets/cases/": "302 403 200 200 200 200 403 403 403 403",
    "GET desk/needs/tickets/cases/answers/": IMPORTS,
    "GET desk/needs/tickets/files/": IMPORTS,
    "GET desk/needs/tickets/files/{ticket_file}/": ITS,
    "GET desk/needs/tickets/files/{ticket_file}/progress/": ITS,
    "POST desk/needs/tickets/files/{ticket_file}/take-over/": ITS.replace("200", "302"),
    "POST desk/needs/tickets/files/{ticket_file}/give-up/": ITS.replace("200", "302"),
    "GET desk/needs/tickets/{ticket}/": READS,
    "GET desk/needs/tickets/{ticket}/ask/": READS,
    "GET desk/needs/tickets/{ticket}/again/": ITS,
    "GET desk/needs/tickets/requests/{ticket_request}/decide/": READS,
    "GET desk/needs/tickets/requests/{ticket_request}/pdf/": READS,
    "GET desk/needs/tickets/requests/{ticket_request}/docx/": READS,
    "GET open311/v2/services.json": ALL,
    "GET open311/v2/services/{open_code}.xml": ALL,
    "GET open311/v2/requests.json": ALL,
    "POST open311/v2/requests.json": ALL.replace("200", "401"),
    "GET open311/v2/requests/{open_request}.json": ALL,
    "GET open311/v2/tokens/{nothing}.json": ALL.replace("200", "404"),
    "GET api/v1/needs": "401 403 200 200 200 200 403 403 403 403",
    "POST api/v1/needs": "401 403 422 422 422 422 403 403 403 403",
    "GET api/v1/needs/{ticket_need}": "401 403 200 404 200 200 403 403 403 403",
}


def tickets_of(community: Place) -> dict[str, str]:
    """A ticket that was taken over, what was asked about it, and a need that everybody may know of."""
    assert community.street is not None
    row = f"工单编号,诉求内容,点位\n走查1,路灯不亮,{community.name}\n"
    file = services.upload_export(
        ContentFile(row.encode(), name="导出.csv"), street=community.street, purpose="tickets", actor=None
    )
    services.take_over_export_now(file, actor=None)
    ticket = Ticket.objects.select_related("need__street", "need__place").get(number="走查1")
    asked = services.request_of_hotline(ticket, kind="return", ground="not_ours", reason="不在辖区", actor=None)
    category = make_category("走查")
    shown = services.receive(
        street=community.street, place=community, matter="走查路灯", channel="portal", category=category, actor=None
    )
    return {
        "ticket": str(ticket.pk), "ticket_need": str(ticket.need.pk), "ticket_file": str(file.pk),
        "ticket_request": str(asked.pk), "open_code": category.code, "open_request": str(shown.need.pk),
    }  # fmt: skip
