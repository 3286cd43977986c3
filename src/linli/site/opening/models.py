"""The one row about how this house was opened; a house set up by the command line or the demo has none."""

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
