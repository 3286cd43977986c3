"""What was decided on a round: who decided, when, by which minutes; line by line; and the awards that stand on it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.apps.ledger.models import Commitment, Fund
from linli.apps.rounds.models.plan import AllocationPlan
from linli.apps.rounds.models.proposal import Proposal
from linli.apps.rounds.models.round import Round
from linli.kernel.money import MoneyField
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class Decision(Record):
    """A sitting's decision on a round. ``plan`` is the one it made binding; a later change has none.

    ``number`` counts the decisions of a round. A decision never changes: another one changes what it said.
    ``shown_at`` is when its public notice was concluded; then agreements follow.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="decisions")
    plan = models.OneToOneField(
        AllocationPlan, models.PROTECT, null=True, blank=True, related_name="decision", verbose_name=_("plan")
    )
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="+", verbose_name=_("fund"))
    number = models.PositiveSmallIntegerField()
    body = models.CharField(_("who decided"), max_length=80)
    held_on = models.DateField(_("day"))
    minutes_number = models.CharField(_("number of the minutes"), max_length=60)
    present = models.CharField(_("present"), max_length=400)
    recused = models.CharField(_("recused"), max_length=400, blank=True)
    note = models.CharField(_("note"), max_length=600, blank=True)
    has_scan = models.BooleanField(default=False)
    shown_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["round", "number"], name="rounds_one_decision_a_number"),
            models.CheckConstraint(
                name="rounds_a_decision_has_body_and_minutes",
                condition=~models.Q(body="") & ~models.Q(minutes_number="") & ~models.Q(present=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.minutes_number}"

    @property
    def anchor(self) -> Anchor:
        return self.round.anchor


class LineKind(models.TextChoices):
    AWARD = "award", _("Supported")
    CHANGE = "change", _("Amount changed")
    TAKE_BACK = "take_back", _("Support taken back")
    REFUSE = "refuse", _("Not supported")


class DecisionLine(Record):
    """What a decision says of one proposal: amounts before and after in yuan, the reason in a sentence."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="lines")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="decision_lines")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("decided"), max_length=10, choices=LineKind)
    before = MoneyField(_("before"), default=0)
    amount = MoneyField(_("amount"), default=0)
    resources = models.CharField(_("resources"), max_length=200, blank=True)
    reason = models.CharField(_("reason"), max_length=600)

    class Meta:
        ordering = ["position", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["decision", "proposal"], name="rounds_one_line_a_proposal"),
            models.CheckConstraint(
                name="rounds_a_line_says_what_it_does",
                condition=models.Q(kind="award", before=0, amount__gt=0)
                | models.Q(kind="change", before__gt=0, amount__gt=0)
                | models.Q(kind="take_back", before__gt=0, amount=0)
                | models.Q(kind="refuse", before=0, amount=0),
            ),
            models.CheckConstraint(name="rounds_a_line_has_a_reason", condition=~models.Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.proposal_id}"


class Award(Record):
    """Support for one proposal, as the last line about it says; there is none without a line of a decision.

    ``ended_by`` is the line that took it back or changed its amount: then another award may stand. ``contested``
    says which objection was upheld: nothing is signed until a decision answers it.
    """

    line = models.OneToOneField(DecisionLine, models.PROTECT, related_name="award")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="awards")
    amount = MoneyField(_("amount"))
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="+")
    ended_by = models.OneToOneField(DecisionLine, models.PROTECT, null=True, blank=True, related_name="ended")
    contested = models.CharField(_("upheld objection"), max_length=300, blank=True)

    class Meta:
        ordering = ["line__position", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["proposal"], condition=models.Q(ended_by__isnull=True), name="rounds_one_award_stands"
            ),
            models.CheckConstraint(name="rounds_an_award_is_money", condition=models.Q(amount__gt=0)),
            models.CheckConstraint(
                name="rounds_no_line_ends_its_own_award",
                condition=models.Q(ended_by__isnull=True) | ~models.Q(ended_by=models.F("line")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal}"

    @property
    def anchor(self) -> Anchor:
        return self.proposal.anchor
