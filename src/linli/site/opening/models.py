"""How this house was opened, and its rehearsals; a house set up by the command line or the demo has no first run."""

from typing import ClassVar

from django.db import models

from linli.kernel.refs.record import Record


class FirstRun(Record):
    """How far this house was set up. ``only`` keeps it to one row; ``claim`` names the browser that may go on.

    Each ``…_at`` is set once, by compare-and-set: of two windows at one step, one wins.
    """

    only = models.PositiveSmallIntegerField(default=1, unique=True)
    claim = models.CharField(max_length=64, blank=True)
    places_at = models.DateTimeField(null=True)
    named_at = models.DateTimeField(null=True)
    administrators_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="opening_one_row", condition=models.Q(only=1)),
            models.CheckConstraint(
                name="opening_is_finished_when_whole",
                condition=models.Q(finished_at__isnull=True)
                | models.Q(places_at__isnull=False, administrators_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return "首次开通"


class Rehearsal(Record):
    """A rehearsal of this house: a house of its own in ``folder``, wiped whole in the end; its record stays.

    ``is_here`` marks the one row of the same id inside the rehearsal: only a house that holds it is wiped.
    ``wiped`` tells how many rows of each table went.
    """

    name = models.CharField(max_length=40)
    folder = models.CharField(max_length=400)
    is_here = models.BooleanField(default=False)
    begun_at = models.DateTimeField()
    begun_by = models.CharField(max_length=80)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=80, blank=True)
    wiped = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="opening_one_rehearsal_here", fields=["is_here"], condition=models.Q(is_here=True)
            ),
            models.CheckConstraint(
                name="opening_somebody_ends_a_rehearsal",
                condition=models.Q(ended_at__isnull=True, ended_by="") | models.Q(ended_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def rows_wiped(self) -> int:
        """How many rows went."""
        return sum(self.wiped.values())
