"""What organizations add to the rest of the house: their kind, their table."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations import queries
from linli.apps.organizations.models import Organization
from linli.apps.organizations.permissions import imports_organizations, reads_organizations
from linli.apps.organizations.tables import ORGANIZATIONS
from linli.kernel.audit import register_action
from linli.kernel.contributions import NavItem, Searchable, SheetOffer
from linli.kernel.contributions import contribute as add
from linli.kernel.refs import Kind, register


class OrganizationRows(Kind):
    """Organizations with the seat their street is read from."""

    def rows(self) -> Any:
        return super().rows().select_related("place")


def _address(organization: Organization) -> str:
    return reverse("organizations:list")


def _street(organization: Organization) -> UUID | None:
    return organization.place.street_id


def _visible(rows: Any, actor: Any) -> Any:
    return queries.visible_to(actor, rows)


def contribute() -> None:
    """Called once, when the house starts."""
    register(
        OrganizationRows(
            "organizations.organization", Organization, _("Organization"), _visible, address=_address, street=_street
        )
    )
    add(SheetOffer(ORGANIZATIONS.name, _("Organizations"), ORGANIZATIONS, imports_organizations))
    add(Searchable("organizations.organization", lambda row: f"{row.name}\n{row.credit_code or ''}"))
    add(
        NavItem(
            "organizations",
            _("Organizations"),
            "organizations:list",
            reads_organizations,
            icon="building",
            order=70,
        )
    )
    register_action(
        "organizations.organization.enter",
        _("entered the organization"),
        words={"name": _("name"), "kind": _("kind"), "credit_code": _("unified social credit code")},
    )
