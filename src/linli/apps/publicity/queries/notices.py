"""Reads of notices: what I work on, what everybody reads, what waits."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from linli.apps.places.models import Level, Place
from linli.apps.publicity.models import Consequence, NoticeStage, Objection, ObjectionState, PublicNotice
from linli.apps.publicity.permissions import ANSWERERS, READERS, WRITERS
from linli.kernel import publication
from linli.kernel.refs import Ref
from linli.kernel.scope import Actor
from linli.kernel.settings import look

KIND = "publicity.notice"
OFFICE = ("unit", "office", "phones", "address", "email")


def visible_to(actor: Actor | None, rows: QuerySet[PublicNotice] | None = None) -> QuerySet[PublicNotice]:
    """Notices of the places where the actor's posts reach; the public reads only :func:`public_notices`."""
    rows = PublicNotice.objects.all() if rows is None else rows
    return rows.none() if actor is None else rows.filter(place__in=actor.reach(*READERS).places)


def objections_visible_to(actor: Actor | None, rows: QuerySet[Objection] | None = None) -> QuerySet[Objection]:
    """Objections to the notices of the places where the actor answers or writes."""
    rows = Objection.objects.all() if rows is None else rows
    return rows.none() if actor is None else rows.filter(notice__place__in=actor.reach(*ANSWERERS, *WRITERS).places)


def public_notices() -> QuerySet[PublicNotice]:
    """What everybody may read, on display or concluded, the latest first."""
    shown = PublicNotice.objects.filter(pk__in=publication.public(KIND), opens__isnull=False)
    return shown.order_by("-opens", "-id")


def public_at(place: Place) -> QuerySet[PublicNotice]:
    """The notices on display in a community: its own and those of its street."""
    places = {place.pk, place.street_id}
    return public_notices().filter(place__in=[one for one in places if one], stage=NoticeStage.RUNNING)


def with_counts(rows: QuerySet[PublicNotice]) -> QuerySet[PublicNotice]:
    """Notices with ``objection_count`` and ``unanswered``; no query more."""
    return rows.annotate(
        objection_count=Count("objections"),
        unanswered=Count("objections", filter=Q(objections__state=ObjectionState.OPEN)),
    )


def notices_about(subject: Ref) -> QuerySet[PublicNotice]:
    """The notices about one record, the latest first."""
    rows = PublicNotice.objects.filter(subject_kind=subject.kind, subject_id=subject.id)
    return rows.order_by("-drawn_up_at", "-id")


def upheld_for(subject: Ref) -> QuerySet[Objection]:
    """The objections that were upheld to notices about one record."""
    rows = Objection.objects.filter(notice__subject_kind=subject.kind, notice__subject_id=subject.id)
    return rows.filter(consequence=Consequence.UPHELD)


def over(actor: Actor, at: datetime) -> QuerySet[PublicNotice]:
    """Notices of the actor's places whose period has ended and that nobody has concluded."""
    rows = PublicNotice.objects.filter(stage=NoticeStage.RUNNING, closes__lt=at)
    return rows.filter(place__in=actor.reach(*WRITERS).places).order_by("closes", "id")


def open_objections(actor: Actor) -> QuerySet[Objection]:
    """Objections that wait for the actor's answer, the oldest first."""
    rows = Objection.objects.filter(state=ObjectionState.OPEN, notice__place__in=actor.reach(*ANSWERERS).places)
    return rows.select_related("notice").order_by("received_at", "id")


def writable_places(actor: Actor) -> QuerySet[Place]:
    """Streets and communities for which the actor writes notices."""
    levels = (Level.STREET, Level.COMMUNITY, Level.VILLAGE)
    rows = Place.objects.filter(pk__in=actor.reach(*WRITERS).places, level__in=levels, valid_to__isnull=True)
    return rows.order_by("code")


def settings_of(street: UUID | None) -> dict[str, Any]:
    """The office of a street that takes objections, as its settings say. One query."""
    found = look([f"publicity.{name}" for name in OFFICE], street=street)
    return {name: found[f"publicity.{name}"].value or "" for name in OFFICE}


def line_total(notice: PublicNotice) -> Decimal | None:
    """The sum of the amounts in the list; None where no line has one. One query."""
    total: Decimal | None = notice.lines.aggregate(total=Sum("amount"))["total"]
    return total
