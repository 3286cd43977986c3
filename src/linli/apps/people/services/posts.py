"""Giving and ending posts, their terms; the three administrators stay three people, a single seat has one holder."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations.models import Organization
from linli.apps.people.models import Post, Substitute, User
from linli.apps.people.permissions import gives_posts
from linli.apps.places.models import Place
from linli.kernel.audit import Change, Personal
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor, Role
from linli.kernel.scope.roles import ADMINISTRATORS, SINGLE_SEAT


def give_post(
    *,
    user: User,
    role: Role,
    actor: Actor | None,
    place: Place | None = None,
    organization: Organization | None = None,
    started_on: date | None = None,
    term_ends_on: date | None = None,
    at: datetime | None = None,
) -> Post:
    """A post at exactly one place or organization, open until it is ended; ``term_ends_on``: its planned last day.

    Refuses a second open post of the same kind, a term that overlaps an earlier one, a second holder of a single
    seat, and a second administrator role for one person.
    """
    started_on = started_on or timezone.localdate(at)
    post = Post(
        user=user, role=role, place=place, organization=organization, started_on=started_on, term_ends_on=term_ends_on
    )
    if not gives_posts(actor, post):
        raise NotAllowed(_("Only the system administrator gives and ends posts."))
    if (place is None) == (organization is None):
        raise Refusal(_("A post is held at one place or at one organization: name exactly one."), field="place")
    if actor is not None and actor.actor_id == user.pk:
        raise NotAllowed(_("Nobody gives a post to himself. Ask the other system administrator."))
    if not user.is_active:
        raise Refusal(_("This account is closed for good. Open a new one."), field="user")
    _require_term(post)
    try:
        with transaction.atomic():
            User.objects.select_for_update().get(pk=user.pk)  # posts and substitutions of one person, one by one
            _refuse_second(post)
            _refuse_overlap(post)
            if role in ADMINISTRATORS:
                refuse_deputy_of_another(user, role)
            post.save(force_insert=True)
            person = Personal(user.pk, user.username)
            facts = {"role": role.label, "where": str(post.where), "person": person, "term": term_ends_on}
            record("people.post.give", post, actor=actor, facts=facts, at=at)
    except IntegrityError as error:
        raise Conflict(_("Somebody gave such a post a moment ago. Look at the list again.")) from error
    forget_posts(user)
    return post


def forget_posts(user: User) -> None:
    """What the account in hand remembers of its posts is read anew."""
    user.__dict__.pop("posts_in_force", None)
    user.__dict__.pop("_paths_up", None)


def _require_term(post: Post) -> None:
    if post.term_ends_on is not None and post.term_ends_on < post.started_on:
        raise Refusal(_("The term cannot run out before the post starts."), field="term_ends_on")


def _refuse_overlap(post: Post) -> None:
    """Earlier terms of this person, and of anybody for a single seat, must have ended when this one starts."""
    same = Post.objects.filter(role=post.role, place=post.place_id, organization=post.organization_id)
    same = same.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=post.started_on) & Q(ended_on__gt=F("started_on")))
    if post.role not in SINGLE_SEAT:
        same = same.filter(user=post.user)
    other = same.select_related("user").first()
    if other is None:
        return
    words = {"name": other.user.name, "role": other.get_role_display(), "where": str(post.where)}
    if other.ended_on is None:
        raise Refusal(
            _("%(name)s is %(role)s of %(where)s. There is one seat: end that post first, or hand it over.") % words,
            code="seat-taken",
            field="role",
        )
    words["day"] = f"{other.ended_on:%Y-%m-%d}"
    raise Refusal(
        _("%(name)s was %(role)s of %(where)s until %(day)s. Two terms do not overlap: start on that day.") % words,
        code="terms-overlap",
        field="started_on",
    )


def refuse_deputy_of_another(user: User, role: Role) -> None:
    """Nobody who stands in for one of the three administrators becomes another of them."""
    rows = user.deputizes.filter(valid_to__isnull=True, post__role__in=sorted(ADMINISTRATORS - {role}))
    held = rows.select_related("post").first()
    if held is not None:
        raise Refusal(
            _("%(name)s is the substitute of the %(held)s. No one may act for two of the three administrators.")
            % {"name": user.name, "held": held.post.get_role_display()},
            code="two-administrator-roles",
            field="role",
        )


def set_term(post: Post, *, term_ends_on: date | None, actor: Actor | None, at: datetime | None = None) -> Post:
    """Set or move the planned end of an open post; None: no term. Refuses a day before its start."""
    if not gives_posts(actor, post):
        raise NotAllowed(_("Only the system administrator gives and ends posts."))
    before, post.term_ends_on = post.term_ends_on, term_ends_on
    _require_term(post)
    with transaction.atomic():
        if not Post.objects.filter(pk=post.pk, ended_on__isnull=True).update(term_ends_on=term_ends_on):
            raise Conflict(_("This post has ended already."))
        record("people.post.set_term", post, actor=actor, facts={"term": Change(before, term_ends_on)}, at=at)
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
        end_substitutions(post.substitutes.all(), today)
        record("people.post.end", post, actor=actor, facts={"day": Change(None, ended_on)}, at=at)
    post.ended_on = ended_on
    forget_posts(post.user)
    return post


def end_substitutions(rows: QuerySet[Substitute], today: date) -> None:
    """End those of ``rows`` that run; take out those that have not begun. Runs in the caller's transaction."""
    rows = Substitute.objects.filter(pk__in=list(rows.values_list("pk", flat=True)))
    rows.filter(valid_from__gte=today).delete()
    rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=today)).update(valid_to=today)
