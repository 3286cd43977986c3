"""One row a stored file, a photo, a paper from the scanner; the bytes lie in Django's default storage."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.kernel.refs import Ref
from linli.kernel.refs.record import Record
from linli.kernel.scope.actors import Anchor


class StoredFile(Record):
    """``key`` tells nothing and is never shown; who may open the file is decided by its owner record."""

    key = models.CharField(max_length=120, unique=True)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=120)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    owner_kind = models.CharField(max_length=80)
    owner_id = models.UUIDField()
    uploader_id = models.UUIDField(null=True)
    made_at = models.DateTimeField()
    stripped = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(size__gt=0), name="files_not_empty"),
            models.CheckConstraint(
                condition=~models.Q(content_type__startswith="image/") | models.Q(stripped=True),
                name="files_pictures_are_stripped",
            ),
        ]
        indexes = [models.Index(fields=["owner_id", "owner_kind"], name="files_of_owner")]

    def __str__(self) -> str:
        return self.name


class Photo(Record):
    """A picture of a record: what is shown is stripped; the original lies sealed, its hash in the clear.

    ``likeness`` is a perceptual hash of 64 bits as a signed number, null for a picture without any drawing;
    ``band0`` to ``band3`` are its four quarters, by which near ones are found. Place is in degrees (WGS 84).
    """

    owner_kind = models.CharField(max_length=80)
    owner_id = models.UUIDField()
    name = models.CharField(max_length=200)
    stored = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="shown_as")
    small = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="small_of")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    taken_at = models.DateTimeField(null=True)
    latitude = models.DecimalField(max_digits=8, decimal_places=6, null=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    sealed_key = models.CharField(max_length=120, unique=True)
    sealed_with = models.CharField(max_length=40)
    original_type = models.CharField(max_length=120)
    original_size = models.BigIntegerField()
    original_dots = models.BigIntegerField()
    original_sha256 = models.CharField(max_length=64, db_index=True)
    likeness = models.BigIntegerField(null=True)
    band0 = models.IntegerField(null=True, db_index=True)
    band1 = models.IntegerField(null=True, db_index=True)
    band2 = models.IntegerField(null=True, db_index=True)
    band3 = models.IntegerField(null=True, db_index=True)
    blurred = models.PositiveIntegerField(default=0)
    uploader_id = models.UUIDField(null=True)
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="files_photo_place_is_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True, withdrawn_why="")
                | (models.Q(withdrawn_at__isnull=False) & ~models.Q(withdrawn_why="")),
                name="files_photo_withdrawn_why",
            ),
            models.UniqueConstraint(
                fields=["owner_id", "owner_kind", "original_sha256"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="files_photo_once_a_record",
            ),
        ]
        indexes = [models.Index(fields=["owner_id", "owner_kind"], name="files_photos_of_owner")]

    def __str__(self) -> str:
        return self.name

    @property
    def owner(self) -> Ref:
        return Ref(self.owner_kind, self.owner_id)


class ScanState(models.TextChoices):
    WAITING = "waiting", _("Waits to be filed")
    ATTACHED = "attached", _("Attached")
    DISCARDED = "discarded", _("Discarded")


class InboxScan(Record):
    """A paper that came from a scanner's folder to a place, until somebody attaches it to a record or discards it.

    ``sha256`` is that of the file as it lay in the folder: the same file never comes twice to one place.
    """

    place_id = models.UUIDField()
    place_name = models.CharField(max_length=80)
    street_id = models.UUIDField(null=True)
    folder = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveIntegerField()
    file = models.OneToOneField(StoredFile, null=True, on_delete=models.PROTECT, related_name="scan")
    came_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=ScanState, default=ScanState.WAITING)
    owner_kind = models.CharField(max_length=80, blank=True)
    owner_id = models.UUIDField(null=True)
    settled_by_id = models.UUIDField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place_id", "sha256"], name="files_scan_comes_once"),
            models.CheckConstraint(
                condition=models.Q(state="attached", owner_id__isnull=False)
                | (~models.Q(state="attached") & models.Q(owner_id__isnull=True)),
                name="files_scan_attached_to_something",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="waiting") | models.Q(file__isnull=False),
                name="files_scan_waits_with_file",
            ),
        ]
        indexes = [models.Index(fields=["place_id", "state", "came_at"], name="files_scans_waiting")]

    def __str__(self) -> str:
        return self.name

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.place_id)
