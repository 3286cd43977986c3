"""Projects of years before this house, and how they were scored, as the street's own tables tell them: history only."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.algorithms.marks import DROP, MEAN, TooFew, mean_of, rounded
from linli.apps.organizations.models import Organization
from linli.apps.places.models import Place
from linli.kernel.money import MoneyField
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor

NEAR = Decimal("0.01")
"""How far a figure of a table may lie from its marks: tables are rounded."""


class EarlierProject(Record):
    """A line of a project register kept in Excel. No deadline, task or money follows from it.

    ``bearer_name`` is as written; ``bearer`` stands where exactly one organization has that name. ``key`` is the
    number, or the title where the register gives none: by it a line is found again within its street and year.
    """

    street = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("street"))
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("community")
    )
    year = models.PositiveSmallIntegerField(_("year"), db_index=True)
    key = models.CharField(max_length=80)
    number = models.CharField(_("number"), max_length=60, blank=True)
    title = models.CharField(_("title of the project"), max_length=80)
    bearer_name = models.CharField(_("carried out by"), max_length=120, blank=True)
    bearer = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="earlier_projects",
        verbose_name=_("organization"),
    )  # fmt: skip
    kind = models.CharField(_("class"), max_length=40, blank=True)
    amount = MoneyField(  # type: ignore[misc]  # the stubs know no amount that may be missing
        _("amount"), null=True, blank=True
    )
    own = MoneyField(  # type: ignore[misc]  # same
        _("own contribution"), null=True, blank=True
    )
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=40, blank=True)
    grade = models.CharField(_("grade"), max_length=40, blank=True)
    score = models.DecimalField(_("score"), max_digits=6, decimal_places=2, null=True, blank=True)
    satisfaction = models.DecimalField(
        _("satisfaction in per cent"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    note = models.CharField(_("note"), max_length=600, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["-year", "key", "id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["title", "id"])]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["street", "year", "key"], name="projects_an_earlier_one_once"),
            models.CheckConstraint(
                name="projects_earlier_money_is_not_negative",
                condition=models.Q(amount__isnull=True) | models.Q(amount__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.place_id or self.street_id, organization=self.bearer_id)


class EarlierScore(Record):
    """How an earlier project was scored at one stage. ``marks`` are texts of decimals, in the order of the table's
    columns; whose they were is not kept. ``told`` is the figure of the table, which nothing here changes.
    """

    project = models.ForeignKey(EarlierProject, models.CASCADE, related_name="scores")
    stage = models.CharField(_("stage"), max_length=20)
    marks = models.JSONField(_("marks"), default=list)
    told = models.DecimalField(_("score"), max_digits=8, decimal_places=2, null=True, blank=True)
    rank = models.PositiveSmallIntegerField(_("rank"), null=True, blank=True)
    grade = models.CharField(_("grade"), max_length=40, blank=True)

    class Meta:
        ordering = ["project", "stage", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["project", "stage"], name="projects_a_stage_scored_once"),
        ]

    def __str__(self) -> str:
        return f"{self.stage} {self.told}"

    @property
    def mean(self) -> Decimal | None:
        """The plain mean of the marks, to two decimals."""
        return self._mean(MEAN)

    @property
    def trimmed(self) -> Decimal | None:
        """Without one highest and one lowest, from five marks on."""
        return self._mean(DROP)

    def _mean(self, rule: str) -> Decimal | None:
        try:
            return rounded(mean_of([Decimal(mark) for mark in self.marks], rule).value)
        except TooFew:
            return None

    @property
    def agrees(self) -> bool:
        """Whether the figure is what its marks give: their mean, with or without the extremes, or their sum."""
        if self.told is None or not self.marks:
            return True
        total = sum((Decimal(mark) for mark in self.marks), Decimal(0))
        return any(one is not None and abs(self.told - one) <= NEAR for one in (self.mean, self.trimmed, total))
