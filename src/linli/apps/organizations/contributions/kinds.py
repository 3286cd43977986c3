"""The kinds of record organizations keep: how each is named, found and seen."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations import queries
from linli.apps.organizations.models import (
    ChecklistTick,
    Coaching,
    Facility,
    Honour,
    LegalPerson,
    Organization,
    Partnership,
    RelatedParty,
    Standing,
)
from linli.kernel.contributions import Searchable
from linli.kernel.contributions import contribute as add
from linli.kernel.refs import Kind, register


class Joined(Kind):
    """A kind whose rows are read together with the records named in ``joins``."""

    joins: tuple[str, ...] = ()

    def rows(self) -> Any:
        return super().rows().select_related(*self.joins)


class OfPlace(Joined):
    """Rows with their place."""

    joins = ("place",)


class OfOrganization(Joined):
    """Rows with their organization and its seat."""

    joins = ("organization__place",)


class OfHolder(Joined):
    """Rows with their organization and its seat, or their place."""

    joins = ("organization__place", "place")


def page_of(organization: Organization) -> str:
    """The organization's page on the desk."""
    return reverse("organizations:organization", args=[organization.pk])


def _page(row: Any) -> str:
    return page_of(row.organization) if row.organization else reverse("organizations:honours")


def _lists(tick: ChecklistTick) -> str:
    """The lists an item stands in: of a party organization, or of an organization."""
    of = "checklists" if tick.subject.kind == "organizations.organization" else "party_checklists"
    return reverse(f"organizations:{of}", args=[tick.subject.id])


def _street(row: Any) -> UUID | None:
    place = row.organization.place if getattr(row, "organization", None) else row.place
    street: UUID | None = place.street_id
    return street


def _of_mine(rows: Any, actor: Any) -> Any:
    """What is kept about an organization is seen by whoever sees the organization."""
    return rows.filter(organization__in=queries.visible_to(actor).values("pk"))


def organization_text(row: Organization) -> str:
    """What is searched of an organization: its names, its code, its field of work."""
    return f"{row.name}\n{row.short_name}\n{row.credit_code or ''}\n{row.business_title}"


def _shown(rows: Any) -> Any:
    """Those shown to the neighbours today."""
    return rows.filter(pk__in=queries.public_organizations(timezone.localdate()).order_by().values("pk"))


def contribute() -> None:
    """Make every kind known."""
    register(
        OfPlace(
            "organizations.organization",
            Organization,
            _("Organization"),
            lambda rows, actor: queries.visible_to(actor, rows),
            address=page_of,
            street=lambda row: row.place.street_id,
        )
    )
    about: tuple[tuple[str, type[Model], Any], ...] = (
        ("legal_person", LegalPerson, _("Legal person")),
        ("related_party", RelatedParty, _("Related party")),
        ("coaching", Coaching, _("Coaching")),
        ("standing", Standing, _("Standing")),
    )
    for name, model, title in about:
        register(OfOrganization(f"organizations.{name}", model, title, _of_mine, address=_page, street=_street))
    placed: tuple[tuple[str, type[Model], Any, Callable[..., Any], type[Kind], Callable[[Any], str]], ...] = (
        ("honour", Honour, _("Honour"), _cut(queries.honours_visible_to), OfHolder, _page),
        ("facility", Facility, _("Facility"), _cut(queries.facilities_visible_to), OfPlace, _list("facilities")),
        ("partnership", Partnership, _("Partner"), _cut(queries.partnerships_visible_to), OfPlace, _list("partners")),
        ("checklist_tick", ChecklistTick, _("Checklist item"), _cut(queries.ticks_visible_to), OfHolder, _lists),
    )
    for name, model, title, visible, kind, address in placed:
        street = _street if kind is OfHolder else _place_street
        register(kind(f"organizations.{name}", model, title, visible, address=address, street=street))
    add(
        Searchable(
            "organizations.organization",
            organization_text,
            where=lambda row: str(row.place),
            public=_shown,
            public_address=lambda row: reverse("organizations:public", args=[row.pk]),
        )
    )


def _cut(visible_to: Callable[..., Any]) -> Callable[..., Any]:
    """A ``visible_to`` of ours in the order of arguments a kind takes."""
    return lambda rows, actor: visible_to(actor, rows)


def _list(route: str) -> Callable[[Any], str]:
    def address(_row: Any) -> str:
        return reverse(f"organizations:{route}")

    return address


def _place_street(row: Any) -> UUID | None:
    street: UUID | None = row.place.street_id
    return street
