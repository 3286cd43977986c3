"""A brochure that two people may edit and that comes in lists: the playground of the interface."""

from django.db import models

from linli.kernel.refs.record import Record


class Brochure(Record):
    """``title`` is indexed; ``note`` is not; ``day`` may be empty."""

    title = models.CharField("标题", max_length=60, db_index=True)
    text = models.TextField("正文", blank=True)
    kind = models.CharField("类别", max_length=10, default="a")
    note = models.CharField(max_length=60, blank=True)
    day = models.DateField(null=True, db_index=True)
    version = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.title
