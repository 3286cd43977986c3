"""To whom a need may be given: the street, its communities and grids, departments; and the people who work there."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from linli.apps.needs.models import Need
from linli.apps.organizations.models import Organization, OrganizationKind, OrganizationStatus
from linli.apps.people.models import Post, Substitute, User
from linli.apps.places.models import Level, Place, PlacePath
from linli.kernel.scope import Role

MOST_POSTS = 500
SERVES = (OrganizationKind.DEPARTMENT, OrganizationKind.PROPERTY_COMPANY, OrganizationKind.SUPPORTING_AGENCY)


def places_for(need: Need) -> QuerySet[Place]:
    """The street, its communities, the grids of the need's own community; the district for what goes above."""
    own = Q(pk=need.street_id) | Q(street=need.street_id, level__in=(Level.COMMUNITY, Level.VILLAGE))
    own |= Q(parent=need.place_id, level=Level.GRID) | Q(level=Level.DISTRICT, children=need.street_id)
    rows = Place.objects.filter(own, valid_to__isnull=True)
    if need.walled_place_id:
        rows = rows.exclude(paths_up__ancestor=need.walled_place_id)
    return rows.order_by("code").distinct()


def organizations_for(need: Need) -> QuerySet[Organization]:
    """Departments and property companies of the street, and departments of the district."""
    near = Q(place__street=need.street_id) | Q(place__level=Level.DISTRICT, place__children=need.street_id)
    rows = Organization.objects.filter(near, kind__in=SERVES, status=OrganizationStatus.ACTIVE)
    if need.walled_organization_id:
        rows = rows.exclude(pk=need.walled_organization_id)
    return rows.order_by("name").distinct()


def staff_for(need: Need) -> QuerySet[User]:
    """Who works in the street, its communities or the units that serve it; nobody behind the need's wall."""
    held = Post.objects.filter(ended_on__isnull=True).exclude(role=Role.RESIDENT).order_by()
    near = Q(place__street=need.street_id) | Q(organization__in=organizations_for(need).order_by().values("pk"))
    rows = User.objects.filter(pk__in=held.filter(near).values("user"), is_active=True)
    if need.about_kind:
        rows = rows.exclude(Exists(_behind(need, held).filter(user=OuterRef("pk"))))
        rows = rows.exclude(Exists(Substitute.objects.filter(deputy=OuterRef("pk"), post__in=_behind(need, held))))
        rows = rows.exclude(pk__in=[need.walled_user] if need.walled_user else [])
    return rows.order_by("name", "username")


def workplaces(people: QuerySet[User]) -> dict[UUID, str]:
    """User → where he works, of every post held now, in the order of places. One query."""
    held = Post.objects.filter(user__in=people.order_by().values("pk"), ended_on__isnull=True)
    found: dict[UUID, list[str]] = {}
    rows = held.exclude(role=Role.RESIDENT).order_by("place__code", "organization__name")
    for user, place, organization in rows.values_list("user", "place__name", "organization__name"):
        where = organization or place
        if where not in found.setdefault(user, []):
            found[user].append(where)
    return {user: "、".join(places) for user, places in found.items()}


def offices_for(need: Need) -> tuple[list[Place], list[Post]]:
    """The offices a need may be a complaint about, and who holds a post there. Two queries.

    Those of its community with the grids and of the street; all of the street where nobody knows the community.
    """
    where = Q(street=need.street_id, level__in=(Level.COMMUNITY, Level.VILLAGE))
    if need.place_id != need.street_id:
        where &= Q(paths_down__descendant=need.place_id)
    rows = Place.objects.filter(where | Q(pk=need.street_id), valid_to__isnull=True).order_by("code").distinct()
    places = list(rows)
    held = Post.objects.in_force(timezone.localdate()).exclude(role=Role.RESIDENT)
    inside = Q(place__in=places) | Q(place__level=Level.GRID, place__parent__in=places)
    posts = held.filter(inside).select_related("place", "user").order_by("place__code", "role", "user__name")
    return places, list(posts[:MOST_POSTS])


def _behind(need: Need, held: QuerySet[Post]) -> QuerySet[Post]:
    """The posts behind the wall of a need."""
    below = PlacePath.objects.filter(ancestor=need.walled_place_id).order_by().values("descendant")
    inside = Q(place__in=below) | Q(organization__place__in=below)
    if need.walled_organization_id:
        inside |= Q(organization=need.walled_organization_id)
    return held.filter(inside)
