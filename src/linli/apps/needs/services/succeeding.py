"""The owner passes with the post: what somebody follows or handles by name goes to who takes the post over."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from linli.apps.needs.models import UNFINISHED, Assignment, Came
from linli.apps.needs.queries.wall import stands_before
from linli.apps.people.models import User
from linli.kernel.events import record


def succeed(giver: UUID, taker: UUID, needs: Iterable[UUID], *, at: datetime) -> int:
    """Close the giver's open parts in these needs and open the same for the taker; how many needs moved.

    A complaint that stands behind a wall for the taker stays with the unit, without a name. The caller holds the
    transaction.
    """
    rows = Assignment.objects.filter(user=giver, need__in=list(needs), until__isnull=True, need__state__in=UNFINISHED)
    user, moved = User.objects.get(pk=taker), set()
    for part in rows.select_related("need", "place", "organization"):
        heir = None if stands_before(part.need, taker) else user
        Assignment.objects.filter(pk=part.pk).update(until=max(at, part.since))
        Assignment(
            need=part.need, duty=part.duty, place=part.place, organization=part.organization, user=heir,
            came=Came.SUCCESSION, since=at, accepted_at=part.accepted_at, off_list=part.off_list,
            approved_by=part.approved_by, approval=part.approval,
        ).save(force_insert=True)  # fmt: skip
        record("needs.need.succeed", part.need, actor=None, facts={"unit": str(part.unit)}, at=at)
        moved.add(part.need_id)
    return len(moved)
