"""The street's own Word template of an agreement, by version; and the run of numbers of a street and year."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.apps.places.models import Place
from linli.kernel import money
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class AgreementTemplate(Record):
    """A checked Word file; the highest ``version`` of a street is the one in use. Rows are added, never changed."""

    street = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("street"))
    version = models.PositiveSmallIntegerField(_("version"))
    file_id = models.UUIDField(unique=True)
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField(_("added"))

    class Meta:
        ordering = ["-version"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["street", "version"], name="agreements_a_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.street}协议书模板第{self.version}版"

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.street_id)


class NumberRun(money.NumberRun):
    """The last number given in a street and year; taken under its own lock, so that there is no gap."""

    street = models.ForeignKey(Place, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["street", "year"], name="agreements_one_run_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.street_id} {self.year}: {self.last}"
