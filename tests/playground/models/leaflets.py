"""Short texts that can be found: the playground of ``search``."""

from django.db import models

from linli.kernel.refs.record import Record


class Leaflet(Record):
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    for_everybody = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.title
