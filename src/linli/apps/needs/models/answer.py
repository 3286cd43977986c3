"""What the resident was told, in whose words, and what he said to it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models.need import Need
from linli.apps.places.models import Place
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class AnswerKind(models.TextChoices):
    FIRST_RESULT = "first_result", _("First result")
    PARTIAL = "partial", _("Report in between")
    FINAL = "final", _("Answer")


class Outcome(models.TextChoices):
    """What came of it; the templates of answers are bound to it."""

    SOLVED = "solved", _("Solved")
    PLANNED = "planned", _("Planned, with a day")
    EXPLAINED = "explained", _("Cannot be done, explained")
    PASSED_ON = "passed_on", _("Belongs to another office, passed on")


class Way(models.TextChoices):
    """The five ways of giving feedback (E54)."""

    RUNNING = "running", _("While it is under way")
    SPECIAL = "special", _("On one subject")
    FOLLOWING = "following", _("Following it up")
    AT_DOOR = "at_door", _("At the door")
    ONLINE = "online", _("Online")


class Answer(Record):
    """One answer. A draft has no ``given_at``; ``ways`` are the names of :class:`Way`, parted by blanks."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="answers")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(_("kind"), max_length=12, choices=AnswerKind, default=AnswerKind.FINAL)
    outcome = models.CharField(_("what came of it"), max_length=10, choices=Outcome, blank=True)
    text = models.TextField(_("answer to the resident"), max_length=4000)
    official = models.TextField(_("answer in the fixed wording"), max_length=6000, blank=True)
    ways = models.CharField(_("ways of feedback"), max_length=60, blank=True)
    written_at = models.DateTimeField(_("written"))
    written_by = models.UUIDField(null=True, editable=False)
    given_at = models.DateTimeField(_("given"), null=True, blank=True)

    class Meta:
        ordering = ["need", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["need", "number"], name="needs_answers_are_numbered"),
            models.UniqueConstraint(
                fields=["need"], condition=Q(given_at__isnull=True), name="needs_one_draft_at_a_time"
            ),
            models.CheckConstraint(
                name="needs_a_given_answer_says_something",
                condition=Q(given_at__isnull=True) | ~Q(text="") & (~Q(kind="final") | ~Q(outcome="") & ~Q(ways="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need.number} #{self.number}"

    @property
    def anchor(self) -> Anchor:
        return self.need.anchor


class AnswerTemplate(Record):
    """A draft for an outcome. ``street`` empty: the house's own. Words in {braces} are filled from the need."""

    street = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField(_("what came of it"), max_length=10, choices=Outcome)
    title = models.CharField(_("title of the template"), max_length=60)
    text = models.TextField(_("answer to the resident"), max_length=4000)
    official = models.TextField(_("answer in the fixed wording"), max_length=6000, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["outcome", "title", "id"]

    def __str__(self) -> str:
        return self.title

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.street_id)


class Via(models.TextChoices):
    CODE = "code", _("With the code")
    PHONE = "phone", _("By telephone")
    PAPER = "paper", _("On paper")
    TICKET = "ticket", _("Call-back of 12345")


class Content(models.TextChoices):
    """How content somebody is."""

    SATISFIED = "satisfied", _("Satisfied")
    ACCEPTABLE = "acceptable", _("Acceptable")
    DISSATISFIED = "dissatisfied", _("Not satisfied")


class Verdict(Record):
    """What the resident said to an answer. Not reached: nothing else is said. ``is_official``: 12345 asked."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="verdicts")
    answer = models.ForeignKey(Answer, models.SET_NULL, null=True, blank=True, related_name="verdicts")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField(_("when"), db_index=True)
    via = models.CharField(_("asked how"), max_length=8, choices=Via)
    reached = models.BooleanField(_("reached"), default=True)
    solved = models.BooleanField(_("solved"), null=True, blank=True)
    satisfied = models.CharField(_("satisfied"), max_length=12, choices=Content, blank=True)
    reasons = models.TextField(_("why"), max_length=1000, blank=True)
    is_official = models.BooleanField(_("asked by 12345"), default=False)
    entered_by = models.UUIDField(null=True, editable=False)

    class Meta:
        ordering = ["need", "number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["need", "number"], name="needs_verdicts_are_numbered"),
            models.CheckConstraint(
                name="needs_who_was_not_reached_said_nothing",
                condition=Q(reached=True) | Q(solved__isnull=True, satisfied="", reasons=""),
            ),
            models.CheckConstraint(
                name="needs_official_verdicts_come_with_tickets", condition=Q(is_official=False) | Q(via="ticket")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need.number} #{self.number}"

    @property
    def anchor(self) -> Anchor:
        return self.need.anchor
