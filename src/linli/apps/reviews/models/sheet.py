"""Score sheets, what was typed from paper, corrections with both figures kept, ballots, questions, fees."""

from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.apps.reviews.models.entry import Entry, Verdict
from linli.apps.reviews.models.seat import Seat
from linli.apps.reviews.models.session import Panel
from linli.kernel.money.columns import MoneyField
from linli.kernel.refs.record import Record
from linli.kernel.rubric.models import RubricVersion
from linli.kernel.scope import Anchor


class SheetSource(models.TextChoices):
    PHONE = "phone", _("Filled in on a device")
    PAPER = "paper", _("Typed from paper")


class ScoreSheet(Record):
    """What one judge says of one entry: marks by criterion (exact, as text), or an opinion; with a comment.

    ``handed_in_at`` empty: still in writing. ``key`` is the sender's own key of the last delivery, so that a sheet
    that arrives twice is taken once. The rubric's version stands beside the marks.
    """

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="sheets")
    seat = models.ForeignKey(Seat, models.CASCADE, related_name="sheets")
    rubric = models.ForeignKey(RubricVersion, models.PROTECT, null=True, blank=True, related_name="+")
    marks = models.JSONField(default=dict, blank=True)
    total = models.DecimalField(_("total"), max_digits=5, decimal_places=2, null=True, blank=True)
    opinion = models.CharField(_("opinion"), max_length=8, choices=Verdict, blank=True)
    comment = models.TextField(_("comment"), max_length=600, blank=True)
    source = models.CharField(max_length=8, choices=SheetSource, default=SheetSource.PHONE)
    key = models.UUIDField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    handed_in_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["entry", "seat"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["entry", "seat"], name="reviews_one_sheet_of_a_judge"),
            models.CheckConstraint(
                name="reviews_total_out_of_a_hundred", condition=Q(total__isnull=True) | Q(total__gte=0, total__lte=100)
            ),
            models.CheckConstraint(
                name="reviews_what_is_handed_in_says_something",
                condition=Q(handed_in_at__isnull=True) | Q(total__isnull=False) | ~Q(opinion=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat} / {self.entry}"

    @property
    def anchor(self) -> Anchor:
        return self.entry.anchor

    @property
    def session_id(self) -> UUID:
        return self.entry.session_id

    @property
    def panel_id(self) -> UUID | None:
        return self.entry.panel_id


class TypedSheet(Record):
    """One of two typings of a paper sheet, by two people who do not see each other's."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="typings")
    seat = models.ForeignKey(Seat, models.CASCADE, related_name="typings")
    turn = models.PositiveSmallIntegerField()
    marks = models.JSONField(default=dict, blank=True)
    opinion = models.CharField(max_length=8, choices=Verdict, blank=True)
    comment = models.TextField(_("comment"), max_length=600, blank=True)
    typist_id = models.UUIDField()
    typist_name = models.CharField(max_length=80)
    typed_at = models.DateTimeField()

    class Meta:
        ordering = ["turn"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["entry", "seat", "turn"], name="reviews_typed_twice"),
            models.UniqueConstraint(fields=["entry", "seat", "typist_id"], name="reviews_typed_by_two"),
            models.CheckConstraint(name="reviews_two_turns", condition=Q(turn__in=(1, 2))),
        ]

    def __str__(self) -> str:
        return f"{self.turn}"


class CorrectionState(models.TextChoices):
    ASKED = "asked", _("Waits for the supervisor")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")


class SheetCorrection(Record):
    """A change of a collected sheet: before, after, why, who asked, who of the supervisors decided. Both are kept."""

    sheet = models.ForeignKey(ScoreSheet, models.CASCADE, related_name="corrections")
    before = models.JSONField()
    after = models.JSONField()
    total_before = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    total_after = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200)
    state = models.CharField(_("state"), max_length=12, choices=CorrectionState, default=CorrectionState.ASKED)
    asked_by = models.CharField(max_length=80)
    asked_id = models.UUIDField(null=True)
    asked_at = models.DateTimeField()
    decided_by = models.CharField(max_length=80, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="reviews_one_open_correction", fields=["sheet"], condition=Q(state=CorrectionState.ASKED)
            ),
            models.CheckConstraint(name="reviews_correction_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return self.reason

    @property
    def anchor(self) -> Anchor:
        return self.sheet.anchor

    @property
    def session_id(self) -> UUID:
        return self.sheet.entry.session_id

    @property
    def panel_id(self) -> UUID | None:
        return self.sheet.entry.panel_id


class PanelBallot(Record):
    """What one judge voted in the first or second ballot of a panel; handed in once."""

    panel = models.ForeignKey(Panel, models.CASCADE, related_name="ballots")
    seat = models.ForeignKey(Seat, models.CASCADE, related_name="ballots")
    number = models.PositiveSmallIntegerField(default=1)
    handed_in_at = models.DateTimeField()

    class Meta:
        ordering = ["number", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["seat", "number"], name="reviews_one_ballot_of_a_judge"),
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class BallotPick(Record):
    """One entry on a ballot, with yes or no."""

    ballot = models.ForeignKey(PanelBallot, models.CASCADE, related_name="picks")
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="picks")
    yes = models.BooleanField()

    class Meta:
        ordering = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["ballot", "entry"], name="reviews_one_pick_of_an_entry"),
        ]

    def __str__(self) -> str:
        return str(self.yes)


class ReviewQuestion(Record):
    """A question put to an entry and what was answered (A06)."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="questions")
    asked_by = models.CharField(_("asked by"), max_length=80, blank=True)
    text = models.CharField(_("question"), max_length=400)
    answer = models.CharField(_("answer"), max_length=600, blank=True)
    asked_at = models.DateTimeField()

    class Meta:
        ordering = ["asked_at", "id"]

    def __str__(self) -> str:
        return self.text

    @property
    def anchor(self) -> Anchor:
        return self.entry.anchor


class FeeLine(Record):
    """What a judge is paid for a session: times × rate, less tax withheld. Seen by finance alone."""

    seat = models.OneToOneField(Seat, models.CASCADE, related_name="fee")
    times = models.PositiveSmallIntegerField(_("days or times"), default=1)
    rate = MoneyField(_("rate"))
    tax = MoneyField(_("tax withheld"), default=0)

    class Meta:
        ordering = ["seat"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="reviews_fee_is_not_negative", condition=Q(rate__gte=0, tax__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.net}"

    @property
    def anchor(self) -> Anchor:
        return self.seat.anchor

    @property
    def gross(self) -> Decimal:
        """Before tax."""
        return self.rate * self.times

    @property
    def net(self) -> Decimal:
        """What is paid out."""
        return self.gross - self.tax
