"""Who is told of terms that run out, of slips to sign, of days to act for somebody."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from linli.apps.people import queries
from linli.apps.people.models import Absence, Handover, HandoverState, Post, Substitute
from linli.kernel.events import Event, hears
from linli.kernel.jobs import daily, periodic, task
from linli.kernel.notices import notify
from linli.kernel.refs import ref_of
from linli.kernel.scope import Role


def _tell(people: Iterable[UUID], kind: str, sentence: Any, row: Any, *, dedupe: str, at: datetime) -> None:
    with override(settings.LANGUAGE_CODE):
        text = str(sentence)
    notify(list(people), kind=kind, text=text, actor=None, ref=ref_of(row), dedupe=dedupe, at=at)


@periodic(daily(7, 30))
@task(title="提醒任期将满")
def remind_of_terms() -> int:
    """Tell holder and administrators once of every term that runs out within thirty days; how many posts."""
    now = timezone.now()
    rows = queries.ending_terms(
        timezone.localdate(now), Post.objects.select_related("user", "place", "organization__place")
    )
    found = list(rows)
    for post in found:
        place = post.place or (post.organization.place if post.organization else None)
        above = set(queries.holders([Role.SYSTEM_ADMINISTRATOR], place)) if place else set()
        words = {
            "name": post.user.name,
            "role": post.get_role_display(),
            "where": str(post.where),
            "day": f"{post.term_ends_on:%Y-%m-%d}",
        }
        sentence = _(
            "The term of %(name)s as %(role)s of %(where)s runs until %(day)s. Renew it, or prepare a handover."
        )
        key = f"{post.pk}:{post.term_ends_on}"
        _tell({post.user_id, *above}, "people.post.term", sentence % words, post, dedupe=key, at=now)
    return len(found)


def _slip(event: Event) -> Handover:
    assert event.ref is not None  # every verb of a slip names it
    return Handover.objects.get(pk=event.ref.id)


@hears("people.handover.draw_up", "people.handover.confirm")
def tell_who_signs_next(event: Event) -> None:
    """The taker of a new slip, the witness of a confirmed one, while it still waits for them."""
    slip = _slip(event)
    waits = {
        ("people.handover.draw_up", HandoverState.DRAFTED): slip.taker_id,
        ("people.handover.confirm", HandoverState.CONFIRMED): slip.witness_id,
    }
    signer = waits.get((event.action, HandoverState(slip.state)))
    if signer is not None and signer != event.actor_id:
        sentence = _("The handover “%(title)s” waits for your signature.") % {"title": slip.title}
        _tell([signer], "people.handover", sentence, slip, dedupe=str(event.row), at=datetime.fromisoformat(event.at))


@hears("people.absence.enter")
def tell_the_substitutes(event: Event) -> None:
    """Those who act meanwhile, while the absence stands."""
    assert event.ref is not None  # the verb names the absence
    row = Absence.objects.select_related("user").filter(pk=event.ref.id, called_off_at__isnull=True).first()
    if row is None:
        return
    during = Q(valid_to__isnull=True) | Q(valid_to__gt=row.first_day)
    arranged = Substitute.objects.filter(during, holder=row.user, valid_from__lte=row.last_day)
    people = set(arranged.filter(post__ended_on__isnull=True).values_list("deputy_id", flat=True)) - {event.actor_id}
    words = {"name": row.user.name, "first": f"{row.first_day:%Y-%m-%d}", "last": f"{row.last_day:%Y-%m-%d}"}
    sentence = _("%(name)s is away from %(first)s to %(last)s: you act for this person on these days.") % words
    _tell(people, "people.absence", sentence, row, dedupe=str(event.row), at=datetime.fromisoformat(event.at))
