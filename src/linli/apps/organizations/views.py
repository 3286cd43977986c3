"""Doors of organizations: the list on the desk."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations import queries
from linli.apps.organizations.models import OrganizationKind
from linli.apps.organizations.permissions import reads_organizations
from linli.kernel.scope import permission
from linli.kernel.scope.doors import actor_of
from linli.kernel.ui.lists import Column, Filter, ListPage

COLUMNS = (
    Column("name", _("Name"), sort="name"),
    Column("kind", _("Kind"), sort="kind"),
    Column("seat", _("Seat")),
    Column("credit_code", _("Unified social credit code")),
)


@permission(reads_organizations)
def organizations(request: HttpRequest) -> HttpResponse:
    """The organizations that sit where my posts reach."""
    rows = queries.visible_to(actor_of(request)).select_related("place")
    kinds = (Filter("kind", _("Kind"), OrganizationKind.choices),)
    page = ListPage(request, rows, columns=COLUMNS, filters=kinds, first_sort="name")
    return render(request, "organizations/list.html", {"page": page})
