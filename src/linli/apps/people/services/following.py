"""Going along with a place that went into another: posts with their substitutes, persons, rolls, cards, requests."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.people.models import (
    ContactCard,
    DataRequest,
    Handover,
    Person,
    Post,
    RequestState,
    RollEntry,
    Substitute,
)
from linli.apps.people.models.handover import OPEN
from linli.apps.people.permissions import keeps_roster
from linli.apps.people.services.posts import end_post, give_post
from linli.apps.places.models import Building, Household, Place, Predecessor
from linli.kernel import publication, search
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.refs import new_key
from linli.kernel.scope import Actor, Role
from linli.kernel.scope.roles import SINGLE_SEAT

A_TIME = 500


def posts_follow(place: Place, heir: Place, *, on: date, at: datetime | None = None) -> int:
    """Open posts at ``place`` end on ``on`` and begin at ``heir`` that day, substitutes with them; how many.

    A post stays where its seat is taken there or two would meet on it, or where a handover of it is under way.
    Safe twice.
    """
    went = _residents_follow(place, heir, on=on, at=at)
    busy = Handover.objects.filter(post=OuterRef("pk"), state__in=OPEN)
    rows = Post.objects.filter(~Exists(busy), place=place, ended_on__isnull=True).exclude(role=Role.RESIDENT)
    for post in rows.exclude(role__in=_wanted_twice(heir)).select_related("user"):
        try:
            with transaction.atomic():
                _post_follows(post, heir, on=max(on, post.started_on), at=at)
        except Refusal:
            continue  # the seat is taken: shown as left behind
        went += 1
    return went


def _wanted_twice(heir: Place) -> list[str]:
    """Single seats that two of the places that went into ``heir`` still hold: nobody gets them by coming first."""
    gone = Predecessor.objects.filter(place=heir).values("predecessor")
    open_posts = Post.objects.filter(place__in=gone, ended_on__isnull=True, role__in=sorted(SINGLE_SEAT))
    roles = list(open_posts.values_list("role", flat=True))
    return [role for role in set(roles) if roles.count(role) > 1]


def _post_follows(post: Post, heir: Place, *, on: date, at: datetime | None) -> None:
    today = timezone.localdate(at)
    arranged = list(post.substitutes.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=today)))
    end_post(post, actor=None, ended_on=on, at=at)
    held = Post.objects.filter(user=post.user, role=post.role, place=heir, ended_on__isnull=True)
    if held.exists():
        return
    new = give_post(
        user=post.user, role=Role(post.role), place=heir, started_on=on, term_ends_on=post.term_ends_on,
        actor=None, at=at,
    )  # fmt: skip
    Substitute.objects.bulk_create(
        [
            Substitute(
                post=new, holder_id=one.holder_id, deputy_id=one.deputy_id, valid_from=max(on, one.valid_from),
                valid_to=one.valid_to,
            )
            for one in arranged
        ]
    )  # fmt: skip


def _residents_follow(place: Place, heir: Place, *, on: date, at: datetime | None) -> int:
    """Accounts of residents, as many as there are, with one record for all."""
    rows = Post.objects.filter(place=place, ended_on__isnull=True, role=Role.RESIDENT)
    found = list(rows.values_list("pk", "user_id", "started_on"))
    if not found:
        return 0
    held = Post.objects.filter(place=heir, ended_on__isnull=True, role=Role.RESIDENT)
    there = set(held.values_list("user", flat=True))
    with transaction.atomic():
        for start in range(0, len(found), A_TIME):
            keys = [pk for pk, *_rest in found[start : start + A_TIME]]
            Post.objects.filter(pk__in=keys, started_on__lte=on).update(ended_on=on)
            Post.objects.filter(pk__in=keys, started_on__gt=on).update(ended_on=F("started_on"))
        fresh = [
            Post(pk=new_key(), user_id=user, role=Role.RESIDENT, place=heir, started_on=max(on, day))
            for _key, user, day in found
            if user not in there
        ]
        Post.objects.bulk_create(fresh, batch_size=A_TIME)
        facts = {"count": len(found), "from": place.name, "into": heir.name, "day": on}
        record("people.post.follow", place, actor=None, facts=facts, at=at)
    return len(found)


def persons_follow(
    place: Place, heir: Place, *, on: date, actor: Actor | None, at: datetime | None = None
) -> int:  # fmt: skip
    """The roster of ``place`` with its rolls, cards and open requests stands at ``heir``; how many persons. Safe twice.

    Raises NotAllowed for an actor who does not keep the roster of both.
    """
    if not all(keeps_roster(actor, Person(community=one)) for one in (place, heir)):
        raise NotAllowed(_("Only people who work in this community keep its roster."))
    with transaction.atomic():
        count = Person.objects.filter(community=place).update(community=heir)
        rolls = RollEntry.objects.filter(community=place, ended_on__isnull=True)
        same = RollEntry.objects.filter(
            person=OuterRef("person"), kind=OuterRef("kind"), community=heir, ended_on__isnull=True
        )
        on_both = list(rolls.filter(Exists(same), building__isnull=True).values_list("pk", flat=True))
        RollEntry.objects.filter(pk__in=on_both).update(ended_on=F("started_on"))
        rolls.update(community=heir)
        open_requests = (RequestState.ASKED, RequestState.IN_WORK)
        DataRequest.objects.filter(community=place, state__in=open_requests).update(community=heir)
        if count:
            facts = {"count": count, "from": place.name, "into": heir.name, "day": on}
            record("people.person.follow", place, actor=actor, facts=facts, at=at)
    return count


def cards_follow(place: Place, heir: Place, *, on: date, at: datetime | None = None) -> int:
    """Contact cards go along, but for those about a thing the other has a card about already; how many."""
    facts: dict[str, Any] = {"from": place.name, "into": heir.name, "day": on}
    went = 0
    for card in ContactCard.objects.filter(community=place).filter(shelved=False):
        try:
            with transaction.atomic():
                ContactCard.objects.filter(pk=card.pk).update(community=heir)
                card.refresh_from_db()
                publication.belongs_anew(card)
                record("people.contact_card.follow", card, actor=None, facts=facts, at=at)
                search.index(card)
        except IntegrityError:
            continue  # one about the same thing stands there
        went += 1
    return went


def persons_follow_houses(place: Place) -> int:
    """Whoever lives in a house that left ``place`` belongs where the house does, rolls too; how many persons."""
    moved = Household.objects.filter(pk=OuterRef("household")).values("building__community")[:1]
    persons = Person.objects.filter(community=place, household__isnull=False)
    persons = persons.exclude(household__building__community=place)
    house = Building.objects.filter(pk=OuterRef("building")).values("community")[:1]
    rolls = RollEntry.objects.filter(community=place, building__isnull=False, ended_on__isnull=True)
    with transaction.atomic():
        rolls.exclude(building__community=place).update(community=Subquery(house))
        return persons.update(community=Subquery(moved))
