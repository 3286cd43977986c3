"""Blurring parts of a photo where staff drew boxes: what is shown is drawn anew, the sealed original stays."""

import math
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageFilter

from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.files.images import drawn
from linli.kernel.files.keeping import forget, opened
from linli.kernel.files.media import JPEG
from linli.kernel.files.models import Photo
from linli.kernel.files.photos.taking import copies
from linli.kernel.files.photos.telling import subject_of
from linli.kernel.scope.actors import Actor

MOST_BOXES = 50
CELLS = 6
"""Cells of the mosaic along the longer side of a box: too few to recognise anybody."""


@dataclass(frozen=True)
class Box:
    """A part of the picture in per cent of its width and height, from the upper left corner."""

    left: float
    top: float
    width: float
    height: float


def blur(photo: Photo, *, boxes: Sequence[Box], actor: Actor | None) -> Photo:
    """Replace what is shown by a copy in which the boxes cannot be recognised, for good; returns the photo.

    Raises Refusal for boxes that lie outside or are empty, Conflict when somebody blurred it in between.
    """
    _check(boxes)
    with opened(photo.stored) as file:
        picture = drawn(file, JPEG)
    for box in boxes:
        _cover(picture, box)
    with ExitStack() as undo, transaction.atomic():
        before = (photo.stored_id, photo.small_id)
        now = timezone.now()
        stored, small = copies(photo, picture, actor=actor, at=now, undo=undo.callback)
        rows = Photo.objects.filter(pk=photo.pk, stored=before[0], withdrawn_at__isnull=True)
        count = photo.blurred + len(boxes)
        if rows.update(stored=stored, small=small, blurred=count) != 1:
            raise Conflict(_("Somebody changed this photo in the meantime. Reload the page and look again."))
        facts = {"name": photo.name, "boxes": len(boxes)}
        record("files.photo.blur", subject_of(photo.owner), actor=actor, facts=facts)
        photo.stored, photo.small, photo.blurred = stored, small, count
        for old in before:
            forget(old)
        undo.pop_all()
    return photo


def _check(boxes: Sequence[Box]) -> None:
    if not boxes:
        raise Refusal(_("Draw at least one box."), code="no-box", field="boxes")
    if len(boxes) > MOST_BOXES:
        raise Refusal(_("At most %(count)s boxes at once.") % {"count": MOST_BOXES}, code="many-boxes", field="boxes")
    for box in boxes:
        numbers = (box.left, box.top, box.width, box.height)
        inside = all(math.isfinite(number) and 0 <= number <= 100 for number in numbers)
        if not inside or box.width <= 0 or box.height <= 0 or box.left >= 100 or box.top >= 100:
            raise Refusal(_("A box lies outside the picture, or is empty."), code="bad-box", field="boxes")


def _cover(picture: Image.Image, box: Box) -> None:
    left, top = int(picture.width * box.left / 100), int(picture.height * box.top / 100)
    right = min(picture.width, math.ceil(picture.width * (box.left + box.width) / 100))
    bottom = min(picture.height, math.ceil(picture.height * (box.top + box.height) / 100))
    area = (left, top, max(right, left + 1), max(bottom, top + 1))
    part = picture.crop(area)
    cell = max(part.size) / CELLS
    few = part.resize((max(1, round(part.width / cell)), max(1, round(part.height / cell))), Image.Resampling.BOX)
    coarse = few.resize(part.size, Image.Resampling.NEAREST).filter(ImageFilter.GaussianBlur(cell / 3))
    picture.paste(coarse, area[:2])
