"""Giving and ending posts; the three administrators stay three people."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations.models import Organization
from linli.apps.people.models import Post, User
from linli.apps.people.permissions import gives_posts
from linli.apps.places.models import Place
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor, Role
from linli.kernel.scope.roles import ADMINISTRATORS


def give_post(
    *,
    user: User,
    role: Role,
    actor: Actor | None,
    place: Place | None = None,
    organization: Organization | None = None,
    started_on: date | None = None,
    at: datetime | None = None,
) -> Post:
    """A post at exactly one place or organization, open until it is ended.

    Refuses a second open post of the same kind, and a second administrator role for one person.
    """
    post = Post(
        user=user, role=role, place=place, organization=organization, started_on=started_on or timezone.localdate(at)
    )
    if not gives_posts(actor, post):
        raise NotAllowed(_("Only the system administrator gives and ends posts."))
    if (place is None) == (organization is None):
        raise Refusal(_("A post is held at one place or at one organization: name exactly one."), field="place")
    if actor is not None and actor.actor_id == user.pk:
        raise NotAllowed(_("Nobody gives a post to himself. Ask the other system administrator."))
    try:
        with transaction.atomic():
            _refuse_second(post)
            post.save(force_insert=True)
            facts = {"role": str(role.label), "where": str(post.where), "person": user.username}
            record("people.post.give", post, actor=actor, facts=facts, at=at)
    except IntegrityError as error:
        raise Conflict(_("Somebody gave this person such a post a moment ago. Look at the list again.")) from error
    user.__dict__.pop("posts_in_force", None)
    user.__dict__.pop("_paths_up", None)
    return post


def _refuse_second(post: Post) -> None:
    open_posts = list(Post.objects.filter(user=post.user, ended_on__isnull=True))
    same = (post.role, post.place_id, post.organization_id)
    if any((held.role, held.place_id, held.organization_id) == same for held in open_posts):
        raise Refusal(_("%(name)s holds this post already.") % {"name": post.user.name}, field="role")
    held_role = next((Role(held.role) for held in open_posts if held.role in ADMINISTRATORS), None)
    if post.role in ADMINISTRATORS and held_role is not None:
        raise Refusal(
            _(
                "%(name)s is %(held)s already. The three administrators are three people: "
                "choose somebody else, or end that post first."
            )
            % {"name": post.user.name, "held": held_role.label},
            code="two-administrator-roles",
            field="role",
        )


def end_post(post: Post, *, actor: Actor | None, ended_on: date | None = None, at: datetime | None = None) -> Post:
    """The post ends with the day before ``ended_on`` (today). Refuses a date to come and a post that ended."""
    if not gives_posts(actor, post):
        raise NotAllowed(_("Only the system administrator gives and ends posts."))
    today = timezone.localdate(at)
    ended_on = ended_on or today
    if ended_on > today:
        raise Refusal(_("End the post on the day it ends, not ahead."), field="ended_on")
    if ended_on < post.started_on:
        raise Refusal(_("A post cannot end before it started."), field="ended_on")
    with transaction.atomic():
        if not Post.objects.filter(pk=post.pk, ended_on__isnull=True).update(ended_on=ended_on):
            raise Conflict(_("This post has ended already."))
        record("people.post.end", post, actor=actor, facts={"day": ended_on}, at=at)
    post.ended_on = ended_on
    post.user.__dict__.pop("posts_in_force", None)
    return post
