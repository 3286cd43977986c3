"""What everybody may read of a need in words: redacted, and read by a person before anybody else."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models.need import Need
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor

LONGEST_PUBLIC = 1_000


class PublicText(Record):
    """The words of a need on the portal and in Open311. ``checked_by`` read them; withdrawn, they are gone."""

    need = models.OneToOneField(Need, models.CASCADE, related_name="public_text")
    text = models.TextField(_("what everybody may read"), max_length=LONGEST_PUBLIC)
    checked_by = models.UUIDField(editable=False)
    shown_at = models.DateTimeField(_("shown since"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="needs_what_is_public_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return self.need.number

    @property
    def anchor(self) -> Anchor:
        return self.need.anchor
