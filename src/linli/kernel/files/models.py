"""One row a stored file; the bytes lie in Django's default storage under a random key."""

from django.db import models

from linli.kernel.refs.record import Record


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
