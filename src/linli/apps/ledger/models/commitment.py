"""Money promised to one record, on the grounds of another, out of one fund."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.apps.ledger.models.fund import NOTHING, Fund, Quota
from linli.kernel.money import MoneyField
from linli.kernel.refs import Ref
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class CommitmentState(models.TextChoices):
    OPEN = "open", _("In force")
    RELEASED = "released", _("Released")


class SpendingMode(models.TextChoices):
    """How money reaches whoever carries the work out."""

    REIMBURSE = "reimburse", _("Reimbursed against vouchers")
    DISBURSE = "disburse", _("Paid out in instalments")


class Commitment(Record):
    """``amount`` was promised; ``released`` of it went back into the fund, so ``binding`` counts against it.

    ``subject`` is what the money is for (a proposal, an order), ``grounds`` the decision it rests on: never empty.
    ``number`` is the fund's mark with ``serial``, which counts without gaps. ``mode``, ``begins_on`` and ``ends_on``
    are the terms under which it is spent, as the agreement says. ``first_lines`` is the budget before its first change
    (item → yuan as text), empty while it stands as it was.
    """

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="commitments", verbose_name=_("fund"))
    quota = models.ForeignKey(
        Quota, models.PROTECT, null=True, blank=True, related_name="commitments", verbose_name=_("quota")
    )
    serial = models.PositiveIntegerField()
    number = models.CharField(_("number"), max_length=32, db_index=True)
    title = models.CharField(_("what it is for"), max_length=160)
    bearer = models.CharField(_("carried out by"), max_length=160, blank=True)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    grounds_kind = models.CharField(max_length=60)
    grounds_id = models.UUIDField()
    amount = MoneyField(_("amount"))
    released = MoneyField(_("given back"), default=NOTHING)
    state = models.CharField(_("state"), max_length=10, choices=CommitmentState, default=CommitmentState.OPEN)
    committed_on = models.DateField(_("promised on"))
    mode = models.CharField(_("how it is paid"), max_length=10, choices=SpendingMode, default=SpendingMode.REIMBURSE)
    begins_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    first_lines = models.JSONField(default=dict, blank=True, editable=False)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["fund", "serial"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["subject_id", "subject_kind"]),
            models.Index(fields=["committed_on", "id"]),
            models.Index(fields=["state", "id"]),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["fund", "serial"], name="ledger_a_serial_once"),
            models.UniqueConstraint(
                name="ledger_one_open_commitment_for_a_thing",
                fields=["fund", "subject_kind", "subject_id"],
                condition=models.Q(state="open"),
            ),
            models.CheckConstraint(name="ledger_commitment_is_money", condition=models.Q(amount__gt=NOTHING)),
            models.CheckConstraint(
                name="ledger_gives_back_no_more_than_promised",
                condition=models.Q(released__gte=NOTHING, released__lte=models.F("amount")),
            ),
            models.CheckConstraint(
                name="ledger_released_gives_back",
                condition=models.Q(state="open", released=NOTHING) | models.Q(state="released", released__gt=NOTHING),
            ),
            models.CheckConstraint(
                name="ledger_commitment_has_subject_and_grounds",
                condition=~models.Q(subject_kind="") & ~models.Q(grounds_kind=""),
            ),
            models.CheckConstraint(
                name="ledger_spending_ends_after_it_begins",
                condition=models.Q(begins_on__isnull=True)
                | models.Q(ends_on__isnull=True)
                | models.Q(ends_on__gte=models.F("begins_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def anchor(self) -> Anchor:
        return self.fund.anchor

    @property
    def binding(self) -> Decimal:
        """What counts against the fund, in yuan."""
        return self.amount - self.released

    @property
    def subject(self) -> Ref:
        """What the money is for."""
        return Ref(self.subject_kind, self.subject_id)

    @property
    def grounds(self) -> Ref:
        """What the promise rests on."""
        return Ref(self.grounds_kind, self.grounds_id)


class BudgetLine(Record):
    """One line of the budget of a commitment; all lines of one sum to its amount."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="lines")
    number = models.PositiveSmallIntegerField()
    item = models.CharField(_("item"), max_length=80)
    basis = models.CharField(_("how it was reckoned"), max_length=200, blank=True)
    amount = MoneyField(_("amount"))

    class Meta:
        ordering = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["commitment", "number"], name="ledger_lines_are_numbered"),
            models.CheckConstraint(name="ledger_line_is_money", condition=models.Q(amount__gt=NOTHING)),
        ]

    def __str__(self) -> str:
        return self.item
