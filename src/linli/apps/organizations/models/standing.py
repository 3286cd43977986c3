"""What an organization is held to be, from when to when: grades, lists, qualifications, yearly checks."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations.kinds import standing_kinds, title_of
from linli.apps.organizations.models.history import ends_after_it_begins
from linli.apps.organizations.models.organization import Organization
from linli.kernel.refs import Ref
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class Standing(Record):
    """One value of one kind, until the day before ``valid_to``. Rows of one kind never overlap.

    ``source`` says where it stands written; ``source_kind`` and ``source_id`` point at the record it came from.
    """

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="standings")
    kind = models.CharField(_("kind"), max_length=24)
    value = models.CharField(_("grade or result"), max_length=24)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("expires on"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    source = models.CharField(_("source"), max_length=160)
    source_kind = models.CharField(max_length=60, blank=True)
    source_id = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ["kind", "-valid_from"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["kind", "value", "valid_from"])]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            ends_after_it_begins("organizations_standing_ends"),
            models.UniqueConstraint(
                fields=["organization", "kind", "valid_from"], name="organizations_one_start_a_kind"
            ),
            models.UniqueConstraint(
                fields=["organization", "kind"],
                condition=models.Q(valid_to__isnull=True),
                name="organizations_one_open_standing_a_kind",
            ),
            models.CheckConstraint(
                name="organizations_standing_points_or_not",
                condition=models.Q(source_kind="", source_id__isnull=True)
                | (~models.Q(source_kind="") & models.Q(source_id__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}：{self.value}"

    @property
    def anchor(self) -> Anchor:
        return self.organization.anchor

    @property
    def title(self) -> str:
        """The kind in the registry's words."""
        return title_of(standing_kinds(), self.kind)

    @property
    def source_ref(self) -> Ref | None:
        """The record this standing came from."""
        return Ref(self.source_kind, self.source_id) if self.source_id else None
