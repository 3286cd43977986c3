"""The closing review of a project: its file in sections, exceptions from the gate, the entry, the grade, an appeal."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.apps.activities.models import Activity, Signup
from linli.apps.projects.models.project import Project
from linli.apps.reviews.models import Entry, ReviewSession
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class ClosingState(models.TextChoices):
    DRAFT = "draft", _("Being written")
    SUBMITTED = "submitted", _("Handed in")
    ACCEPTED = "accepted", _("Accepted for the review")


class ClosingFile(Record):
    """What a project hands in at its end. Locked from its submission until it is sent back with a reason.

    ``users`` is how many people the project served, by which answers to the survey are measured. ``frozen`` holds
    the figures as they stood at the submission, ``digest`` the SHA-256 of everything that was handed in.
    """

    project = models.OneToOneField(Project, models.PROTECT, related_name="closing")
    state = models.CharField(_("state"), max_length=10, choices=ClosingState, default=ClosingState.DRAFT)
    users = models.PositiveIntegerField(_("people served"), null=True, blank=True)
    frozen = models.JSONField(default=dict, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    returned_reason = models.CharField(_("why it was sent back"), max_length=600, blank=True)
    opened_at = models.DateTimeField(_("opened"))
    submitted_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-opened_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="projects_what_is_handed_in_is_sealed",
                condition=models.Q(state="draft") | (models.Q(submitted_at__isnull=False) & ~models.Q(digest="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project}结项报告"

    @property
    def anchor(self) -> Anchor:
        return self.project.anchor


class ClosingSection(Record):
    """One section of a closing file; ``code`` is one of the six, or the extra word the round asked for."""

    closing = models.ForeignKey(ClosingFile, models.CASCADE, related_name="sections")
    code = models.CharField(max_length=24)
    title = models.CharField(_("section"), max_length=40)
    number = models.PositiveSmallIntegerField()
    text = models.TextField(_("text"), max_length=8000, blank=True)

    class Meta:
        ordering = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["closing", "code"], name="projects_a_section_once"),
        ]

    def __str__(self) -> str:
        return self.title


class Condition(models.TextChoices):
    INDICATORS = "indicators", _("Quantified indicators")
    SATISFACTION = "satisfaction", _("Satisfaction of those served")


class GateException(Record):
    """A project goes into the closing review although one condition is not met: who decided so, and why."""

    closing = models.ForeignKey(ClosingFile, models.CASCADE, related_name="exceptions")
    ground = models.CharField(_("condition of the review"), max_length=12, choices=Condition)
    reason = models.CharField(_("reason"), max_length=600)
    body = models.CharField(_("who decided"), max_length=80)
    minutes_number = models.CharField(_("number of the minutes"), max_length=60)
    decided_on = models.DateField(_("day"))

    class Meta:
        ordering = ["decided_on", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["closing", "ground"], name="projects_one_exception_a_condition"),
            models.CheckConstraint(
                name="projects_an_exception_was_decided",
                condition=~models.Q(reason="") & ~models.Q(body="") & ~models.Q(minutes_number=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_ground_display()}：{self.body} {self.minutes_number}"

    @property
    def anchor(self) -> Anchor:
        return self.closing.anchor


class ReviewEntry(Record):
    """The entry by which a closing file stands before a panel."""

    closing = models.ForeignKey(ClosingFile, models.PROTECT, related_name="entries")
    entry = models.OneToOneField(Entry, models.CASCADE, related_name="closing_entry")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.entry)

    @property
    def anchor(self) -> Anchor:
        return self.closing.anchor


class ReviewMeeting(Record):
    """The activity opened beside a closing review, where whoever attends is written down by his part (A08)."""

    session = models.OneToOneField(ReviewSession, models.PROTECT, related_name="closing_meeting")
    activity = models.OneToOneField(Activity, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.activity)

    @property
    def anchor(self) -> Anchor:
        return self.session.anchor


class MeetingPart(models.TextChoices):
    SECRETARY = "secretary", _("Secretary")
    DEPUTY = "deputy", _("Deputy secretary")
    PARTY_WORKER = "party_worker", _("Party worker")
    IMPLEMENTER = "implementer", _("Carries the project out")
    OTHER = "other", _("Others present")


class ReviewAttendee(Record):
    """In which part and for which unit somebody attends; name and arrival stand in the activity's list."""

    meeting = models.ForeignKey(ReviewMeeting, models.CASCADE, related_name="attendees")
    signup = models.OneToOneField(Signup, models.CASCADE, related_name="+")
    part = models.CharField(_("attends as"), max_length=12, choices=MeetingPart)
    unit = models.CharField(_("unit"), max_length=80)

    class Meta:
        ordering = ["part", "id"]

    def __str__(self) -> str:
        return f"{self.get_part_display()} {self.unit}"


class ClosingGrade(Record):
    """What the closing review gave: score, grade by the street's steps, factor for the next year.

    ``misuse`` sets the whole to zero whatever was scored. Rows are added: the one without ``ended_at`` stands.
    """

    closing = models.ForeignKey(ClosingFile, models.PROTECT, related_name="grades")
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, blank=True, related_name="+")
    scored = models.DecimalField(_("score of the review"), max_digits=6, decimal_places=2)
    score = models.DecimalField(_("score"), max_digits=6, decimal_places=2)
    letter = models.CharField(_("grade"), max_length=4)
    title = models.CharField(max_length=20)
    factor = models.DecimalField(_("factor"), max_digits=4, decimal_places=2)
    misuse = models.CharField(_("misuse that was found"), max_length=600, blank=True)
    grounds = models.CharField(_("what it rests on"), max_length=300)
    given_at = models.DateTimeField(_("given"))
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-given_at", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["closing"], condition=models.Q(ended_at__isnull=True), name="projects_one_grade_stands"
            ),
            models.CheckConstraint(name="projects_misuse_is_zero", condition=models.Q(misuse="") | models.Q(score=0)),
            models.CheckConstraint(
                name="projects_a_score_of_a_hundred",
                condition=models.Q(score__gte=0, score__lte=100, scored__gte=0, scored__lte=100),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter} {self.title}"

    @property
    def anchor(self) -> Anchor:
        return self.closing.anchor


class AppealState(models.TextChoices):
    OPEN = "open", _("Waits for an answer")
    UPHELD = "upheld", _("Upheld")
    REJECTED = "rejected", _("Grade stands")


class GradeAppeal(Record):
    """Whoever carried the project out asks to look at the grade again; once a grade, answered with a reason."""

    grade = models.OneToOneField(ClosingGrade, models.PROTECT, related_name="appeal")
    text = models.CharField(_("what is asked"), max_length=1000)
    state = models.CharField(_("state"), max_length=10, choices=AppealState, default=AppealState.OPEN)
    answer = models.CharField(_("answer"), max_length=1000, blank=True)
    asked_at = models.DateTimeField(_("asked"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="projects_an_appeal_is_answered_in_words", condition=models.Q(state="open") | ~models.Q(answer="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.grade}：{self.get_state_display()}"

    @property
    def anchor(self) -> Anchor:
        return self.grade.anchor
