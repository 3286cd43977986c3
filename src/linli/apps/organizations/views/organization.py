"""Doors of organizations: the list on the desk, and the same list as a workbook."""

import io
import tempfile
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from linli.apps.organizations import queries
from linli.apps.organizations.models import OrganizationKind
from linli.apps.organizations.permissions import imports_organizations, reads_organizations
from linli.apps.organizations.tables import HEADINGS, ORGANIZATIONS, written
from linli.kernel.scope import permission
from linli.kernel.scope.doors import actor_of
from linli.kernel.tables import write_xlsx
from linli.kernel.ui.lists import Column, Filter, ListPage

COLUMNS = (
    Column("name", _("Name"), sort="name"),
    Column("kind", _("Kind"), sort="kind"),
    Column("seat", _("Seat")),
    Column("credit_code", _("Unified social credit code")),
)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@permission(reads_organizations)
@require_safe
def organizations(request: HttpRequest) -> HttpResponse:
    """The organizations that sit where my posts reach."""
    actor = actor_of(request)
    rows = queries.visible_to(actor).select_related("place")
    kinds = (Filter("kind", _("Kind"), OrganizationKind.choices),)
    page = ListPage(request, rows, columns=COLUMNS, filters=kinds, first_sort="name")
    context = {"page": page, "sheet": ORGANIZATIONS.name, "may_import": imports_organizations(actor, None)}
    return render(request, "organizations/list.html", context)


@permission(reads_organizations)
@require_safe
def export(request: HttpRequest) -> HttpResponseBase:
    """All of them as a workbook, of one kind where ``?kind=`` asks for it."""
    rows = queries.visible_to(actor_of(request))
    kind = request.GET.get("kind", "")
    if kind in OrganizationKind.values:
        rows = rows.filter(kind=kind)
    with tempfile.TemporaryDirectory(prefix="linli-organizations-") as folder:
        path = Path(folder) / "rows.xlsx"
        write_xlsx(path, HEADINGS, written(rows), title=ORGANIZATIONS.title)
        body = io.BytesIO(path.read_bytes())
    return FileResponse(body, as_attachment=True, filename=f"{ORGANIZATIONS.title}.xlsx", content_type=XLSX)
