"""What whoever answers the telephone sees: the caller's earlier needs, and what is open around him."""

from django.db.models import QuerySet

from linli.apps.needs.models import UNFINISHED, Contact, Need
from linli.apps.needs.queries.wall import visible_to
from linli.apps.places.models import Place
from linli.apps.places.queries import below
from linli.kernel.privacy import PHONE, fingerprints
from linli.kernel.scope import Actor

SHOWN = 8


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
