"""What is judged: an entry with its parties, the ties handed in with it, and what came out."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.apps.reviews.models.expert import Ground
from linli.apps.reviews.models.session import Panel, ReviewSession
from linli.kernel.refs import Ref
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class EntryState(models.TextChoices):
    WAITING = "waiting", _("Not called yet")
    SCORING = "scoring", _("Sheets open")
    COLLECTED = "collected", _("Sheets collected")
    REVEALED = "revealed", _("Revealed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Verdict(models.TextChoices):
    APPROVE = "approve", _("Approve")
    REVISE = "revise", _("Revise first")
    REFUSE = "refuse", _("Do not approve")


class Entry(Record):
    """One project or organization before one panel. ``subject`` is the record of the app that entered it.

    ``score`` and what was dropped are reckoned when the sheets are collected and anew after a correction; nobody but
    counter and supervisor reads them before the reveal. ``tie_order`` is the chair's recorded choice among equals.
    In a vote ``yes`` counts the first ballot and ``yes_again`` the second.
    """

    session = models.ForeignKey(ReviewSession, models.CASCADE, related_name="entries")
    panel = models.ForeignKey(Panel, models.SET_NULL, null=True, blank=True, related_name="entries")
    number = models.PositiveSmallIntegerField(_("number"))
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("title"), max_length=160)
    summary = models.TextField(_("summary"), max_length=2000, blank=True)
    presenter = models.CharField(_("presented by"), max_length=60, blank=True)
    subject_kind = models.CharField(max_length=80)
    subject_id = models.UUIDField()
    state = models.CharField(_("state"), max_length=12, choices=EntryState, default=EntryState.WAITING)
    ballot = models.PositiveSmallIntegerField(default=1)
    score = models.DecimalField(_("score"), max_digits=6, decimal_places=2, null=True, blank=True)
    highest = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    lowest = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    counted = models.PositiveSmallIntegerField(null=True, blank=True)
    yes = models.PositiveSmallIntegerField(null=True, blank=True)
    yes_again = models.PositiveSmallIntegerField(null=True, blank=True)
    verdict = models.CharField(_("verdict"), max_length=8, choices=Verdict, blank=True)
    verdict_reason = models.CharField(max_length=200, blank=True)
    rank = models.PositiveSmallIntegerField(_("rank"), null=True, blank=True)
    tied = models.BooleanField(default=False)
    tie_order = models.PositiveSmallIntegerField(null=True, blank=True)
    tie_reason = models.CharField(max_length=200, blank=True)
    collected_at = models.DateTimeField(null=True, blank=True)
    counter_id = models.UUIDField(null=True, blank=True)
    counter_name = models.CharField(max_length=60, blank=True)
    supervisor_id = models.UUIDField(null=True, blank=True)
    supervisor_name = models.CharField(max_length=60, blank=True)
    revealed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["position", "number", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["session", "position", "number", "id"]),
            models.Index(fields=["subject_kind", "subject_id"]),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["session", "number"], name="reviews_one_entry_of_a_number"),
            models.UniqueConstraint(
                fields=["session", "subject_kind", "subject_id"], name="reviews_a_subject_enters_once"
            ),
            models.CheckConstraint(
                name="reviews_counter_and_supervisor_are_two",
                condition=Q(counter_id__isnull=True)
                | Q(supervisor_id__isnull=True)
                | ~Q(counter_id=F("supervisor_id")),
            ),
            models.CheckConstraint(
                name="reviews_revealed_after_two_confirmed",
                condition=~Q(state=EntryState.REVEALED) | Q(counter_id__isnull=False, supervisor_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def anchor(self) -> Anchor:
        return self.session.anchor

    @property
    def subject(self) -> Ref:
        """The record of the app that entered it."""
        return Ref(self.subject_kind, self.subject_id)

    @property
    def is_confirmed(self) -> bool:
        """Whether counter and supervisor both stand behind the figure."""
        return self.counter_id is not None and self.supervisor_id is not None


class EntryParty(Record):
    """An organization, person or place that stands behind an entry, as it was called then."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="parties")
    ref_kind = models.CharField(max_length=80)
    ref_id = models.UUIDField()
    label = models.CharField(max_length=160)

    class Meta:
        ordering = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["entry", "ref_kind", "ref_id"], name="reviews_a_party_stands_once"),
        ]

    def __str__(self) -> str:
        return self.label


class EntryTie(Record):
    """A fact known higher up that ties an account, organization or place to an entry: who coached it, who served it."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="ties")
    ground = models.CharField(max_length=12, choices=Ground)
    ref_kind = models.CharField(max_length=80)
    ref_id = models.UUIDField()
    fact = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.get_ground_display()}"
