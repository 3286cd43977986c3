"""The kinds of record reviews keep: how each is named, found and seen."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.apps.reviews import queries
from linli.apps.reviews.models import (
    Entry,
    EntryState,
    Expert,
    Panel,
    Recusal,
    ReviewSession,
    ScoreSheet,
    Seat,
)
from linli.kernel.refs import Kind, register
from linli.kernel.scope import Actor


class Joined(Kind):
    """A kind whose rows are read together with the records named in ``joins``."""

    joins: tuple[str, ...] = ()

    def rows(self) -> Any:
        return super().rows().select_related(*self.joins)


class OfSession(Joined):
    """Rows with their session and its place."""

    joins = ("session__place",)


class OfEntry(Joined):
    """Rows with their entry, its session, the judge."""

    joins = ("entry__session__place", "seat")


class OfPlace(Joined):
    """Rows with their place."""

    joins = ("place",)


def _street(row: Any) -> UUID | None:
    """The street a row's session is held in, or the expert's row was entered by."""
    owner = getattr(row, "entry", row)
    place = getattr(owner, "session", owner).place
    street: UUID | None = place.street_id
    return street


def _of_session(rows: QuerySet[Any], actor: Actor | None) -> QuerySet[Any]:
    return queries.parts_visible_to(actor, rows)


def _of_entry(rows: QuerySet[Any], actor: Actor | None) -> QuerySet[Any]:
    return queries.parts_visible_to(actor, rows, "entry__session")


def _sheets(rows: QuerySet[Any], actor: Actor | None) -> QuerySet[Any]:
    """Sheets, and their scans, once their entry is revealed; before that for counter and supervisor who signed in."""
    if actor is None:
        return rows.none()
    seats = Seat.objects.filter(user=actor.actor_id, duty__in=("counter", "supervisor"), left_at__isnull=True)
    revealed = queries.parts_visible_to(actor, rows.filter(entry__state=EntryState.REVEALED), "entry__session")
    sessions = seats.order_by().values("session")
    return rows.filter(Q(pk__in=revealed.order_by().values("pk")) | Q(entry__session__in=sessions))


def _panel(row: Panel) -> str:
    return reverse("reviews:panel", args=[row.pk])


def _session(row: Entry) -> str:
    return reverse("reviews:session", args=[row.session_id])


def contribute() -> None:
    """Make every kind known."""
    register(
        OfPlace(
            "reviews.session",
            ReviewSession,
            _("Review session"),
            lambda rows, actor: queries.visible_to(actor, rows),
            address=lambda row: reverse("reviews:session", args=[row.pk]),
            street=_street,
        )
    )
    register(OfSession("reviews.panel", Panel, _("Panel"), _of_session, address=_panel, street=_street))
    register(OfSession("reviews.seat", Seat, _("Seat"), _of_session, street=_street))
    register(OfSession("reviews.entry", Entry, _("Entry of a review"), _of_session, address=_session, street=_street))
    register(OfEntry("reviews.recusal", Recusal, _("Recusal"), _of_entry, street=_street))
    register(OfEntry("reviews.score_sheet", ScoreSheet, _("Score sheet"), _sheets, street=_street))
    register(
        OfPlace(
            "reviews.expert",
            Expert,
            _("Expert"),
            lambda rows, actor: queries.experts_visible_to(actor, rows),
            address=lambda row: reverse("reviews:expert", args=[row.pk]),
            street=_street,
        )
    )
