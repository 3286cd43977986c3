"""Files, photos and scans as records that others can point at."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from linli.kernel.files.models import InboxScan, Photo, StoredFile
from linli.kernel.files.photos import showing, telling
from linli.kernel.files.reading import visible_to
from linli.kernel.files.scans import inbox
from linli.kernel.refs import Kind, kind_of, register

FILE = register(Kind(name="files.file", model=StoredFile, title=_("File"), visible_to=visible_to))
SCAN = register(
    Kind(
        name=inbox.KIND,
        model=InboxScan,
        title=_("Scan"),
        visible_to=inbox.visible_to,
        street=lambda scan: scan.street_id,
    )
)


def _street(photo: Photo) -> UUID | None:
    subject = telling.subject_of(photo.owner)
    return kind_of(subject).street(subject) if not isinstance(subject, tuple) else None


PHOTO = register(Kind(name="files.photo", model=Photo, title=_("Photo"), visible_to=showing.visible_to, street=_street))
