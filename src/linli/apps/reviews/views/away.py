"""Doors of a session that is played on a laptop: out with a file, called back, home with the laptop's file."""

import tempfile
from typing import IO, Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from linli.apps.people.models import Post, User
from linli.apps.reviews import services
from linli.apps.reviews.forms import PassphraseForm, TakeInForm, TakeOutForm
from linli.apps.reviews.models import ReviewSession, SessionState, TripState
from linli.apps.reviews.permissions import KEEPERS, tends_reviews
from linli.apps.reviews.views.sessions import found, page_of, sent
from linli.kernel.errors import Missing, Refusal
from linli.kernel.scope import permission
from linli.kernel.ui.acting import act, explain, me

SPOOL = 16 * 2**20
"""Bytes of a file kept in memory; a longer one is written to the temporary folder."""


@permission(tends_reviews)
def take_out(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a running session out; the page it leads to hands out the file."""
    row, actor = found(request, pk, tends_reviews), me(request)

    def do(data: dict[str, Any]) -> str:
        services.send_out(row, actor=actor, typist=data["typist"])
        return reverse("reviews:laptop_file", args=[pk])

    return act(
        request,
        TakeOutForm(sent(request), users=_colleagues(row, actor.actor_id)),
        do,
        back=page_of(pk),
        done=_("The review is out. Download the file for the laptop now."),
        title=_("Take it out on a laptop"),
        lead=_("For a hall without internet. Until the laptop's file is back, nothing of this review changes here."),
        press=_("Take it out"),
        crumb=row.title,
    )


def _colleagues(session: ReviewSession, actor: UUID) -> list[User]:
    """Who else may type sheets: whoever keeps reviews in this street."""
    posts = Post.objects.in_force(timezone.localdate()).filter(place__street=session.place.street_id, role__in=KEEPERS)
    users = {post.user_id: post.user for post in posts.exclude(user=actor).select_related("user")}
    return list(users.values())


@permission(tends_reviews)
def laptop_file(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The file of a session that is out, as often as it is needed, and what to do with it."""
    row, actor = found(request, pk, tends_reviews), me(request)
    trip = services.trip_of(row)
    if trip is None or trip.state != TripState.OUT:
        raise Missing(_("This review is not out on a laptop."))
    trip.session = row
    form = PassphraseForm(sent(request), initial={"passphrase": services.suggested_passphrase()})
    if request.method == "POST" and form.is_valid():
        file = new_file()
        try:
            services.write_out(trip, file, passphrase=form.cleaned_data["passphrase"], actor=actor)
        except Refusal as refusal:
            file.close()
            explain(form, refusal)
        else:
            return _download(file, services.file_name(row, "out"))
    context = {"form": form, "session": row, "file_name": services.file_name(row, "out")}
    return render(request, "reviews/laptop_file.html", context, status=422 if form.errors else 200)


def new_file() -> IO[bytes]:
    """A file the answer closes."""
    return tempfile.SpooledTemporaryFile(SPOOL)


def _download(file: IO[bytes], name: str) -> FileResponse:
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")


@permission(tends_reviews)
@require_POST
def hand_back(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """On the laptop: the file for the house."""
    row = found(request, pk, tends_reviews)
    file = new_file()
    try:
        services.hand_back(row, file, actor=me(request))
    except BaseException:
        file.close()
        raise
    return _download(file, services.file_name(row, "back"))


@permission(tends_reviews)
def take_in(request: HttpRequest, pk: UUID) -> HttpResponse:
    """In the house: the laptop's file, merged once."""
    row = found(request, pk, tends_reviews)
    form = TakeInForm(sent(request), request.FILES or None)
    if row.state != SessionState.AWAY and request.method != "POST":
        raise Missing(_("This review is not out on a laptop."))
    return act(
        request,
        form,
        lambda data: services.take_in(data["file"], session=row, actor=me(request)),
        back=page_of(pk),
        done=_("The laptop's file is taken in. Marks, corrections and the reveal stand as they were made there."),
        title=_("Take the laptop's file in"),
        lead=_("Everything is checked first; then all of it is taken in, once, or nothing."),
        press=_("Take the file in"),
        crumb=row.title,
    )
