"""An errand somebody takes and brings to an end: the smallest thing with a life of its own."""

from django.db import models

from linli.kernel.refs.record import Record


class Errand(Record):
    class State(models.TextChoices):
        OPEN = "open", "待领"
        TAKEN = "taken", "已领"
        DONE = "done", "已完成"

    title = models.CharField(max_length=80)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    taken_by = models.CharField(max_length=40, blank=True)
    street = models.UUIDField(null=True)
    version = models.IntegerField(default=1)

    def __str__(self) -> str:
        return self.title
