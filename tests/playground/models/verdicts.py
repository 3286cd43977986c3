"""A score of an entry by one version of a rubric: the playground of ``rubric``."""

from django.db import models

from linli.kernel.refs.record import Record


class Verdict(Record):
    version = models.ForeignKey("rubric.RubricVersion", models.PROTECT, db_constraint=False)
    """Tables without migrations are made before those with; hence no constraint in the database here."""
    marks = models.JSONField()
    total = models.DecimalField(max_digits=5, decimal_places=2)

    def __str__(self) -> str:
        return str(self.total)
