"""Danger: whoever is on watch is told at once, in the house and by e-mail; one of them takes it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.kinds import Danger, dangers_in
from linli.apps.needs.models import Alarm, Need, Watch
from linli.apps.needs.permissions import keeps_rules
from linli.apps.needs.queries.wall import account_of, is_visible, may_be_told
from linli.apps.needs.queries.watching import STANDING, to_be_told, watchers_of
from linli.apps.needs.services.keeping import NOT_YOURS, require, who
from linli.apps.people.models import User
from linli.apps.places.models import Place
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.notices import notify
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor, holds

RAISED = "needs.alarm.raise"
LONGEST_WATCH_DAYS = 8
FRESH = timedelta(days=1)
"""What came in earlier, as with lists that are imported, is no alarm any more."""


@transaction.atomic
def raise_alarm(need: Need, *, dangers: Sequence[Danger], actor: Actor | None, at: datetime | None = None) -> Alarm:
    """Tell whoever is on watch of danger in a need, and keep that it was said. The second of a need changes nothing."""
    moment = at or timezone.now()
    people = may_be_told(need, to_be_told(need, moment))
    heard = {"kinds": " ".join(one.code for one in dangers), "raised_at": moment, "told": len(people)}
    alarm, new = Alarm.objects.get_or_create(need=need, defaults=heard)
    if not new:
        return alarm
    titles = "、".join(one.title for one in dangers)
    record(RAISED, need, actor=None, facts={"danger": titles, "told": len(people)}, at=at)
    text = _("Danger: %(danger)s. Need %(number)s. Check at once that 110, 119 or 120 was called.")
    notify(
        people, kind=RAISED, text=str(text) % {"danger": titles, "number": need.number}, actor=None,
        ref=ref_of(need), at=at,
    )  # fmt: skip
    return alarm


def look_for_danger(need: Need, *, actor: Actor | None, at: datetime | None = None) -> list[Danger]:
    """The dangers a need speaks of; where there is one and it came in within a day, the alarm is raised."""
    found = dangers_in(f"{need.title}\n{need.matter}")
    if found and need.received_at >= timezone.now() - FRESH:
        raise_alarm(need, dangers=found, actor=actor, at=at)
    return found


@transaction.atomic
def take_alarm(alarm: Alarm, *, done: str, actor: Actor, at: datetime | None = None) -> Alarm:
    """Say that one looks after it, and what was done. Of two who press at once the second reads who was first."""
    if not holds(*STANDING)(actor, alarm) or not is_visible(alarm.need, actor):
        raise NotAllowed(NOT_YOURS)
    if not done.strip():
        raise Refusal(_("Say how it was dealt with."), field="done")
    user = User.objects.get(pk=account_of(actor).actor_id)
    free = Alarm.objects.filter(pk=alarm.pk, taken_at__isnull=True)
    if not free.update(
        taken_by=user, taken_at=at or timezone.now(), done=done.strip()[:300], version=alarm.version + 1
    ):
        first = Alarm.objects.select_related("taken_by").get(pk=alarm.pk)
        raise Conflict(_("%(name)s already looks after it.") % {"name": first.taken_by})
    record("needs.alarm.take", alarm.need, actor=actor, facts={"done": done.strip()[:300]}, at=at)
    alarm.refresh_from_db()
    return alarm


@transaction.atomic
def enter_watch(
    *, place: Place, user: User, starts: datetime, ends: datetime, actor: Actor | None, at: datetime | None = None
) -> Watch:
    """Somebody is on watch at a place for some hours or days."""
    watch = Watch(place=place, user=user, starts=starts, ends=ends, entered_by=who(actor))
    require(keeps_rules, actor, watch)
    if ends <= starts or (ends - starts).days >= LONGEST_WATCH_DAYS:
        raise Refusal(_("A watch ends after it begins, within eight days."), field="ends")
    if user.pk not in set(watchers_of(place)):
        raise Refusal(_("Only who works for this place can be on watch there."), field="user")
    if Watch.objects.filter(place=place, user=user, starts=starts).exists():
        raise Conflict(_("This watch is entered already."), field="starts")
    watch.save(force_insert=True)
    record("needs.watch.enter", watch, actor=actor, facts={"name": str(user), "from": starts, "until": ends}, at=at)
    return watch


@transaction.atomic
def drop_watch(watch: Watch, *, actor: Actor | None, at: datetime | None = None) -> None:
    """Take a watch out again, before it begins or while it runs."""
    require(keeps_rules, actor, watch)
    if watch.ends <= (at or timezone.now()):
        raise Refusal(_("This watch is over. It stays on record."))
    record("needs.watch.drop", watch, actor=actor, facts={"name": str(watch.user)}, at=at)
    watch.delete()
