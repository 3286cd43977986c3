"""What ties judges to entries, from facts the house knows; a handful of queries for any size of session."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils.translation import override

from linli.apps.organizations.models import TEAMS, Coaching, Organization, RelatedParty
from linli.apps.organizations.queries import holding
from linli.apps.people.models import Post
from linli.apps.places.models import PlacePath
from linli.apps.places.queries import COMMUNITIES
from linli.apps.reviews.models import (
    Duty,
    Entry,
    EntryState,
    Expert,
    ExpertTie,
    Ground,
    Recusal,
    ReviewSession,
    Seat,
)
from linli.kernel.refs import Ref
from linli.kernel.scope import Role
from linli.kernel.settings import value_of

ORDER = tuple(Ground)
"""Which ground is named when several hold."""
ORGANIZATION, PLACE, EXPERT = "organizations.organization", "places.place", "reviews.expert"
USER, PERSON = "people.user", "people.person"


@dataclass(frozen=True)
class Found:
    """One tie: why, and the fact in words."""

    ground: Ground
    fact: str


Interests = dict[Ref, list[Found]]


BEFORE_ITS_JUDGES = Q(seat__panel=F("entry__panel"))
"""Recusals that count: an entry that went to another panel leaves those of the earlier judges on record."""


def recusals_of(session: ReviewSession) -> QuerySet[Recusal]:
    """Every recusal of a session, with judge and entry."""
    return Recusal.objects.filter(entry__session=session).select_related(
        "seat__panel", "entry__session", "seat__session"
    )


def ties_found(session: ReviewSession, *, on: date, anywhere: bool = False) -> dict[tuple[UUID, UUID], Found]:
    """(seat, entry) → the tie by which this judge should not judge it, on a day; each entry before its own panel,
    ``anywhere`` before every panel."""
    seats = list(Seat.objects.filter(session=session, duty=Duty.JUDGE, left_at__isnull=True, expert__isnull=False))
    experts = Expert.objects.filter(pk__in=[seat.expert_id for seat in seats]).select_related("user")
    known = {expert.pk: expert for expert in experts}
    interests = _interests(list(known.values()), on=on, since=_years_before(on, session))
    entries = session.entries.exclude(state=EntryState.WITHDRAWN).prefetch_related("parties", "ties")
    by_panel: dict[UUID | None, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_panel[entry.panel_id].append(entry)
    behind = _behind(entries)
    found: dict[tuple[UUID, UUID], Found] = {}
    for seat in seats:
        assert seat.expert_id is not None  # filtered above
        expert = known[seat.expert_id]
        for entry in entries if anywhere else by_panel[seat.panel_id]:
            ties = [*_by_parties(interests[expert.pk], behind[entry.pk]), *_handed_in(expert, entry)]
            if ties:
                found[seat.pk, entry.pk] = min(ties, key=lambda tie: ORDER.index(tie.ground))
    return found


def _years_before(on: date, session: ReviewSession) -> date:
    """Who left after this day left less than the years ago that count (two, unless the street says otherwise)."""
    years = int(value_of("reviews.leave_years", street=session.place.street_id))
    try:
        return on.replace(year=on.year - years)
    except ValueError:  # the 29th of February
        return on.replace(year=on.year - years, day=28)


def _behind(entries: Iterable[Entry]) -> dict[UUID, dict[Ref, str]]:
    """For each entry the records that stand behind it: its parties, their communities, the seats of its teams."""
    direct = {entry.pk: {Ref(row.ref_kind, row.ref_id): row.label for row in entry.parties.all()} for entry in entries}
    refs = {ref for parties in direct.values() for ref in parties}
    teams = Organization.objects.filter(pk__in=[ref.id for ref in refs if ref.kind == ORGANIZATION], kind__in=TEAMS)
    seat_of = {Ref(ORGANIZATION, key): place for key, place in teams.values_list("pk", "place_id")}
    at = {ref: ref.id if ref.kind == PLACE else seat_of[ref] for ref in refs if ref.kind == PLACE or ref in seat_of}
    above: dict[UUID, list[UUID]] = defaultdict(list)
    paths = PlacePath.objects.filter(descendant_id__in=set(at.values()), ancestor__level__in=COMMUNITIES)
    for place, community in paths.values_list("descendant_id", "ancestor_id"):
        above[place].append(community)
    for parties in direct.values():
        for ref, label in list(parties.items()):
            for community in above.get(at.get(ref, ref.id), ()):
                parties.setdefault(Ref(PLACE, community), label)
    return direct


class _Pool:
    """Collects what the experts of a session are tied to."""

    def __init__(self, experts: list[Expert]) -> None:
        self.found: dict[UUID, Interests] = {expert.pk: defaultdict(list) for expert in experts}
        self.units: dict[UUID, list[UUID]] = defaultdict(list)
        self.users: dict[UUID, list[UUID]] = defaultdict(list)
        for expert in experts:
            self._enter(expert)

    def tie(self, experts: Iterable[UUID], kind: str, key: UUID | None, ground: Ground, note: str = "") -> None:
        """These experts are tied to one record; nothing where there is none."""
        if key is not None:
            for expert in experts:
                self.found[expert][Ref(kind, key)].append(Found(ground, note))

    def _enter(self, expert: Expert) -> None:
        one = [expert.pk]
        self.tie(one, ORGANIZATION, expert.organization_id, Ground.UNIT)
        self.tie(one, PLACE, expert.lives_in_id, Ground.RESIDENCE)
        if expert.organization_id:
            self.units[expert.organization_id].append(expert.pk)
        if expert.user is not None:
            self.users[expert.user.pk].append(expert.pk)
            self.tie(one, USER, expert.user.pk, Ground.PARTY)
            self.tie(one, PERSON, expert.user.person_id, Ground.PARTY)


def _interests(experts: list[Expert], *, on: date, since: date) -> dict[UUID, Interests]:
    """For each expert the records he is tied to: unit, home, posts, and the ties of the pool."""
    pool = _Pool(experts)
    for unit, other, ground, note in _of_units(pool.units, on):
        pool.tie(pool.units[unit], ORGANIZATION, other, ground, note)
    recent = Q(ended_on__isnull=True) | Q(ended_on__gt=since)
    for post in Post.objects.filter(recent, user__in=list(pool.users), started_on__lte=on):
        ground = _ground_of(post, on)
        pool.tie(pool.users[post.user_id], ORGANIZATION, post.organization_id, ground)
        pool.tie(pool.users[post.user_id], PLACE, post.place_id, ground)
    for row in ExpertTie.objects.filter(Q(until__isnull=True) | Q(until__gt=since), expert__in=experts):
        pool.tie([row.expert_id], ORGANIZATION, row.organization_id, Ground(row.ground), row.note)
        pool.tie([row.expert_id], PLACE, row.place_id, Ground(row.ground), row.note)
    return pool.found


def _ground_of(post: Post, on: date) -> Ground:
    if post.role == Role.RESIDENT:
        return Ground.RESIDENCE
    return Ground.LEFT if post.ended_on is not None and post.ended_on <= on else Ground.ROLE


def _of_units(units: dict[UUID, list[UUID]], on: date) -> list[tuple[UUID, UUID, Ground, str]]:
    """(unit, other organization, ground, note): what the units of experts own, share officers with, or coach."""
    found: list[tuple[UUID, UUID, Ground, str]] = []
    related = holding(RelatedParty.objects.filter(other__isnull=False), on)
    for row in related.filter(Q(organization__in=units) | Q(other__in=units)):
        note = row.get_kind_display()
        pairs = ((row.organization_id, row.other_id), (row.other_id, row.organization_id))
        found += [(one, other, Ground.UNIT, note) for one, other in pairs if one in units and other is not None]
    coached = holding(Coaching.objects.filter(agency__in=units), on)
    found += [(row.agency_id, row.organization_id, Ground.COACHING, "") for row in coached]
    return found


def _by_parties(interests: Interests, behind: dict[Ref, str]) -> list[Found]:
    return [
        Found(tie.ground, worded(tie.ground, label, tie.fact))
        for ref, label in behind.items()
        for tie in interests.get(ref, ())
    ]


def _handed_in(expert: Expert, entry: Entry) -> list[Found]:
    """Ties the entering app knows, where they name this expert, the account, the unit or the home."""
    person = expert.user.person_id if expert.user else None
    unit, home = (ORGANIZATION, expert.organization_id), (PLACE, expert.lives_in_id)
    mine = {(EXPERT, expert.pk), (USER, expert.user_id), (PERSON, person), unit, home}
    return [
        Found(Ground(row.ground), worded(Ground(row.ground), "", row.fact))
        for row in entry.ties.all()
        if (row.ref_kind, row.ref_id) in mine
    ]


def worded(ground: Ground, label: str, note: str) -> str:
    """The fact as the record keeps it: data, in Chinese whatever language somebody reads the page in."""
    with override("zh-hans"):
        return "：".join(part for part in (str(ground.label), label, note) if part)[:200]
