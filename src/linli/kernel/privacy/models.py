"""The tables of secret boxes: the box, what lies in it, and apart from it who has taken part."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.kernel.privacy.rows import SecretRow
from linli.kernel.refs.record import Record


class BoxState(models.TextChoices):
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")


class SecretBox(Record):
    """A ballot box or a pile of answers. ``room`` is the length in bytes every sealed paper is filled up to."""

    state = models.CharField(max_length=6, choices=BoxState.choices, default=BoxState.OPEN)
    room = models.PositiveIntegerField()
    papers = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(room__gte=1), name="privacy_box_has_room"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} ({self.get_state_display()})"


class SecretPaper(SecretRow):
    """One paper. While the box is open ``content`` is sealed; after closing it is plain, in shuffled order."""

    box = models.ForeignKey(SecretBox, on_delete=models.PROTECT, related_name="+")
    content = models.TextField()

    def __str__(self) -> str:
        return str(self.pk)


class Participation(SecretRow):
    """That somebody has taken part, and nothing else."""

    box = models.ForeignKey(SecretBox, on_delete=models.PROTECT, related_name="+")
    participant = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["box", "participant"], name="privacy_takes_part_once"),
        ]

    def __str__(self) -> str:
        return str(self.participant)


class Frozen(Record):
    """Data of ``owner`` (an account or a person) that are kept and not used; ``part`` names their PersonalData."""

    part = models.CharField(max_length=80)
    owner = models.UUIDField()
    reason = models.CharField(max_length=200)
    frozen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["part", "owner"], name="privacy_a_part_rests_once"),
        ]

    def __str__(self) -> str:
        return f"{self.part}: {self.owner}"


class RetentionRun(Record):
    """What one night's round removed of one kind, or why it could not."""

    kind = models.CharField(max_length=80)
    ran_at = models.DateTimeField(db_index=True)
    removed = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "-ran_at"], name="privacy_last_run_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.removed}"
