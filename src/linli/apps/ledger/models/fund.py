"""A pot of earmarked money of a street and a year: how its amount came about, what of it is set aside for whom."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.apps.ledger.kinds import source_title
from linli.apps.organizations.models import Organization
from linli.apps.places.models import Place
from linli.kernel.money import LimitRow, MoneyField
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor

NOTHING = Decimal(0)


class Fund(LimitRow):
    """``amount`` is the sum of its :class:`FundChange` rows, written together with them under its own lock.

    ``code`` begins the numbers of its commitments; a street gives each code once. ``version`` settles races.
    """

    street = models.ForeignKey(Place, models.PROTECT, related_name="funds", verbose_name=_("street"))
    code = models.CharField(_("short mark"), max_length=20)
    name = models.CharField(_("name"), max_length=80)
    year = models.PositiveSmallIntegerField(_("year"))
    source = models.CharField(_("source of the money"), max_length=24)
    amount = MoneyField(_("amount"))
    document = models.CharField(_("number of the paper"), max_length=80)
    opened_on = models.DateField(_("opened on"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    class Meta:
        ordering = ["-year", "name", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["year", "id"]),
            models.Index(fields=["name", "id"]),
            models.Index(fields=["street", "year"]),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["street", "code"], name="ledger_a_street_gives_a_mark_once"),
            models.CheckConstraint(name="ledger_fund_is_not_negative", condition=models.Q(amount__gte=NOTHING)),
            models.CheckConstraint(
                name="ledger_fund_closes_after_it_opens",
                condition=models.Q(closed_on__isnull=True) | models.Q(closed_on__gte=models.F("opened_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.name if self.name.startswith(f"{self.year}年") else f"{self.year}年{self.name}"

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.street_id)

    @property
    def source_title(self) -> str:
        """Where the money comes from, in the dictionary's words."""
        return source_title(self.source)


class FundChange(Record):
    """One step by which a fund got its amount: the first budget, money added, money taken back. Never changed."""

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="changes")
    amount = MoneyField(_("amount"))
    document = models.CharField(_("number of the paper"), max_length=80)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    on = models.DateField(_("day"))

    class Meta:
        ordering = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="ledger_change_is_not_nothing", condition=~models.Q(amount=NOTHING)),
        ]

    def __str__(self) -> str:
        return f"{self.fund}：{self.amount}"


class Quota(Record):
    """A part of a fund set aside for one place or one organization; nobody else can commit it."""

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="quotas")
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("place"))
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organization")
    )
    amount = MoneyField(_("amount"))

    class Meta:
        ordering = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["fund", "place"], name="ledger_one_quota_a_place"),
            models.UniqueConstraint(fields=["fund", "organization"], name="ledger_one_quota_an_organization"),
            models.CheckConstraint(name="ledger_quota_is_not_negative", condition=models.Q(amount__gte=NOTHING)),
            models.CheckConstraint(
                name="ledger_quota_is_for_one",
                condition=models.Q(place__isnull=False, organization__isnull=True)
                | models.Q(place__isnull=True, organization__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fund} · {self.holder}"

    @property
    def holder(self) -> Place | Organization:
        """Whose quota it is."""
        found = self.place or self.organization
        assert found is not None  # a constraint keeps it so
        return found

    @property
    def anchor(self) -> Anchor:
        return self.fund.anchor
