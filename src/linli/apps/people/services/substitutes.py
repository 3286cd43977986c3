"""Naming who acts while somebody is away (AB岗), and ending it."""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.people.models import Post, Substitute, User
from linli.apps.people.permissions import BELOW_OFFICER, arranges_substitutes, gives_posts
from linli.apps.people.services.posts import end_substitutions, forget_posts
from linli.apps.places.queries import ancestors
from linli.kernel.audit import Change, Personal, told
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor
from linli.kernel.scope.roles import ADMINISTRATORS


def name_substitute(
    post: Post,
    *,
    deputy: User,
    actor: Actor | None,
    valid_from: date | None = None,
    valid_to: date | None = None,
    at: datetime | None = None,
) -> Substitute:
    """``deputy`` acts in ``post`` whenever its holder is away, from ``valid_from`` until the day before ``valid_to``.

    Refuses the holder himself, a second substitute in the same time, somebody who works neither there nor above,
    and one who is or stands in for another of the three administrators.
    """
    today = timezone.localdate(at)
    row = Substitute(
        post=post, holder=post.user, deputy=deputy, valid_from=valid_from or today, valid_to=valid_to
    )  # fmt: skip
    _require_may(post, actor)
    if actor is not None and actor.actor_id == deputy.pk:
        raise NotAllowed(_("Nobody makes himself a substitute. Ask a colleague who may."))
    _require_form(row)
    try:
        with transaction.atomic():
            User.objects.select_for_update().get(pk=deputy.pk)  # posts and substitutions of one person, one by one
            _require_fit(row, today)
            row.save(force_insert=True)
            facts = {
                "post": told(post, "role"),
                "person": Personal(deputy.pk, deputy.username),
                "day": row.valid_from,
                "to": valid_to,
            }
            record("people.substitute.name", row, actor=actor, facts=facts, at=at)
    except IntegrityError as error:
        raise Conflict(_("Somebody named a substitute of this post a moment ago. Read the page again.")) from error
    forget_posts(deputy)
    return row


def _require_may(post: Post, actor: Actor | None) -> None:
    if gives_posts(actor, post) or (post.role in BELOW_OFFICER and arranges_substitutes(actor, post)):
        return
    raise NotAllowed(_("The system administrator arranges substitutes; a street officer does for communities."))


def _require_form(row: Substitute) -> None:
    if row.post.ended_on is not None:
        raise Refusal(_("This post has ended already."), field="post")
    if row.holder_id == row.deputy_id:
        raise Refusal(
            _("%(name)s cannot be his own substitute. Choose a colleague.") % {"name": row.holder.name},
            code="own-substitute",
            field="deputy",
        )
    if row.valid_to is not None and row.valid_to <= row.valid_from:
        raise Refusal(_("The last day comes after the first day."), field="valid_to")
    if not row.deputy.is_active:
        raise Refusal(_("This account is closed for good. Open a new one."), field="deputy")


def _require_fit(row: Substitute, today: date) -> None:
    """What is read inside the transaction: other substitutes, the deputy's own posts."""
    others = row.post.substitutes.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=row.valid_from))
    if row.valid_to is not None:
        others = others.filter(valid_from__lt=row.valid_to)
    other = others.select_related("deputy").first()
    if other is not None:
        raise Refusal(
            _("%(name)s is the substitute of this post then. End that first.") % {"name": other.deputy.name},
            code="second-substitute",
            field="deputy",
        )
    if not _works_there(row.post, row.deputy, today):
        raise Refusal(
            _("%(name)s works neither at %(where)s nor above it. A substitute belongs to the same place.")
            % {"name": row.deputy.name, "where": str(row.post.where)},
            code="substitute-from-elsewhere",
            field="deputy",
        )
    if row.post.role in ADMINISTRATORS:
        _refuse_second_administrator(row)


def _works_there(post: Post, deputy: User, today: date) -> bool:
    held = Post.objects.in_force(today).filter(user=deputy)
    seat = post.place or (post.organization.place if post.organization else None)
    here = Q(organization=post.organization_id) if post.organization_id else Q(place=post.place_id)
    if seat is not None:
        here |= Q(place=seat.pk) | Q(place__in=ancestors(seat).order_by().values("pk"))
    return held.filter(here).exists()


def _refuse_second_administrator(row: Substitute) -> None:
    others = sorted(ADMINISTRATORS - {row.post.role})
    holds = Post.objects.filter(user=row.deputy, ended_on__isnull=True, role__in=others).exists()
    acts = Substitute.objects.filter(deputy=row.deputy, post__role__in=others).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=row.valid_from)
    )
    if holds or acts.exists():
        raise Refusal(
            _("%(name)s is or stands in for another of the three administrators. No one may act for two of them.")
            % {"name": row.deputy.name},
            code="two-administrator-roles",
            field="deputy",
        )


def end_substitute(row: Substitute, *, actor: Actor | None, at: datetime | None = None) -> Substitute:
    """From today on somebody else may be named; an arrangement that never began is taken out."""
    _require_may(row.post, actor)
    today = timezone.localdate(at)
    with transaction.atomic():
        held = Substitute.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=today), pk=row.pk)
        if not held.exists():
            raise Conflict(_("This arrangement has ended already."))
        person = Personal(row.deputy.pk, row.deputy.username)
        facts = {"person": person, "day": Change(row.valid_to, today)}
        record("people.substitute.end", row, actor=actor, facts=facts, at=at)
        end_substitutions(held, today)
    row.valid_to = max(today, row.valid_from + timedelta(days=1))
    forget_posts(row.deputy)
    return row
