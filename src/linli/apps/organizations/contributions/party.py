"""What party organizations add: their kinds, deeds and settings."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations import queries
from linli.apps.organizations.contributions.kinds import Joined
from linli.apps.organizations.contributions.pages import PAGE
from linli.apps.organizations.models import (
    InstructorAssignment,
    MemberCount,
    Organization,
    PartyCover,
    PartyOrganization,
)
from linli.apps.organizations.permissions import keeps_party_pages, reads_organizations
from linli.apps.organizations.queries import party as figures
from linli.apps.organizations.tables import PARTIES, PARTY_COUNTS
from linli.kernel.audit import register_action
from linli.kernel.contributions import NavItem, PagePart, Searchable, SheetOffer, declare_slot
from linli.kernel.contributions import contribute as add
from linli.kernel.refs import register
from linli.kernel.scope import Actor
from linli.kernel.settings import Declared, declare

RULE = "《中国共产党支部工作条例（试行）》（转引）"
NAME, KIND, DAY, REASON, SOURCE = _("name"), _("kind"), _("day"), _("reason"), _("source")
ACTIONS: tuple[tuple[str, Any, dict[str, Any]], ...] = (
    (
        "party_organization.found",
        _("entered the party organization"),
        {"name": NAME, "kind": KIND, "day": DAY, "source": SOURCE},
    ),
    (
        "party_organization.change",
        _("changed the party organization"),
        {
            "name": NAME,
            "kind": KIND,
            "parent": _("stands under"),
            "day": DAY,
            "source": SOURCE,
        },
    ),
    ("party_organization.elect", _("entered an election"), {"day": DAY}),
    ("party_organization.end", _("ended the party organization"), {"day": DAY, "reason": REASON}),
    ("party_organization.cover", _("entered what it covers"), {"covered": _("covers"), "day": DAY}),
    ("party_organization.uncover", _("ended what it covers"), {"covered": _("covers"), "day": DAY, "reason": REASON}),
    ("instructor.assign", _("entered that an instructor is assigned"), {"day": DAY, "source": SOURCE}),
    ("instructor.end", _("ended the assignment of an instructor"), {"day": DAY, "reason": REASON}),
    ("member_count.count", _("entered numbers of members"), {"counts": _("numbers"), "day": DAY, "source": SOURCE}),
)
SETTINGS = tuple(
    Declared(name, title, int, default, RULE, "B", least=least, most=most, unit=unit)
    for name, title, default, least, most, unit in (
        (figures.TERM_COMMUNITY, _("Term of party organizations of communities and villages"), 5, 1, 10, "年"),
        (figures.TERM_OTHER, _("Term of other party organizations"), 3, 1, 10, "年"),
        (figures.MOST_UNITS, _("Units a joint branch covers at most"), 5, 2, 50, "家"),
        (figures.MOST_MEMBERS, _("Members a branch has at most"), 50, 3, 500, "人"),
    )
)


class OfParty(Joined):
    """Rows with what the label and the street need."""

    joins = ("place", "organization")


class OfCover(Joined):
    """Rows with their party organization and what it covers."""

    joins = ("party__place", "organization", "grid", "estate", "building", "stairwell")


class OfCount(Joined):
    """Rows with their holder."""

    joins = ("party__place", "organization__place", "place")


class OfUnit(Joined):
    """Rows with their organization and its seat."""

    joins = ("organization__place",)


def page_of(party: PartyOrganization) -> str:
    """Its page on the desk."""
    return reverse("organizations:party", args=[party.pk])


def _count_page(row: MemberCount) -> str:
    if row.party is not None:
        return page_of(row.party)
    return reverse("organizations:organization", args=[row.organization_id]) if row.organization_id else ""


def _count_street(row: MemberCount) -> UUID | None:
    holder = row.party or row.organization
    place: Any = holder.place if holder is not None else row.place
    street: UUID | None = place.street_id
    return street


def party_text(row: PartyOrganization) -> str:
    """What is searched of a party organization."""
    return f"{row.name}\n{row.get_kind_display()}"


def of_organization(actor: Actor | None, row: Organization) -> dict[str, Any] | None:
    """How party work reaches a unit today, and its members. Two queries; nothing of teams."""
    if row.is_team:
        return None
    today = timezone.localdate()
    formed = queries.with_members(queries.with_form(today, Organization.objects.filter(pk=row.pk)), today).first()
    return {
        "organization": row,
        "form": queries.FORMS[formed.form] if formed else None,
        "covered": formed is not None and formed.form != "none",
        "formed": formed,
        "advice": queries.advice_for(formed) if formed and formed.form in ("none", "instructor") else None,
        "parties": queries.parties_of(row, today),
    }


def of_community(actor: Actor | None, community: Any) -> dict[str, Any] | None:
    """The party organizations of a community itself, with how many members; units' own are left out. Two queries."""
    today = timezone.localdate()
    parties = queries.parties_at(community, today, of_units=False, most=60)
    counts = queries.public_counts(community, today)
    if not parties and community.pk not in counts:
        return None
    rows = []
    for party in parties:
        mine = counts.get(party.pk, {})
        newest = max(mine.values(), key=lambda one: one.as_of, default=None)
        rows.append({"party": party, "members": queries.members(mine), "newest": newest})
    return {"rows": rows, "own": list(counts.get(community.pk, {}).values())}


PARTS = (
    PagePart(PAGE, "organizations.party", "organizations/part_party.html", of_organization, order=15),
    PagePart(
        "places.community", "organizations.party", "organizations/part_party_of_place.html", of_community, order=50
    ),
)


def _register_kinds() -> None:
    register(
        OfParty(
            "organizations.party_organization", PartyOrganization, _("Party organization"),
            lambda rows, actor: queries.parties_visible_to(actor, rows),
            address=page_of, street=lambda row: row.place.street_id,
        )
    )  # fmt: skip
    register(
        OfCover(
            "organizations.party_cover", PartyCover, _("Covered by a party organization"),
            lambda rows, actor: rows.filter(party__in=queries.parties_visible_to(actor).values("pk")),
            address=lambda row: page_of(row.party), street=lambda row: row.party.place.street_id,
        )
    )  # fmt: skip
    register(
        OfCount(
            "organizations.member_count", MemberCount, _("Number of members"),
            lambda rows, actor: queries.counts_visible_to(actor, rows),
            address=_count_page, street=_count_street,
        )
    )  # fmt: skip
    register(
        OfUnit(
            "organizations.instructor_assignment", InstructorAssignment, _("Assignment of an instructor"),
            lambda rows, actor: rows.filter(organization__in=queries.visible_to(actor).values("pk")),
            address=lambda row: reverse("organizations:organization", args=[row.organization_id]),
            street=lambda row: row.organization.place.street_id,
        )
    )  # fmt: skip


def contribute() -> None:
    """Make kinds, deeds and settings known, and add to the menu and to others' pages."""
    _register_kinds()
    for name, title, words in ACTIONS:
        register_action(f"organizations.{name}", title, words=words)
    for setting in SETTINGS:
        declare(setting)
    add(Searchable("organizations.party_organization", party_text, where=lambda row: str(row.place)))
    declare_slot("organizations.party", budget=2)
    add(*PARTS)
    add(SheetOffer(PARTIES.name, _("Party organizations"), PARTIES, keeps_party_pages))
    add(SheetOffer(PARTY_COUNTS.name, _("Numbers of members"), PARTY_COUNTS, keeps_party_pages))
    add(
        NavItem(
            "party", _("Party organizations"), "organizations:parties", reads_organizations, "star", 20, "organizations"
        )
    )
