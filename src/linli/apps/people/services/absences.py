"""Entering and calling off absences. Why somebody is away is a word of a list, never a story."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.apps.people.models import Absence, AbsenceKind, Substitute, User
from linli.apps.people.queries.acting import staff_of
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor

LONGEST_DAYS = 366


@dataclass(frozen=True)
class Away:
    """An absence that was entered, and in a sentence each what nobody will do meanwhile."""

    absence: Absence
    gaps: tuple[str | Promise, ...]


def enter_absence(
    user: User,
    *,
    first_day: date,
    last_day: date,
    kind: str,
    actor: Actor | None,
    at: datetime | None = None,
) -> Away:
    """``user`` is away from ``first_day`` to ``last_day``, both counted; the substitutes of his posts act then.

    Everybody enters his own; secretaries and officers those of the staff of their place. Refuses days that are past,
    turned round, longer than a year, or entered already.
    """
    at = at or timezone.now()
    _require_may(user, actor)
    row = Absence(user=user, first_day=first_day, last_day=last_day, kind=AbsenceKind(kind))
    row.entered_by_id = actor.actor_id if actor is not None else None
    if last_day < first_day:
        raise Refusal(_("The last day comes before the first day."), field="last_day")
    if last_day < timezone.localdate(at):
        raise Refusal(_("These days are past. Nobody can act for them any more."), field="last_day")
    if (last_day - first_day).days >= LONGEST_DAYS:
        raise Refusal(_("An absence is at most a year long. For longer, hand the post over."), field="last_day")
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)  # absences of one person, one by one
        same = Absence.objects.filter(user=user, called_off_at__isnull=True, first_day__lte=last_day)
        other = same.filter(last_day__gte=first_day).first()
        if other is not None:
            raise Refusal(
                _("%(name)s is away from %(first)s to %(last)s already. Call that off, or choose other days.")
                % {"name": user.name, "first": f"{other.first_day:%Y-%m-%d}", "last": f"{other.last_day:%Y-%m-%d}"},
                code="absences-overlap",
                field="first_day",
            )
        row.save(force_insert=True)
        facts = {"first": first_day, "last": last_day}
        record("people.absence.enter", row, actor=actor, facts=facts, at=at)
    return Away(row, gaps_of(row))


def _require_may(user: User, actor: Actor | None) -> None:
    if actor is None or actor.actor_id == user.pk or staff_of(actor).filter(pk=user.pk).exists():
        return
    raise NotAllowed(
        _("Everybody enters his own absences; the secretary and the street's officers those of their staff.")
    )


def gaps_of(absence: Absence) -> tuple[str | Promise, ...]:
    """What nobody will do meanwhile: posts without a substitute, and those whose substitute is away too."""
    found: list[str | Promise] = []
    posts = list(absence.user.posts.filter(ended_on__isnull=True).select_related("place", "organization"))
    arranged = Substitute.objects.filter(post__in=posts, valid_from__lte=absence.last_day).select_related("deputy")
    arranged = arranged.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=absence.first_day))
    by_post = {row.post_id: row for row in arranged}
    deputies = [row.deputy_id for row in arranged]
    away = Absence.objects.filter(user__in=deputies, called_off_at__isnull=True, first_day__lte=absence.last_day)
    also_away = {row.user_id: row for row in away.filter(last_day__gte=absence.first_day)}
    for post in posts:
        row = by_post.get(post.pk)
        words = {"role": post.get_role_display(), "where": str(post.where)}
        if row is None:
            found.append(_("%(role)s of %(where)s has no substitute then: nobody acts in it.") % words)
        elif row.deputy_id in also_away:
            other = also_away[row.deputy_id]
            words |= {
                "name": row.deputy.name,
                "first": f"{other.first_day:%Y-%m-%d}",
                "last": f"{other.last_day:%Y-%m-%d}",
            }
            found.append(
                _(
                    "%(name)s, the substitute of %(role)s of %(where)s, is away from %(first)s to %(last)s too. "
                    "A substitute's substitute does not act: name somebody else for these days."
                )
                % words
            )
    return tuple(found)


def call_off(absence: Absence, *, actor: Actor | None, at: datetime | None = None) -> Absence:
    """The person is back, or never left: from this moment nobody acts for him. Refuses one that is over."""
    at = at or timezone.now()
    _require_may(absence.user, actor)
    with transaction.atomic():
        rows = Absence.objects.filter(pk=absence.pk, called_off_at__isnull=True, last_day__gte=timezone.localdate(at))
        if not rows.update(called_off_at=at):
            raise Conflict(_("This absence is over, or was called off already."))
        record("people.absence.call_off", absence, actor=actor, at=at)
    absence.called_off_at = at
    return absence
