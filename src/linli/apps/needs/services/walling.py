"""Whom a complaint is about: which unit must not see it, and who above looks after it instead."""

from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from linli.apps.needs.permissions import HANDLERS
from linli.apps.organizations.models import Organization
from linli.apps.people.models import Post, User
from linli.apps.places.models import Level, Place
from linli.kernel.errors import Missing, Refusal
from linli.kernel.refs import Ref
from linli.kernel.scope import Role

Found = TypeVar("Found")


@dataclass(frozen=True)
class Wall:
    """``about`` is the record; the unit is one place or one organization; ``user`` the person, where there is one."""

    about: Ref
    place: Place | None = None
    organization: Organization | None = None
    user: UUID | None = None

    @property
    def columns(self) -> dict[str, object]:
        """As the need keeps it."""
        return {
            "about_kind": self.about.kind,
            "about_id": self.about.id,
            "walled_place": self.place,
            "walled_organization": self.organization,
            "walled_user": self.user,
        }

    def unit_above(self, place: Place) -> Place:
        """The place that looks after the complaint: above the walled unit; the street at least."""
        street = place.street or place
        if self.place is None:
            return street
        above = self.place.parent
        while above is not None and above.level in (Level.GRID, Level.POINT):
            above = above.parent
        return above or self.place


def wall_around(about: Ref) -> Wall:
    """The wall of a complaint about an account, a post, a place's office or an organization. Raises Refusal, Missing.

    About a person it stands around the unit of his post; who holds several stands behind that of the highest. That he
    is an administrator or auditor of the house makes no office: the wall would stand around everybody.
    """
    if about.kind == "people.user":
        return _around_post(about, _post_of(about.id))
    if about.kind == "people.post":
        return _around_post(about, Post.objects.select_related("place", "organization").filter(pk=about.id).first())
    if about.kind == "places.place":
        return Wall(about, place=_found(Place.objects.select_related("parent").filter(pk=about.id).first()))
    if about.kind == "organizations.organization":
        return Wall(about, organization=_found(Organization.objects.filter(pk=about.id).first()))
    raise Refusal(_("A complaint is about a person, a post or an office."), field="about")


def _found(row: Found | None) -> Found:
    if row is None:
        raise Missing(_("Whom this is about was not found. Choose again."), field="about")
    return row


def _post_of(user: UUID) -> Post | None:
    person = _found(User.objects.filter(pk=user).first())
    posts = Post.objects.filter(user=person, ended_on__isnull=True).select_related("place", "organization")
    ranks: dict[str, int] = {Level.DISTRICT: 0, Level.STREET: 1}
    staff = [post for post in posts if post.role in HANDLERS] or [post for post in posts if post.role != Role.RESIDENT]
    return min(staff, key=lambda post: ranks.get(post.place.level, 2) if post.place else 3, default=None)


def _around_post(about: Ref, post: Post | None) -> Wall:
    held = _found(post)
    place = Place.objects.select_related("parent").get(pk=held.place_id) if held.place_id else None
    return Wall(about, place=place, organization=held.organization, user=held.user_id)
