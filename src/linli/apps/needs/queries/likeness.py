"""Needs like a text: the same words, the place, the time, each said in a sentence; never past the wall."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import numpy as np
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.algorithms.duplicates import grams_of, jaccard
from linli.apps.needs.models import UNFINISHED, Need
from linli.apps.needs.queries.sketching import near
from linli.apps.needs.queries.wall import visible_to
from linli.apps.places.models import Place
from linli.kernel.scope import Actor

HERE, ANYWHERE = 0.4, 0.6
"""The likeness of words that is enough in the same community; elsewhere in the street."""
ESTIMATE = 0.3
"""What the signatures must promise before the words themselves are read."""
LOOKED_AT = 40
OLDEST = timedelta(days=365)


@dataclass(frozen=True)
class Alike:
    """An open need that seems to be the same matter. ``likeness``: share of common 3-grams; ``reason``: a sentence."""

    need: Need
    likeness: float
    reason: str

    @property
    def percent(self) -> int:
        """The likeness in percent; 100 only where the words are the same."""
        return 100 if self.likeness == 1 else min(99, round(self.likeness * 100))


def alike(
    text: str,
    *,
    street: Place,
    actor: Actor | None,
    place: Place | None = None,
    at: datetime | None = None,
    limit: int = 3,
    apart_from: UUID | None = None,
) -> list[Alike]:
    """The open needs of a street most like a text, at most ``limit``; the same community counts as nearer.

    Complaints and sensitive matters are likened to nothing. Who has no account (``actor=None``) is told of needs only
    whose category somebody has confirmed to be ordinary; what is shown of them is the caller's care. Two queries, and
    the wall's own for a signed-in reader.
    """
    return closest(text, _open(actor), street=street, place=place, at=at, limit=limit, apart_from=apart_from)


def closest(
    text: str,
    rows: QuerySet[Need],
    *,
    street: Place,
    place: Place | None,
    at: datetime | None,
    limit: int,
    apart_from: UUID | None = None,
) -> list[Alike]:
    """Those of ``rows`` most like a text; who asks for somebody else than the clock gives rows from behind no wall."""
    found = near(text, street=street.pk, least=ESTIMATE, most=LOOKED_AT)
    ids = [one for one, _share in found if one != apart_from]
    if not ids:
        return []
    when = at or timezone.now()
    rows = rows.filter(pk__in=ids, street=street, received_at__gte=when - OLDEST)
    needs = list(rows.select_related("category", "place__parent__parent", "public_text").order_by())
    ranked = sorted(_judged(text, needs, place, when), key=lambda one: (-one[0], one[1].need.received_at))
    return [one for _rank, one in ranked[:limit]]


def _open(actor: Actor | None) -> QuerySet[Need]:
    rows = ordinary()
    return visible_to(actor, rows) if actor is not None else rows.filter(category__isnull=False)


def ordinary() -> QuerySet[Need]:
    """Open needs that are neither sensitive nor a complaint, of everybody: for the clock, not for a reader."""
    return Need.objects.filter(state__in=UNFINISHED, sensitivity="", about_kind="")


def _judged(text: str, needs: list[Need], place: Place | None, at: datetime) -> list[tuple[float, Alike]]:
    """Those enough alike, each with its rank: the likeness of words, a little more in the same community."""
    if not needs:
        return []
    grams = grams_of([text, *(need.matter for need in needs)])
    shares = jaccard(grams, np.zeros(len(needs), np.int64), np.arange(1, len(needs) + 1)).tolist()
    kept = []
    for need, share in zip(needs, shares, strict=True):
        here = place is not None and same_place(place, need.place)
        if share >= (HERE if here else ANYWHERE):
            reason = reason_of(share, need.place if here else None, at - need.received_at)
            kept.append((share + 0.2 * here, Alike(need, share, reason)))
    return kept


def same_place(one: Place, other: Place) -> bool:
    """Whether both lie in one community (a grid or a point counts as its community), the street itself being none."""
    first, second = _community(one), _community(other)
    return first is not None and first == second


def _community(place: Place) -> UUID | None:
    found: Any = place
    while found is not None and found.level in ("grid", "point"):
        found = found.parent
    return found.pk if found is not None and found.level == "community" else None


def reason_of(share: float, place: Place | None, apart: timedelta) -> str:
    """Why two needs may be one matter, in a sentence: the words, the place, the time between them."""
    percent = 100 if share == 1 else min(99, round(share * 100))
    told: list[str | Promise] = [
        _("the same words") if percent == 100 else _("%(percent)d%% of the words the same") % {"percent": percent}
    ]
    if place is not None:
        told.append(_("both in %(place)s") % {"place": place.name})
    days = abs(apart).days
    if days:
        told.append(ngettext("%(days)d day apart", "%(days)d days apart", days) % {"days": days})
    else:
        told.append(_("on the same day"))
    return _("; ").join(str(one) for one in told)
