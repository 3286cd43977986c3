"""A review session, its panels and their timetable: what is judged, how, by which rule, in which order."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.apps.places.models import Place
from linli.kernel.refs.record import Record
from linli.kernel.rubric.models import RubricVersion
from linli.kernel.scope import Anchor


class Mode(models.TextChoices):
    MARKS = "marks", _("Marks")
    VOTE = "vote", _("Panel vote")
    OPINIONS = "opinions", _("Opinions only")


class VoteKind(models.TextChoices):
    PICKS = "picks", _("Each judge picks")
    YES_NO = "yes_no", _("Yes or no to each")


class TieRule(models.TextChoices):
    CHAIR = "chair", _("The chair decides on record")
    EQUAL = "equal", _("Equal rank")


class Purpose(models.TextChoices):
    PITCH = "pitch", _("Road-show review")
    MIDTERM = "midterm", _("Mid-term review")
    CLOSING = "closing", _("Closing review")
    CONTEST = "contest", _("Contest")
    OTHER = "other", _("Other review")


class SessionState(models.TextChoices):
    PREPARING = "preparing", _("In preparation")
    RUNNING = "running", _("Scoring")
    AWAY = "away", _("Out on a laptop")
    CLOSED = "closed", _("Review closed")
    CALLED_OFF = "called_off", _("Called off")


OPEN_SESSIONS = (SessionState.PREPARING, SessionState.RUNNING)


class ReviewSession(Record):
    """One review. ``rubric`` is the version marks are given by; it stands fast once scoring has started.

    ``tie_criteria`` are codes of the rubric in the order in which they part equal scores; then ``ties`` says what
    happens. ``group_weights`` gives groups of judges their weight ({"专家": "70", "居民代表": "30"}); empty: all count
    alike. ``ranks_across``: one ranking over all panels instead of one a panel. ``winners`` is how many a vote
    chooses, ``picks`` how many each judge may pick. A rehearsal is a copy that is forgotten in one verb.
    """

    title = models.CharField(_("title"), max_length=120)
    purpose = models.CharField(_("purpose"), max_length=12, choices=Purpose, default=Purpose.PITCH)
    place = models.ForeignKey(Place, models.PROTECT, related_name="review_sessions", verbose_name=_("held by"))
    venue = models.CharField(_("venue"), max_length=160, blank=True)
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    mode = models.CharField(_("way of judging"), max_length=12, choices=Mode, default=Mode.MARKS)
    rubric = models.ForeignKey(
        RubricVersion, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("rubric")
    )
    ties = models.CharField(_("equal scores"), max_length=8, choices=TieRule, default=TieRule.CHAIR)
    tie_criteria = models.JSONField(default=list, blank=True)
    group_weights = models.JSONField(default=dict, blank=True)
    ranks_across = models.BooleanField(_("one ranking over all panels"), default=False)
    vote_kind = models.CharField(_("kind of vote"), max_length=8, choices=VoteKind, blank=True)
    picks = models.PositiveSmallIntegerField(_("picks of each judge"), null=True, blank=True)
    winners = models.PositiveSmallIntegerField(_("to be chosen"), null=True, blank=True)
    talk_minutes = models.PositiveSmallIntegerField(_("minutes to talk"), default=8)
    question_minutes = models.PositiveSmallIntegerField(_("minutes for questions"), default=7)
    pass_mark = models.DecimalField(_("pass mark"), max_digits=5, decimal_places=2, null=True, blank=True)
    drop_from = models.PositiveSmallIntegerField(default=5)
    least_marks = models.PositiveSmallIntegerField(default=3)
    code = models.CharField(_("room code"), max_length=12, unique=True)
    state = models.CharField(_("state"), max_length=12, choices=SessionState, default=SessionState.PREPARING)
    version = models.PositiveIntegerField(default=1)
    rehearsal_of = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="rehearsals")
    made_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["-first_day", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["first_day", "id"]),
            models.Index(fields=["state", "first_day", "id"]),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="reviews_days_in_order", condition=Q(last_day__gte=F("first_day"))),
            models.CheckConstraint(
                name="reviews_marks_need_a_rubric",
                condition=Q(mode=Mode.MARKS, rubric__isnull=False) | (~Q(mode=Mode.MARKS) & Q(rubric__isnull=True)),
            ),
            models.CheckConstraint(
                name="reviews_a_vote_says_how",
                condition=(Q(mode=Mode.VOTE) & ~Q(vote_kind="")) | (~Q(mode=Mode.VOTE) & Q(vote_kind="")),
            ),
            models.CheckConstraint(
                name="reviews_picks_are_counted",
                condition=Q(vote_kind=VoteKind.PICKS, picks__gte=1, winners__gte=1)
                | (~Q(vote_kind=VoteKind.PICKS) & Q(picks__isnull=True, winners__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.place_id)

    @property
    def session_id(self) -> UUID:
        """Its own key, as its parts name it."""
        return self.pk

    @property
    def is_rehearsal(self) -> bool:
        """Whether this is a copy to practise on."""
        return self.rehearsal_of_id is not None


class Panel(Record):
    """One group of judges with the entries they judge, in one room.

    ``rule`` ("drop" or "mean") and ``fewest``, the smallest number of marks any entry can get, are fixed when scoring
    starts. ``seed`` draws the lots and is published. ``changes`` counts every change of what the room shows.
    """

    session = models.ForeignKey(ReviewSession, models.CASCADE, related_name="panels")
    name = models.CharField(_("panel"), max_length=40)
    position = models.PositiveSmallIntegerField(default=1)
    venue = models.CharField(_("room"), max_length=80, blank=True)
    rule = models.CharField(max_length=8, blank=True)
    fewest = models.PositiveSmallIntegerField(null=True, blank=True)
    fixed_at = models.DateTimeField(null=True, blank=True)
    seed = models.CharField(_("seed of the lots"), max_length=80, blank=True)
    drawn_at = models.DateTimeField(null=True, blank=True)
    current = models.ForeignKey("reviews.Entry", models.SET_NULL, null=True, blank=True, related_name="+")
    clock = models.CharField(max_length=12, blank=True)
    clock_from = models.DateTimeField(null=True, blank=True)
    clock_left = models.PositiveIntegerField(default=0)
    ballot = models.PositiveSmallIntegerField(default=1)
    changes = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["session", "name"], name="reviews_one_panel_of_a_name"),
            models.CheckConstraint(
                name="reviews_rule_is_fixed_on_a_day",
                condition=Q(rule="", fixed_at__isnull=True) | (~Q(rule="") & Q(fixed_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def anchor(self) -> Anchor:
        return self.session.anchor

    @property
    def panel_id(self) -> UUID:
        """Its own key, as its parts name it."""
        return self.pk

    def seconds_left(self, at: datetime) -> int:
        """What the running (or stopped) clock shows at a moment; below zero when the time is over."""
        spent = (at - self.clock_from).total_seconds() if self.clock_from else 0
        return int(self.clock_left - spent)


class PanelSlot(Record):
    """A time in a panel's timetable: for one entry, or a break with a title."""

    panel = models.ForeignKey(Panel, models.CASCADE, related_name="slots")
    day = models.DateField(_("day"))
    starts = models.TimeField(_("starts at"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    entry = models.OneToOneField("reviews.Entry", models.CASCADE, null=True, blank=True, related_name="slot")
    title = models.CharField(_("break"), max_length=60, blank=True)

    class Meta:
        ordering = ["day", "starts", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["panel", "day", "starts"], name="reviews_one_slot_at_a_time"),
            models.CheckConstraint(
                name="reviews_slot_is_for_an_entry_or_a_break",
                condition=Q(entry__isnull=False, title="") | (Q(entry__isnull=True) & ~Q(title="")),
            ),
            models.CheckConstraint(name="reviews_slot_lasts", condition=Q(minutes__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.starts}"
