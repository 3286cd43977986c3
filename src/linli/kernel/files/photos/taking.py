"""Taking a photo in: time and place first, then the stripped copies, the original under seal, one row."""

import hashlib
import io
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from typing import IO, Any

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils import timezone
from PIL import Image

from linli.kernel.events import record
from linli.kernel.files import images
from linli.kernel.files.accepting import IMAGES, check_size, check_type
from linli.kernel.files.keeping import put, remove_bytes, size_of, store_bytes
from linli.kernel.files.media import JPEG
from linli.kernel.files.models import Photo, StoredFile
from linli.kernel.files.naming import clean_name
from linli.kernel.files.photos.exif import taken
from linli.kernel.files.photos.likeness import bands_of, likeness_of
from linli.kernel.files.photos.telling import subject_of
from linli.kernel.refs import Ref, new_key
from linli.kernel.scope.actors import Actor
from linli.kernel.seals import lock, parcel_key

KIND = "files.photo"
LONGEST, SMALL = 3000, 640
"""Dots of the longer side of the shown picture and of the small one in a grid; the original keeps its own."""
LARGE_PHOTO = 40_000_000
"""Dots from which a photo is said to be shown smaller."""


def take_in(
    upload: IO[bytes] | File[Any],
    *,
    owner: Ref,
    actor: Actor | None,
    name: str = "",
    at: datetime | None = None,
) -> Photo:
    """Keep a picture of ``owner`` and return its row; the caller has asked whether ``actor`` may.

    The same file is kept once for a record: sent again, by another tab too, the row that stands is given back.
    Raises Refusal (no picture, damaged, no room) and TooMany (20 MB, 60 million dots); then nothing is left over.
    """
    title = name or str(getattr(upload, "name", "") or "")
    when = at or timezone.now()
    check_size(size_of(upload), IMAGES)
    media = check_type(upload, IMAGES, name=title)
    raw = upload.read()
    digest = hashlib.sha256(raw).hexdigest()
    standing = _standing(owner, digest)
    if standing is not None:
        return standing
    shown = images.drawn(io.BytesIO(raw), media, longest=LONGEST)
    with Image.open(io.BytesIO(raw)) as whole:
        dots = whole.width * whole.height
    found = taken(raw, now=when)
    likeness = likeness_of(shown)
    row = Photo(
        pk=new_key(), owner_kind=owner.kind, owner_id=owner.id, name=clean_name(title, JPEG), made_at=when,
        width=shown.width, height=shown.height, taken_at=found.at, latitude=found.latitude,
        longitude=found.longitude, original_type=media, original_size=len(raw), original_dots=dots,
        original_sha256=digest, likeness=likeness, **bands_of(likeness),
        uploader_id=actor.actor_id if actor is not None else None,
    )  # fmt: skip
    try:
        _keep(row, raw, shown, actor=actor, at=at or when, told=at)
    except IntegrityError:  # the same file at the same moment: that row counts, ours is gone whole
        standing = _standing(owner, digest)
        if standing is None:
            raise
        return standing
    return row


def _standing(owner: Ref, digest: str) -> Photo | None:
    """The photo of a record that is this very file."""
    rows = Photo.objects.filter(owner_id=owner.id, owner_kind=owner.kind, original_sha256=digest)
    return rows.filter(withdrawn_at__isnull=True).select_related("stored", "small").first()


def _keep(
    row: Photo, raw: bytes, shown: Image.Image, *, actor: Actor | None, at: datetime, told: datetime | None
) -> None:
    """Seal, copies, row and audit in one piece; nothing is left of it when one fails."""
    with ExitStack() as undo:
        seal_original(row, raw)
        undo.callback(remove_bytes, row.sealed_key)
        with transaction.atomic():
            row.stored, row.small = copies(row, shown, actor=actor, at=at, undo=undo.callback)
            row.save(force_insert=True)
            facts = {"name": row.name, "sha256": row.original_sha256}
            record("files.photo.add", subject_of(row.owner), actor=actor, facts=facts, at=told)
        undo.pop_all()


def seal_original(row: Photo, raw: bytes) -> None:
    """Lay the bytes as they came under seal; fills the columns that find and open them again."""
    row.sealed_with, key = parcel_key(f"photo:{row.pk}")
    row.sealed_key = store_bytes(io.BytesIO(lock(raw, key=key, context=context_of(row))))


def context_of(row: Photo) -> str:
    """The place the sealed original is bound to: moved to another row it does not open."""
    return f"files.photo:{row.pk}:{row.original_sha256}"


def copies(
    row: Photo,
    shown: Image.Image,
    *,
    actor: Actor | None,
    at: datetime,
    undo: Callable[..., Any],
) -> tuple[StoredFile, StoredFile]:
    """The picture as it is shown, and small, both the photo's own; ``undo`` is told how to take their bytes away."""
    owner = Ref(KIND, row.pk)
    little = shown.copy()
    little.thumbnail((SMALL, SMALL), Image.Resampling.LANCZOS)
    made = []
    for picture, quality in ((shown, 88), (little, 80)):
        body = images.as_jpeg(picture, quality=quality)
        stored = put(body, JPEG, owner=owner, actor=actor, name=row.name, at=at)
        undo(remove_bytes, stored.key)
        made.append(stored)
    return made[0], made[1]
