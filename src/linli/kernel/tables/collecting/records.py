"""A collection and its units: who owes a form, what came back, and where it stands."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.kernel.refs import Ref
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class UnitState(models.TextChoices):
    WAITING = "waiting", _("to be handed in")
    RETURNED = "returned", _("came in")
    ATTACHED = "attached", _("came in, to be typed")
    ACCEPTED = "accepted", _("accepted")
    SENT_BACK = "sent_back", _("sent back")


OWED = (UnitState.WAITING, UnitState.SENT_BACK)
"""The unit must do something."""
TO_CHECK = (UnitState.RETURNED, UnitState.ATTACHED)
"""Whoever collects must do something."""


class Collection(Record):
    """One form asked of many units by a moment; ``about`` is the record it was opened for, if any."""

    form = models.CharField(max_length=80)
    title = models.CharField(max_length=120)
    note = models.CharField(max_length=600, blank=True)
    place_id = models.UUIDField()
    about_kind = models.CharField(max_length=80, blank=True)
    about_id = models.UUIDField(null=True)
    opened_by = models.UUIDField(null=True)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(db_index=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["place_id", "-id"], name="tables_collections_of")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(due_at__gt=models.F("opened_at")), name="tables_collection_due_after_opening"
            ),
            models.CheckConstraint(
                condition=models.Q(about_kind="", about_id__isnull=True)
                | ~models.Q(about_kind="") & models.Q(about_id__isnull=False),
                name="tables_collection_about_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.place_id)

    @property
    def about(self) -> Ref | None:
        return Ref(self.about_kind, self.about_id) if self.about_id else None


class CollectionUnit(Record):
    """One unit's form: ``code`` is printed on it and finds it again; ``values`` and ``grids`` are what was read."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="units")
    label = models.CharField(max_length=120)
    code = models.CharField(max_length=8, unique=True)
    place_id = models.UUIDField(null=True)
    organization_id = models.UUIDField(null=True)
    state = models.CharField(max_length=12, choices=UnitState.choices, default=UnitState.WAITING)
    file_id = models.UUIDField(null=True)
    file_name = models.CharField(max_length=200, blank=True)
    values = models.JSONField(default=dict)
    grids = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    typed = models.BooleanField(default=False)
    returned_at = models.DateTimeField(null=True)
    returned_by = models.UUIDField(null=True)
    reason = models.CharField(max_length=600, blank=True)
    reminders = models.PositiveIntegerField(default=0)
    reminded_on = models.DateField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["place_id", "state"], name="tables_units_of_place"),
            models.Index(fields=["organization_id", "state"], name="tables_units_of_org"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["collection", "place_id"],
                condition=models.Q(organization_id__isnull=True),
                name="tables_place_once_a_collection",
            ),
            models.UniqueConstraint(
                fields=["collection", "organization_id"],
                condition=models.Q(organization_id__isnull=False),
                name="tables_org_once_a_collection",
            ),
            models.CheckConstraint(
                condition=models.Q(place_id__isnull=False) | models.Q(organization_id__isnull=False),
                name="tables_unit_is_somebody",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="accepted") | models.Q(problems=[]), name="tables_accepted_has_no_problem"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="sent_back") | ~models.Q(reason=""), name="tables_sent_back_says_why"
            ),
            models.CheckConstraint(
                condition=models.Q(state="waiting") | models.Q(returned_at__isnull=False),
                name="tables_what_came_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.place_id, organization=self.organization_id)
