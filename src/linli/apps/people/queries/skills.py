"""Reads of skills: counts by community, the share of certified staff, what expires. No list ranks persons."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from linli.apps.organizations.models import Organization
from linli.apps.people.kinds import SkillWord, certificates, skills
from linli.apps.people.models import Post, Skill
from linli.apps.people.queries.acting import staff_of
from linli.apps.places.models import Place, PlacePath
from linli.apps.places.queries import COMMUNITIES, in_force
from linli.kernel.scope import Actor, Role

STAFF_ROLES = (Role.COMMUNITY_SECRETARY, Role.COMMUNITY_WORKER)
"""Whose share of certificates is asked for (E75)."""
AHEAD = timedelta(days=90)
"""How long before its end a certificate stands on the list."""


def skills_visible_to(actor: Actor | None, rows: QuerySet[Skill] | None = None) -> QuerySet[Skill]:
    """One's own, and those of the staff one leads."""
    rows = Skill.objects.all() if rows is None else rows
    if actor is None:
        return rows.none()
    return rows.filter(Q(user=actor.actor_id) | Q(user__in=staff_of(actor).order_by().values("pk")))


def expiring(rows: QuerySet[Skill], on: date) -> QuerySet[Skill]:
    """Those of ``rows`` that end within :data:`AHEAD` of the day ``on``, the first first."""
    return rows.filter(valid_to__gt=on, valid_to__lte=on + AHEAD).order_by("valid_to", "id")


@dataclass(frozen=True)
class CommunityLine:
    """One community of the matrix: how many have each skill, how many of how many are certified."""

    community: Place
    counts: tuple[int, ...]
    certified: int
    staff: int


@dataclass(frozen=True)
class Matrix:
    """Communities by code against the words that anybody has; and the whole, each person counted once."""

    words: tuple[SkillWord, ...]
    lines: tuple[CommunityLine, ...]
    total: CommunityLine | None

    @property
    def share(self) -> float | None:
        """Certified among the staff, in percent; None without staff."""
        if self.total is None or not self.total.staff:
            return None
        return 100 * self.total.certified / self.total.staff


def matrix(actor: Actor, on: date) -> Matrix:
    """Skills of those who work in the communities the actor looks after, as counts. Three queries."""
    reach = actor.reach(Role.SYSTEM_ADMINISTRATOR, Role.STREET_OFFICER, Role.COMMUNITY_SECRETARY)
    rows = Place.objects.filter(pk__in=reach.places, level__in=COMMUNITIES)
    communities = list(in_force(on, rows).order_by("code"))
    paths = PlacePath.objects.filter(ancestor__in=communities).values_list("ancestor", "descendant")
    held = Post.objects.in_force(on).filter(place__in=paths.values("descendant"), user__is_active=True)
    held = held.exclude(role=Role.RESIDENT)
    people: dict[UUID, set[UUID]] = defaultdict(set)
    staff: dict[UUID, set[UUID]] = defaultdict(set)
    found = held.filter(place__paths_up__ancestor__in=communities)
    for community, user, role in found.values_list("place__paths_up__ancestor", "user", "role"):
        people[community].add(user)
        if role in STAFF_ROLES:
            staff[community].add(user)
    has: dict[UUID, set[str]] = defaultdict(set)
    everybody = set().union(*people.values())
    for user, skill in Skill.objects.in_force(on).filter(user__in=everybody).values_list("user", "skill"):
        has[user].add(skill)
    shown = tuple(word for code, word in skills().items() if any(code in codes for codes in has.values()))
    lines = tuple(_line(place, people[place.pk], staff[place.pk], has, shown) for place in communities)
    whole = set().union(*staff.values())
    total = _line(Place(name=""), everybody, whole, has, shown) if communities else None
    return Matrix(shown, lines, total)


def _line(
    place: Place, people: set[UUID], staff: set[UUID], has: dict[UUID, set[str]], words: tuple[SkillWord, ...]
) -> CommunityLine:
    counted = Counter(code for user in people for code in has[user])
    certified = sum(1 for user in staff if has[user] & certificates())
    return CommunityLine(place, tuple(counted[word.code] for word in words), certified, len(staff))


def skills_of(organization: Organization, on: date) -> list[tuple[str, int]]:
    """How many of those with a post at ``organization`` have each skill; in the order of the dictionary. One query."""
    held = Post.objects.in_force(on).filter(organization=organization, user__is_active=True)
    rows = Skill.objects.in_force(on).filter(user__in=held.order_by().values("user"))
    counted = Counter(skill for _user, skill in set(rows.values_list("user", "skill")))
    return [(word.title, counted[code]) for code, word in skills().items() if counted[code]]
