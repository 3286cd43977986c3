"""A stroke on a tally: how often something happened, for tests to count."""

from django.db import models

from linli.kernel.refs.record import Record


class Tally(Record):
    name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.name
