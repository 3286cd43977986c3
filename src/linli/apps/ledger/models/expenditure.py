"""What is spent of a commitment, by whom it is entered, and the papers that go with it."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.apps.ledger.kinds import expense_title
from linli.apps.ledger.models.commitment import BudgetLine, Commitment
from linli.apps.ledger.models.fund import NOTHING
from linli.apps.ledger.models.instalment import Payment
from linli.apps.organizations.models import Organization
from linli.apps.places.models import Place
from linli.kernel.money import MoneyField
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class Spender(Record):
    """An organization, or a community, that enters the spending of a commitment: whoever carries the work out."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="spenders")
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organization")
    )
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("place"))

    class Meta:
        ordering = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["commitment", "organization"], name="ledger_an_organization_spends_once"),
            models.UniqueConstraint(fields=["commitment", "place"], name="ledger_a_place_spends_once"),
            models.CheckConstraint(
                name="ledger_a_spender_is_one",
                condition=models.Q(place__isnull=False, organization__isnull=True)
                | models.Q(place__isnull=True, organization__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.holder)

    @property
    def holder(self) -> Place | Organization | None:
        """Whoever it is."""
        return self.place or self.organization

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.place_id, organization=self.organization_id)


class ExpenditureState(models.TextChoices):
    DRAFTED = "drafted", _("Being entered")
    SUBMITTED = "submitted", _("Handed in")
    CHECKED = "checked", _("Checked")
    APPROVED = "approved", _("Approved, to be paid")
    RETURNED = "returned", _("Sent back")
    PAID = "paid", _("Paid")


class PaidTo(models.TextChoices):
    PAYEE = "payee", _("the supplier")
    BEARER = "bearer", _("whoever carries it out and paid in advance")


class Expenditure(Record):
    """One spending of a commitment: ``amount`` for ``purpose`` to ``payee``, by ``kind`` of expense.

    Nobody approves what he entered or checked. ``payment`` is the treasury's, where it is reimbursed; where money was
    paid out in instalments before, ``receipt`` is the bank's. ``came_back`` was given
    back afterwards. ``noticed`` are the sentences its explanation answers.
    """

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="expenditures")
    spender = models.ForeignKey(Spender, models.PROTECT, null=True, blank=True, related_name="expenditures")
    line = models.ForeignKey(
        BudgetLine, models.SET_NULL, null=True, blank=True, related_name="expenditures", verbose_name=_("budget line")
    )
    serial = models.PositiveIntegerField()
    kind = models.CharField(_("kind of expense"), max_length=16)
    amount = MoneyField(_("amount"))
    purpose = models.CharField(_("what was bought, and what for"), max_length=200)
    spent_on = models.DateField(_("spent on"))
    payee = models.CharField(_("payee"), max_length=120)
    account = models.CharField(_("account of the payee"), max_length=120, blank=True)
    paid_to = models.CharField(_("the money goes to"), max_length=10, choices=PaidTo, default=PaidTo.PAYEE)
    heads = models.PositiveIntegerField(_("for how many people"), null=True, blank=True)
    explanation = models.CharField(_("explanation"), max_length=300, blank=True)
    noticed = models.JSONField(default=list, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=ExpenditureState, default=ExpenditureState.DRAFTED)
    drafted_by = models.UUIDField(null=True, editable=False)
    drafted_at = models.DateTimeField(_("entered at"))
    submitted_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    checked_by = models.UUIDField(null=True, editable=False)
    checked_at = models.DateTimeField(_("checked at"), null=True, blank=True)
    approved_by = models.UUIDField(null=True, editable=False)
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)
    returned_reason = models.CharField(_("why it was sent back"), max_length=200, blank=True)
    payment = models.ForeignKey(
        Payment, models.PROTECT, null=True, blank=True, related_name="expenditures", verbose_name=_("payment")
    )
    receipt = models.CharField(_("number of the receipt"), max_length=60, blank=True)
    paid_on = models.DateField(_("paid on"), null=True, blank=True)
    came_back = MoneyField(_("came back"), default=NOTHING)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-drafted_at", "-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["commitment", "state"]),
            models.Index(fields=["state", "id"]),
            models.Index(fields=["payee", "kind", "spent_on"]),
            models.Index(fields=["drafted_at", "id"]),
            models.Index(fields=["paid_on", "id"]),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["commitment", "serial"], name="ledger_expenditures_are_numbered"),
            models.CheckConstraint(name="ledger_expenditure_is_money", condition=models.Q(amount__gt=NOTHING)),
            models.CheckConstraint(
                name="ledger_no_more_comes_back_than_was_spent",
                condition=models.Q(came_back__gte=NOTHING, came_back__lte=models.F("amount")),
            ),
            models.CheckConstraint(
                name="ledger_paid_by_a_receipt",
                condition=models.Q(state="paid", paid_on__isnull=False) & ~models.Q(receipt="")
                | ~models.Q(state="paid") & models.Q(paid_on__isnull=True, receipt="", payment__isnull=True),
            ),
            models.CheckConstraint(
                name="ledger_two_hands_approve",
                condition=models.Q(approved_by__isnull=True)
                | models.Q(checked_by__isnull=True)
                | ~models.Q(approved_by=models.F("checked_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.purpose}"

    @property
    def number(self) -> str:
        """The number of the commitment with the own one."""
        return f"{self.commitment.number}-{self.serial:02d}"

    @property
    def kind_title(self) -> str:
        """The kind of expense, in the dictionary's words."""
        return expense_title(self.kind)

    @property
    def spent(self) -> Decimal:
        """What it cost after all, in yuan."""
        return self.amount - self.came_back

    @property
    def anchor(self) -> Anchor:
        street = self.commitment.anchor.place
        if self.spender is None:
            return Anchor(place=street)
        return Anchor(place=self.spender.place_id or street, organization=self.spender.organization_id)


class ExpenditurePaper(Record):
    """A paper that goes with an expenditure: which one of those its kind asks for, and the file.

    ``is_photo``: a picture taken in as a photo, so that it is shown where else it is used; ``file_id`` is its key then.
    """

    expenditure = models.ForeignKey(Expenditure, models.CASCADE, related_name="papers")
    paper = models.CharField(_("paper"), max_length=16)
    file_id = models.UUIDField()
    is_photo = models.BooleanField(default=False)
    name = models.CharField(_("name of the file"), max_length=200)

    class Meta:
        ordering = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["expenditure", "file_id"], name="ledger_a_file_goes_with_it_once"),
        ]

    def __str__(self) -> str:
        return self.name
