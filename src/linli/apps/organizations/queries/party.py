"""Reads of party organizations: who sees which, what each was on a day, and where a rule says to look again."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Q, QuerySet, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations.models import (
    BRANCHES,
    Organization,
    PartyCover,
    PartyKind,
    PartyOrganization,
    PartyStatus,
)
from linli.apps.organizations.permissions import READERS
from linli.apps.organizations.queries.related import holding
from linli.apps.organizations.rubric import after_years, source_of, usual_in
from linli.apps.places.models import Place
from linli.apps.places.queries import COMMUNITIES
from linli.kernel.scope import Actor
from linli.kernel.settings import declared_named, look

TERM_COMMUNITY, TERM_OTHER = "organizations.party_term_community", "organizations.party_term_other"
MOST_UNITS, MOST_MEMBERS = "organizations.joint_branch_units", "organizations.branch_members"
SETTINGS = (TERM_COMMUNITY, TERM_OTHER, MOST_UNITS, MOST_MEMBERS)


@dataclass(frozen=True)
class Notice:
    """Something to look at again: the sentence, where the rule stands, and how sure that source is."""

    words: str | Promise
    source: str
    grade: str


def parties_visible_to(
    actor: Actor | None, rows: QuerySet[PartyOrganization] | None = None
) -> QuerySet[PartyOrganization]:
    """Party organizations of the places and organizations the actor sees."""
    rows = PartyOrganization.objects.all() if rows is None else rows
    if actor is None:
        return rows.none()
    reach = actor.reach(*READERS)
    return rows.filter(Q(place__in=reach.places) | Q(organization__in=reach.organizations))


def party_status_on(party: PartyOrganization, on: date) -> PartyStatus | None:
    """What it was called, was and stood under on the day ``on``; None before and after it existed."""
    return holding(PartyStatus.objects.filter(party=party), on).select_related("parent").first()


def party_statuses(party: PartyOrganization) -> list[PartyStatus]:
    """Every status it had, the latest first. One query."""
    return list(party.statuses.select_related("parent").order_by("-valid_from"))


def tree_on(
    on: date, actor: Actor | None, *, at_place: Place | None = None, most: int = 500
) -> list[tuple[PartyStatus, int]]:
    """(status, depth) of the party organizations the actor sees on the day ``on``, parents before children.

    One whose parent is out of sight stands at the top. At most ``most``; one query.
    """
    parties = parties_visible_to(actor)
    if at_place is not None:
        parties = parties.filter(place__paths_up__ancestor=at_place)
    rows = holding(PartyStatus.objects.filter(party__in=parties.values("pk")), on)
    statuses = list(rows.select_related("party__place", "party__organization").order_by("name", "id")[:most])
    seen = {one.party_id for one in statuses}
    under: dict[object, list[PartyStatus]] = {}
    for one in statuses:
        under.setdefault(one.parent_id if one.parent_id in seen else None, []).append(one)
    return list(_walk(under))


def _walk(under: dict[object, list[PartyStatus]]) -> list[tuple[PartyStatus, int]]:
    found: list[tuple[PartyStatus, int]] = []
    waiting = [(one, 0) for one in reversed(_in_order(under.get(None, [])))]
    while waiting:
        one, depth = waiting.pop()
        found.append((one, depth))
        waiting.extend((child, depth + 1) for child in reversed(_in_order(under.get(one.party_id, []))))
    return found


def _in_order(statuses: list[PartyStatus]) -> list[PartyStatus]:
    ranks = list(PartyKind)
    return sorted(statuses, key=lambda one: (ranks.index(PartyKind(one.kind)), one.name))


def covers_of(party: PartyOrganization, on: date) -> list[PartyCover]:
    """The units and spaces it covers on the day ``on``. One query."""
    rows = holding(PartyCover.objects.filter(party=party), on)
    return list(
        rows.select_related("organization", "grid", "estate", "building__estate", "stairwell__building__estate")
    )


def term_ends(party: PartyOrganization, years: dict[str, int]) -> date | None:
    """The day its term ends: so many years after its last election; None before the first one."""
    if party.elected_on is None:
        return None
    is_community = party.organization_id is None and party.place.level in (*COMMUNITIES, "grid", "point")
    return after_years(party.elected_on, years[TERM_COMMUNITY if is_community else TERM_OTHER])


def figures(party: PartyOrganization) -> dict[str, int]:
    """The figures of the rules as the street of ``party`` chose them. One query."""
    return {name: int(found.value) for name, found in look(list(SETTINGS), street=party.place.street_id).items()}


def notices_about(
    party: PartyOrganization, on: date, *, covers: list[PartyCover], members: int, values: dict[str, int]
) -> list[Notice]:
    """What the rules say of it on the day ``on``: too many units or members, a term that ended, an unusual space."""
    found = []
    units = sum(cover.organization_id is not None for cover in covers)
    if party.kind == PartyKind.JOINT_BRANCH and units > values[MOST_UNITS]:
        words = _("It covers %(count)s units; a joint branch covers at most %(most)s.")
        found.append(_notice(MOST_UNITS, words % {"count": units, "most": values[MOST_UNITS]}))
    if party.kind in BRANCHES and members > values[MOST_MEMBERS]:
        words = _("It counts %(count)s members; a branch has at most %(most)s.")
        found.append(_notice(MOST_MEMBERS, words % {"count": members, "most": values[MOST_MEMBERS]}))
    ends = term_ends(party, values)
    if ends is not None and ends <= on:
        name = TERM_COMMUNITY if ends == after_years(party.elected_on or on, values[TERM_COMMUNITY]) else TERM_OTHER
        found.append(_notice(name, _("Its term ended on %(day)s.") % {"day": ends}))
    return [*found, *_unusual(party, covers)]


def _notice(setting: str, words: str | Promise) -> Notice:
    declared = declared_named(setting)
    return Notice(words, declared.source, declared.grade)


def _unusual(party: PartyOrganization, covers: list[PartyCover]) -> list[Notice]:
    for cover in covers:
        usual = usual_in(cover.what)
        if usual and usual != party.kind:
            words = _("For “%(space)s” the usual kind is: %(kind)s.")
            told = words % {"space": cover.name, "kind": PartyKind(usual).label}
            return [Notice(told, *source_of("spaces"))]
    return []


COUNTED = str.maketrans({numeral: chr(number) for number, numeral in enumerate("一二三四五六七八九十", start=1)})
"""第一、第二、第三 in the order they are counted, which is not that of their characters."""


def parties_at(place: Place, on: date, *, of_units: bool = True, most: int = 100) -> list[PartyOrganization]:
    """The party organizations at ``place`` and below on the day ``on``, the highest kinds first. One query."""
    rows = holding(PartyOrganization.objects.filter(place__paths_up__ancestor=place), on)
    rows = rows if of_units else rows.filter(organization__isnull=True)
    ranks = Case(*(When(kind=kind, then=Value(rank)) for rank, kind in enumerate(PartyKind)))
    found = list(rows.select_related("organization").annotate(rank=ranks).order_by("rank", "name", "id")[:most])
    return sorted(found, key=lambda one: (one.rank, one.name.translate(COUNTED)))


def parties_of(organization: Organization, on: date) -> list[PartyOrganization]:
    """Its own party organizations, and the joint ones that cover it, on the day ``on``. One query."""
    covers = holding(PartyCover.objects.filter(organization=organization), on).order_by()
    rows = holding(PartyOrganization.objects.all(), on)
    return list(rows.filter(Q(organization=organization) | Q(pk__in=covers.values("party"))).order_by("name"))


def parties_found_by(text: str) -> list[PartyOrganization]:
    """Party organizations of this name; those that ended are left out. One query."""
    rows = PartyOrganization.objects.filter(valid_to__isnull=True, name=" ".join(text.split()))
    return list(rows.select_related("place").order_by("place__code")[:9])
