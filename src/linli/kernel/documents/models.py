"""What came back from the office: the number a draft was given, and the scan with the seal."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.kernel.files.models import StoredFile
from linli.kernel.refs import Ref
from linli.kernel.refs.record import Record


class IssuedNumber(Record):
    """One paper of a record as it was issued. ``paper`` tells the papers of one record apart ("notice", "reply")."""

    kind = models.CharField(max_length=80)
    ref_id = models.UUIDField()
    paper = models.CharField(max_length=40)
    unit = models.CharField(_("issued by"), max_length=60)
    number = models.CharField(_("number of the paper"), max_length=40)
    issued_on = models.DateField(_("issued on"))
    scan = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("sealed scan"))
    recorded_by = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["issued_on", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="documents_one_number_a_paper", fields=["ref_id", "kind", "paper"]),
            models.UniqueConstraint(name="documents_a_number_is_given_once", fields=["number", "unit"]),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def ref(self) -> Ref:
        return Ref(self.kind, self.ref_id)


class IssuedCorrection(Record):
    """How an issued paper stood in the books before a mistyped number or day was put right, and why."""

    issued = models.ForeignKey(IssuedNumber, models.PROTECT, related_name="corrections")
    number = models.CharField(_("number of the paper"), max_length=40)
    issued_on = models.DateField(_("issued on"))
    reason = models.CharField(_("reason"), max_length=200)
    corrected_by = models.UUIDField(null=True)
    corrected_at = models.DateTimeField()

    class Meta:
        ordering = ["corrected_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="documents_corrected_for_a_reason", condition=~models.Q(reason="")),
        ]

    def __str__(self) -> str:
        return self.number
