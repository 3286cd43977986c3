"""Three tables: a rubric, its versions, the criteria of a version."""

from django.db import models
from django.db.models import Q

from linli.kernel.refs.record import Record


class Rubric(Record):
    """What is judged; ``name`` is how programs call it."""

    name = models.CharField(max_length=60, unique=True)
    title = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.title


class RubricVersion(Record):
    """The criteria as they stood from one change to the next. Once ``used_at`` is set they never change."""

    rubric = models.ForeignKey(Rubric, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    source = models.CharField(max_length=200, blank=True)
    changes = models.PositiveIntegerField(default=0)
    """How often it was changed before its first use."""
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["rubric", "number"]
        constraints = [models.UniqueConstraint(fields=["rubric", "number"], name="rubric_number_once")]

    def __str__(self) -> str:
        return f"{self.rubric} {self.number}"


class CriterionRow(Record):
    """One criterion of a version; ``anchors`` holds [least, most, label], numbers as text."""

    version = models.ForeignKey(RubricVersion, models.PROTECT, related_name="rows")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40)
    title = models.CharField(max_length=120)
    top = models.DecimalField(max_digits=8, decimal_places=2)
    weight = models.DecimalField(max_digits=8, decimal_places=4)
    anchors = models.JSONField(default=list)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="rubric_code_once"),
            models.UniqueConstraint(fields=["version", "position"], name="rubric_position_once"),
            models.CheckConstraint(condition=Q(top__gt=0, weight__gt=0), name="rubric_above_zero"),
            models.CheckConstraint(condition=Q(weight__lte=100), name="rubric_weight_of_100"),
        ]

    def __str__(self) -> str:
        return self.title
