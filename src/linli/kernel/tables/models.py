"""An import on its way, and its rows while they wait to be committed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.kernel.refs.record import Record
from linli.kernel.tables.collecting.records import Collection, CollectionUnit, UnitState

__all__ = [
    "Change",
    "Collection",
    "CollectionUnit",
    "Doubt",
    "Import",
    "ImportState",
    "StagedRow",
    "UnitState",
]


class ImportState(models.TextChoices):
    UPLOADED = "uploaded", _("waiting to be read")
    READING = "reading", _("being read")
    PREVIEW = "preview", _("ready to check")
    COMMITTING = "committing", _("being taken over")
    DONE = "done", _("taken over")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


class Change(models.TextChoices):
    NEW = "new", _("new")
    CHANGED = "changed", _("changed")
    SAME = "same", _("unchanged")
    BAD = "bad", _("bad")


class Doubt(models.TextChoices):
    """Whether a new row is somebody or something that is there already."""

    NONE = "", _("no doubt")
    OPEN = "open", _("not decided yet")
    SAME = "same", _("the same one")
    OTHER = "other", _("another one")


class Import(Record):
    """One upload of one sheet. ``turn`` names the attempt at reading that counts; an older one stops."""

    sheet = models.CharField(max_length=80)
    file_id = models.UUIDField()
    file_name = models.CharField(max_length=200)
    uploader_id = models.UUIDField()
    language = models.CharField(max_length=12, default="zh-hans")
    state = models.CharField(max_length=12, choices=ImportState.choices, default=ImportState.UPLOADED)
    turn = models.UUIDField(null=True)
    sheet_found = models.CharField(max_length=200, blank=True)
    positions = models.JSONField(default=dict)
    ignored = models.JSONField(default=list)
    read = models.PositiveIntegerField(default=0)
    expected = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    bad = models.PositiveIntegerField(default=0)
    reason = models.TextField(blank=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=[ImportState.DONE, ImportState.FAILED, ImportState.CANCELLED])
                | models.Q(ended_at__isnull=True),
                name="tables_import_ends_once",
            )
        ]
        indexes = [
            models.Index(fields=["uploader_id", "-id"], name="tables_imports_of"),
            models.Index(fields=["state", "made_at"], name="tables_imports_left"),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def percent(self) -> int:
        """How far the reading has come, from 0 to 100."""
        if self.state in {ImportState.UPLOADED, ImportState.READING}:
            return min(99, self.read * 100 // self.expected) if self.expected else 0
        return 100

    @property
    def to_write(self) -> int:
        """Rows that a commit would write."""
        return self.new + self.changed


class StagedRow(Record):
    """One row of the file: parsed values, or for a bad one what stood in its cells, and why it is bad."""

    batch = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    key = models.CharField(max_length=500)
    data = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    action = models.CharField(max_length=8, choices=Change.choices)
    matches = models.JSONField(default=list)
    doubt = models.CharField(max_length=8, choices=Doubt.choices, default=Doubt.NONE, blank=True)
    same_as = models.CharField(max_length=36, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="tables_row_once_an_import"),
            models.CheckConstraint(
                condition=models.Q(action=Change.BAD) | models.Q(problems=[]), name="tables_bad_has_problems"
            ),
            models.CheckConstraint(
                condition=~models.Q(doubt=Doubt.SAME) | ~models.Q(same_as=""), name="tables_same_names_its_record"
            ),
        ]
        indexes = [
            models.Index(fields=["batch", "action", "number"], name="tables_rows_by_action"),
            models.Index(fields=["batch", "doubt", "number"], name="tables_rows_by_doubt"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.key}"
