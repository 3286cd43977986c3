"""Keeping the pictures of the board."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.places.models import Place
from linli.apps.publicity.models import BoardMoment, BoardPhoto, PublicNotice
from linli.apps.publicity.permissions import concludes
from linli.kernel import files
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.events import record
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor


def add_photo(
    notice: PublicNotice,
    *,
    moment: BoardMoment,
    picture: Any,
    place: Place,
    taken_on: date,
    actor: Actor | None,
    at: datetime | None = None,
) -> BoardPhoto:
    """Keep a picture of the notice on its board. Refuses a day on which the notice did not hang."""
    if not concludes(actor, notice):
        raise NotAllowed(_("Only those who write notices for this place do this."))
    if notice.opens is None:
        raise Refusal(_("This notice is not on display yet."), code="not-shown")
    if not timezone.localdate(notice.opens) <= taken_on <= timezone.localdate(at):
        raise Refusal(_("The picture is taken on a day on which the notice hangs."), field="taken_on")
    with transaction.atomic():
        stored = files.keep(picture, accept=files.IMAGES, owner=ref_of(notice), actor=actor, at=at)
        row = BoardPhoto.objects.create(notice=notice, moment=moment, place=place, taken_on=taken_on, file_id=stored.pk)
        facts = {"moment": row.get_moment_display(), "place": place.name, "day": taken_on}
        record("publicity.photo.add", notice, actor=actor, facts=facts, at=at)
    return row
