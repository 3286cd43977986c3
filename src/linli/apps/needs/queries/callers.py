"""What whoever answers the telephone sees: the caller's earlier needs, and what is open around him; and what a
resident is told of the like needs of his neighbours while he types.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from linli.apps.needs.models import UNFINISHED, Contact, Need
from linli.apps.needs.queries.likeness import alike
from linli.apps.needs.queries.open311 import public_words
from linli.apps.needs.queries.wall import visible_to
from linli.apps.places.models import Place
from linli.apps.places.queries import below
from linli.kernel.privacy import PHONE, fingerprints
from linli.kernel.scope import Actor

SHOWN = 8
SHORTEST = 8
"""Characters from which a text is likened to others."""


def history_of(phone: str, actor: Actor, *, most: int = SHOWN) -> list[Need]:
    """Needs with this telephone, found by its keyed hash, that the actor may read; the newest first. Two queries."""
    if len([one for one in phone if one.isdigit()]) < 7:
        return []
    theirs = Contact.objects.filter(phone_print__in=fingerprints(PHONE, phone)).order_by().values("need")
    rows = visible_to(actor, Need.objects.filter(pk__in=theirs)).select_related("place")
    return list(rows.order_by("-received_at", "-id")[:most])


def open_around(place: Place, actor: Actor) -> QuerySet[Need]:
    """What is open at the place and below it, before the wall; the newest first. No complaint about an office."""
    rows = Need.objects.filter(place__in=below([place.pk]).values("descendant"), state__in=UNFINISHED, about_kind="")
    return visible_to(actor, rows).select_related("place").order_by("-received_at", "-id")


@dataclass(frozen=True)
class Said:
    """An open need as a neighbour is told of it: category, place, day, how many said it; words a person showed."""

    pk: UUID
    words: str


def neighbours_said(text: str, place: Place | None) -> list[Said]:
    """At most three open needs of the street that seem to be the same, for whoever has no account. Four queries."""
    if place is None or place.street is None or len(text.strip()) < SHORTEST:
        return []
    found = [one.need for one in alike(text, street=place.street, place=place, actor=None, limit=3)]
    counts = Need.objects.filter(pk__in=[need.pk for need in found]).annotate(others=Count("joined")).order_by()
    others = dict(counts.values_list("pk", "others")) if found else {}
    return [Said(need.pk, _told(need, others.get(need.pk, 0) + 1)) for need in found]


def _told(need: Need, count: int) -> str:
    day = date_format(localtime(need.received_at), "MONTH_DAY_FORMAT")
    known = {
        "category": need.category, "place": need.place, "day": day, "state": need.get_state_display(), "count": count,
    }  # fmt: skip
    line = _("%(category)s · %(place)s · said on %(day)s · %(state)s · %(count)d neighbours") % known
    words = public_words(need)
    return f"{line}：{words}" if words else line
