"""A laptop for tests: the same database emptied of reviews, with keys of its own, rolled back when it is closed."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import transaction
from django.test import override_settings

from linli.apps.reviews import services
from linli.apps.reviews.models import Entry, Panel, ReviewSession, RoomTrip, Seat, SeatActor
from linli.apps.reviews.tests.factories import NOW, Review
from linli.kernel.files import StoredFile
from linli.kernel.seals.models import OwnedKey

PASSPHRASE = "清河里-路演-2026"


def taken_out(review: Review) -> bytes:
    """The file of a session that went out."""
    trip = services.send_out(review.session, actor=None, at=NOW)
    return file_of(trip)


def file_of(trip: RoomTrip) -> bytes:
    body = io.BytesIO()
    services.write_out(trip, body, passphrase=PASSPHRASE, actor=None)
    return body.getvalue()


@contextmanager
def laptop(file: bytes, keys: Path) -> Iterator[Review]:
    """The review as the laptop has it; what is done inside happens on the laptop alone."""
    with override_settings(LINLI_KEYS=keys), transaction.atomic():
        Panel.objects.update(current=None)
        Entry.objects.all().delete()
        ReviewSession.objects.all().delete()
        OwnedKey.objects.all().delete()
        StoredFile.objects.all().delete()
        trip = services.arrive(io.BytesIO(file), passphrase=PASSPHRASE)
        yield review_of(trip.session)
        transaction.set_rollback(True)


def review_of(session: ReviewSession) -> Review:
    """Whoever sits in a session, as the tests play it."""
    seats = {seat.duty: SeatActor(seat) for seat in session.seats.select_related("session").exclude(duty="judge")}
    judges = list(Seat.objects.filter(session=session, duty="judge").select_related("session").order_by("pk"))
    panel = session.panels.select_related("session").get()
    return Review(session, panel, judges, [], seats["host"], seats["counter"], seats["supervisor"]).reload()


def written_back(review: Review) -> bytes:
    body = io.BytesIO()
    services.hand_back(review.session, body, actor=None, at=NOW)
    return body.getvalue()


def played(review: Review, keys: Path, play: Callable[[Review], None]) -> bytes:
    """Take a review out, play it on a laptop; the laptop's file for the house."""
    file = taken_out(review)
    with laptop(file, keys) as away:
        play(away)
        return written_back(away)
