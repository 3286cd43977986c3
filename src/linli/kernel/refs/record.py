"""The ground of every table: a time-ordered key."""

from django.db import models

from linli.kernel.refs.keys import new_key


class Record(models.Model):
    """An ordinary row. Its key carries the time it was made; nothing else is assumed."""

    id = models.UUIDField(primary_key=True, default=new_key, editable=False)

    class Meta:
        abstract = True
