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
