"""What stayed at a place that ended: a task for the street's officer, and a part of the place's page."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.apps.people import queries
from linli.apps.people.models import ContactCard, Person, Post
from linli.apps.people.permissions import enters_requests, keeps_staff
from linli.apps.places.models import Place
from linli.apps.places.queries import heirs
from linli.kernel.contributions import PagePart, Task, TaskSource
from linli.kernel.refs import Ref, ref_of
from linli.kernel.scope import Actor, Role

MOST = 50


def find_left(actor: Actor) -> Iterable[Task]:
    """Places that ended and still hold posts, persons or cards, for the officer of their street. One query beside
    his posts.
    """
    if Role.STREET_OFFICER not in actor.roles():
        return
    rows = Place.objects.filter(
        Exists(Post.objects.filter(place=OuterRef("pk"), ended_on__isnull=True))
        | Exists(Person.objects.living().filter(community=OuterRef("pk")))
        | Exists(ContactCard.objects.filter(community=OuterRef("pk")).filter(shelved=False)),
        valid_to__isnull=False,
        pk__in=actor.reach(Role.STREET_OFFICER).places,
    )
    for place in rows.order_by("-valid_to", "code")[:MOST]:
        title = _("%(place)s has ended: posts or people of the roster stayed there") % {"place": place.name}
        address = reverse("places:place", args=[place.pk]) + "#left-people"
        since = timezone.make_aware(datetime.combine(place.valid_to or timezone.localdate(), time()))
        why = _("Say for each where it belongs now")
        yield Task(ref_of(place), title, address, _("See what stayed"), why=why, since=since)


def stays(giver: UUID, taker: UUID, refs: Sequence[Ref]) -> int:
    """It waits for whoever is the officer."""
    return 0


def left_at(actor: Actor | None, place: Place) -> dict[str, Any] | None:
    """Of a place that ended: open posts, how many persons and cards, the places they may go to. Six queries, none for
    a place in force.
    """
    if place.valid_to is None or not keeps_staff(actor, place):
        return None
    posts = Post.objects.filter(place=place, ended_on__isnull=True).exclude(role=Role.RESIDENT)
    cards = ContactCard.objects.filter(community=place).filter(shelved=False)
    persons = Person.objects.living().filter(community=place).count()
    found = {
        "posts": list(posts.select_related("user").order_by("role")[:MOST]),
        "residents": Post.objects.filter(place=place, ended_on__isnull=True, role=Role.RESIDENT).count(),
        "cards": list(queries.visible_to(actor, cards)[:MOST]),
        "persons": persons,
    }
    if not any(found.values()):
        return None
    may_move = persons and enters_requests(actor, place)
    return {**found, "place": place, "heirs": heirs(place) if may_move else []}


LEFT = (
    TaskSource("people.left", find_left, stays),
    PagePart("places.place", "people.left", "people/part_left.html", left_at, order=6),
)
