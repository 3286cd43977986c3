"""A plan to divide a fund among the proposals of a round: the rule, its knobs, and what each would get and why."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.apps.ledger.models import Fund
from linli.apps.rounds.models.proposal import Proposal
from linli.apps.rounds.models.round import Round
from linli.kernel.money import MoneyField
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class PlanRule(models.TextChoices):
    RANK = "rank", _("In order of rank, as asked for")
    TIERS = "tiers", _("Tiers by rank")
    SCORE = "score", _("In proportion to the score")
    RATE = "rate", _("The same part of what each asked for")
    BEST = "best", _("Best total score within the fund")
    VOTES = "votes", _("By the residents' votes")
    HAND = "hand", _("By hand")


class Method(models.TextChoices):
    """How residents' votes choose."""

    GREEDY = "greedy", _("Most votes first (greedy)")
    EQUAL_SHARES = "equal-shares", _("Equal shares: everybody has the same part of the fund")
    PHRAGMEN = "phragmen", _("Phragmén: whose supporters have saved enough first")


class Satisfaction(models.TextChoices):
    """What counts as a vote's worth."""

    COST = "cost", _("The money of what one voted for")
    CARDINALITY = "cardinality", _("The number of projects one voted for")
    POINTS = "points", _("The points one gave")


class Filling(models.TextChoices):
    """What equal shares do with money that is left."""

    NONE = "none", _("It stays in the fund")
    ADD1 = "add1", _("Everybody's part is raised until nothing more fits")
    GREEDY = "greedy", _("Most votes first, as long as it lasts")


class PlanState(models.TextChoices):
    SAVED = "saved", _("Saved")
    DECIDED = "decided", _("Decided")
    DROPPED = "dropped", _("Taken off the table")


class AllocationPlan(Record):
    """``pot`` is divided by ``rule`` with ``knobs``; ``left`` is what it leaves. The lines and ``left`` sum to the pot.

    ``facts`` is what the rule says of the whole: the best total and whether it is proven, how many voted.
    ``number`` counts the plans of a round. A decided plan never changes; ``version`` counts changes by hand before.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="plans")
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="+", verbose_name=_("fund"))
    number = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=80)
    rule = models.CharField(_("rule"), max_length=8, choices=PlanRule)
    knobs = models.JSONField(default=dict)
    facts = models.JSONField(default=dict)
    pot = MoneyField(_("to be divided"))
    left = MoneyField(_("left over"))
    state = models.CharField(_("state"), max_length=8, choices=PlanState, default=PlanState.SAVED)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["round", "number"], name="rounds_one_plan_a_number"),
            models.CheckConstraint(
                name="rounds_a_plan_leaves_nothing_below_zero",
                condition=models.Q(pot__gte=0, left__gte=0, left__lte=models.F("pot")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def anchor(self) -> Anchor:
        return self.round.anchor


class PlanLine(Record):
    """What one proposal would get, and why: ``why`` is a code, ``facts`` its figures; both become one sentence."""

    plan = models.ForeignKey(AllocationPlan, models.CASCADE, related_name="lines")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    score = models.DecimalField(_("score"), max_digits=6, decimal_places=2, null=True, blank=True)
    rank = models.PositiveSmallIntegerField(_("rank"), null=True, blank=True)
    votes = models.PositiveIntegerField(_("votes"), null=True, blank=True)
    asked = MoneyField(_("asked for"))
    amount = MoneyField(_("given"))
    resources = models.CharField(_("resources"), max_length=200, blank=True)
    why = models.CharField(max_length=24)
    facts = models.JSONField(default=dict)

    class Meta:
        ordering = ["position", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["plan", "proposal"], name="rounds_a_plan_names_a_proposal_once"),
            models.CheckConstraint(
                name="rounds_nobody_gets_more_than_asked",
                condition=models.Q(amount__gte=0, amount__lte=models.F("asked")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.position}"
