"""Doors of party organizations: the list, the tree of a day, one of them."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from linli.apps.organizations import queries
from linli.apps.organizations.models import PartyKind, PartyOrganization
from linli.apps.organizations.permissions import READERS, keeps_party_pages, reads_organizations
from linli.apps.organizations.rubric import count_kinds
from linli.apps.organizations.services.keeping import require
from linli.apps.organizations.services.party_cover import JOINT
from linli.apps.organizations.tables import PARTIES, PARTY_COUNTS, PARTY_HEADINGS, written_parties
from linli.apps.organizations.views.acting import workbook
from linli.apps.organizations.views.telling import story
from linli.kernel.audit import timeline
from linli.kernel.contributions import page_parts
from linli.kernel.refs import ref_of
from linli.kernel.scope import permission
from linli.kernel.scope.doors import actor_of
from linli.kernel.ui.lists import Column, Filter, ListPage

COLUMNS = (
    Column("name", _("Name"), sort="name"),
    Column("kind", _("Kind"), sort="kind"),
    Column("parent", _("Stands under")),
    Column("place", _("Place or unit")),
    Column("members", _("Party members"), numeric=True),
    Column("as_of", _("Day of the count")),
)
RUNNING = (("now", _("Today")), ("past", _("Ended")))
MOST_IN_TREE = 500


def _running(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    today = timezone.localdate()
    return queries.holding(rows, today) if value == "now" else rows.filter(valid_to__lte=today)


def _page(request: HttpRequest) -> ListPage:
    actor = actor_of(request)
    assert actor is not None  # every door here is closed to strangers
    rows = queries.parties_visible_to(actor).select_related("parent", "place", "organization")
    places = queries.places_to_choose(actor, READERS, timezone.localdate())
    filters = (
        Filter("kind", _("Kind"), PartyKind.choices),
        Filter("place", _("Place"), [(place.pk, place.name) for place in places], "place__paths_up__ancestor"),
        Filter("running", _("Validity"), RUNNING, narrow=_running),
    )
    return ListPage(request, rows, columns=COLUMNS, filters=filters, first_sort="name")


def with_counts(parties: list[PartyOrganization], on: date) -> list[dict[str, Any]]:
    """Each with its members and the day they were counted. One query."""
    found = queries.latest_counts(parties, on)
    rows = []
    for party in parties:
        counts = found.get(party.pk, {})
        days = [row.as_of for row in counts.values()]
        rows.append({"party": party, "members": queries.members(counts), "as_of": max(days, default=None)})
    return rows


def counted_table(holder: Any) -> dict[str, Any]:
    """The newest twelve days on which members of ``holder`` were counted, and the kinds that were. One query."""
    days = queries.counted_days(holder)[:12]
    kinds = [word for code, word in count_kinds().items() if any(code in day.counts for day in days)]
    rows = [{"day": day, "cells": [day.counts.get(word.code) for word in kinds]} for day in days]
    return {"days": rows, "kinds": kinds}


@permission(reads_organizations)
@require_safe
def parties(request: HttpRequest) -> HttpResponse:
    """The party organizations where my posts reach, with how many members each counted last."""
    page, actor = _page(request), actor_of(request)
    context = {
        "page": page,
        "rows": with_counts(page.rows, timezone.localdate()),
        "may_keep": keeps_party_pages(actor, None),
        "sheet": PARTIES.name,
        "count_sheet": PARTY_COUNTS.name,
    }
    return render(request, "organizations/parties.html", context)


@permission(reads_organizations)
@require_safe
def export_parties(request: HttpRequest) -> HttpResponseBase:
    """Those the list shows, of all its pages, with their newest numbers, as a workbook."""
    return workbook(PARTIES.title, PARTY_HEADINGS, written_parties(_page(request).matching, timezone.localdate()))


def asked_day(text: str | None) -> date:
    """The day in an address, or today."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return timezone.localdate()


@permission(reads_organizations)
@require_safe
def tree(request: HttpRequest) -> HttpResponse:
    """The tree as it stood on a day."""
    on = asked_day(request.GET.get("on"))
    found = queries.tree_on(on, actor_of(request), most=MOST_IN_TREE + 1)
    context = {
        "nodes": [{"status": status, "depth": min(depth, 4)} for status, depth in found[:MOST_IN_TREE]],
        "more": len(found) > MOST_IN_TREE,
        "on": on,
        "today": timezone.localdate(),
        "may_keep": keeps_party_pages(actor_of(request), None),
    }
    return render(request, "organizations/party_tree.html", context)


def found_party(request: HttpRequest, pk: UUID, may: Any = None) -> PartyOrganization:
    """The party organization of the address, if the reader sees it; refused when he may not do what he came for."""
    rows = queries.parties_visible_to(actor_of(request))
    rows = rows.select_related("place__street", "organization__place", "parent")
    row: PartyOrganization = get_object_or_404(rows, pk=pk)
    if may is not None:
        require(may, actor_of(request), row)
    return row


@permission(reads_organizations)
@require_safe
def party(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One party organization: what it is and was, what it covers, its numbers day by day, what a rule says of it."""
    row, actor, today = found_party(request, pk), actor_of(request), timezone.localdate()
    covers, values = queries.covers_of(row, today), queries.figures(row)
    children = list(queries.holding(row.children.order_by("kind", "name"), today))
    counted = with_counts([row, *children], today)
    context = {
        "party": row,
        "statuses": queries.party_statuses(row),
        "covers": covers,
        "children": counted[1:],
        "members": counted[0]["members"],
        **counted_table(row),
        "below": sum(child["members"] or 0 for child in counted[1:]),
        "term_ends": queries.term_ends(row, values),
        "notices": queries.notices_about(row, today, covers=covers, members=counted[0]["members"] or 0, values=values),
        "parts": page_parts("organizations.party", actor=actor, record=row),
        "verbs": _verbs(row, actor),
        "may_keep": keeps_party_pages(actor, row),
        "story": story(timeline(ref_of(row))),
    }
    return render(request, "organizations/party.html", context)


def _verbs(row: PartyOrganization, actor: Any) -> list[tuple[str, Any]]:
    """(verb, its words) of what the actor may change now."""
    if row.valid_to is not None or not keeps_party_pages(actor, row):
        return []
    offered: list[tuple[bool, str, Any]] = [
        (True, "change", _("Change name or kind")),
        (True, "move", _("Move in the tree")),
        (True, "elect", _("Enter an election")),
        (row.kind in JOINT, "unit", _("Add a unit")),
        (True, "space", _("Add a grid, estate or building")),
        (True, "end", _("End the party organization")),
    ]
    return [(verb, words) for allowed, verb, words in offered if allowed]
