"""A poster that becomes public by check and sign-off, and a wish a resident hands in: the playground of publication."""

from django.db import models

from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class Poster(Record):
    """What hangs on the board of a place."""

    title = models.CharField(max_length=60)
    text = models.TextField(blank=True)
    place_id = models.UUIDField(null=True)

    def __str__(self) -> str:
        return self.title

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.place_id)


class Wish(Record):
    """A resident's own words; one check makes them public."""

    text = models.TextField()

    def __str__(self) -> str:
        return str(self.pk)
