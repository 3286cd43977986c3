"""Who hears what about a need, through kernel notices and never across the wall. Notices name the number alone."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models import Assignment, Duty, Need
from linli.apps.needs.permissions import DISPATCHERS, UNITS, WORKERS
from linli.apps.needs.queries.wall import may_be_told
from linli.apps.people import queries as people
from linli.apps.people.models import Post, User
from linli.apps.places.models import Level
from linli.kernel.notices import notify
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor


def tell(
    need: Need,
    users: Iterable[User],
    *,
    kind: str,
    text: str | Promise,
    actor: Actor | None,
    at: datetime | None = None,
    dedupe: str = "",
) -> None:
    """Tell those of ``users`` whom the wall lets know; the sentence gets the number of the need."""
    sentence = str(text) % {"number": need.number}
    notify(may_be_told(need, users), kind=kind, text=sentence, actor=actor, ref=ref_of(need), at=at, dedupe=dedupe)


def announce_many(needs: Iterable[UUID], *, actor: Actor | None, at: datetime | None = None) -> int:
    """Tell each unit once how many of these needs came to it; one alone is told by its number. How many were told.

    Three queries and one or two a unit. A complaint or a sensitive matter is never among many: it is told by itself.
    """
    parts = Assignment.objects.filter(need__in=list(needs), duty=Duty.OWNER, until__isnull=True)
    units: dict[tuple[object, ...], list[Assignment]] = {}
    for part in parts.select_related("need", "place", "organization", "user").order_by("need__number"):
        alone = part.need_id if part.need.about_kind or part.need.sensitivity else None
        units.setdefault((part.place_id, part.organization_id, part.user_id, alone), []).append(part)
    for first, *more in units.values():
        if not more:
            text = str(_("Need %(number)s came in. It waits to be analysed."))
            tell(first.need, people_of(first), kind="needs.need.receive", text=text, actor=actor, at=at)
            continue
        words = {"count": len(more) + 1, "unit": str(first.unit)}
        many = _("An import brought %(count)d needs for %(unit)s. They wait to be analysed.") % words
        notify(people_of(first), kind="needs.need.receive", text=many, actor=actor, at=at)
    return len(units)


def people_of(part: Assignment) -> list[User]:
    """Whom a part concerns: the person named, else who works in the unit. One query at most."""
    if part.user is not None:
        return [part.user]
    if part.organization_id is not None:
        posts = Post.objects.filter(organization=part.organization_id, role__in=UNITS, ended_on__isnull=True)
        return list(User.objects.filter(pk__in=posts.order_by().values("user"), is_active=True))
    assert part.place is not None  # a constraint keeps it so
    roles = DISPATCHERS if part.place.level in (Level.STREET, Level.DISTRICT) else WORKERS
    return list(people.holding(roles, part.place))


def owners(need: Need) -> list[User]:
    """Whom the owner's part concerns."""
    part = need.assignments.filter(duty=Duty.OWNER, until__isnull=True).select_related("user", "place").first()
    return people_of(part) if part else []
