"""Entering figures of a place with their source and day, and taking back what was entered by mistake."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.places.models import Figure, Place
from linli.apps.places.permissions import keeps_places
from linli.apps.places.queries.figures import figure_kinds
from linli.kernel.audit import Change
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor

MOST = Decimal(10) ** 11


def enter_figure(
    *,
    place: Place,
    kind: str,
    value: Decimal,
    source: str,
    as_of: date,
    actor: Actor | None,
    at: datetime | None = None,
) -> Figure:
    """A figure as its source gave it for a day. The same source and day again corrects it; others stay beside it."""
    _require_keeper(place, actor)
    entry = figure_kinds().get(kind)
    if entry is None:
        raise Refusal(_("Choose what is counted."), field="kind")
    value, source = Decimal(value), source.strip()
    if not source:
        raise Refusal(_("Say where the figure comes from."), field="source")
    if not value.is_finite() or not 0 <= value < MOST or value != round(value, entry.decimals):
        raise Refusal(
            _("Give a number of at least 0 with at most %(decimals)s decimals.") % {"decimals": entry.decimals},
            field="value",
        )
    if as_of > timezone.localdate(at):
        raise Refusal(_("A figure is of today or an earlier day."), field="as_of")
    with transaction.atomic():
        figure, is_new = Figure.objects.get_or_create(
            place=place, kind=kind, source=source, as_of=as_of, defaults={"value": value}
        )
        before = entry.written(figure.value)
        if not is_new:
            Figure.objects.filter(pk=figure.pk).update(value=value)
            figure.value = value
        given = entry.written(value) if is_new else Change(before, entry.written(value))
        facts = {"figure": entry.title, "value": given, "source": source, "as_of": as_of}
        record("places.figure.enter", place, actor=actor, facts=facts, at=at)
    return figure


def remove_figure(figure: Figure, *, actor: Actor | None, at: datetime | None = None) -> None:
    """Take back a figure that was entered by mistake; the record keeps what it said."""
    _require_keeper(figure.place, actor)
    entry = figure_kinds()[figure.kind]
    facts = {
        "figure": entry.title,
        "value": entry.written(figure.value),
        "source": figure.source,
        "as_of": figure.as_of,
    }
    with transaction.atomic():
        Figure.objects.filter(pk=figure.pk).delete()
        record("places.figure.remove", figure.place, actor=actor, facts=facts, at=at)


def _require_keeper(place: Place, actor: Actor | None) -> None:
    if not keeps_places(actor, place):
        raise NotAllowed(_("Only people who work here keep its figures."))
