"""The residents' choice of a round (居民评选): what may be chosen, by whom it is admitted, what was counted.

No row here joins a voter to a choice: ballots lie in a secret box of the kernel, which keeps who took part in a table
of its own; slips of a secret purpose belong to nobody; nothing of a ballot carries a time.
"""

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.apps.places.models import Building, Place
from linli.apps.rounds.models.proposal import Proposal
from linli.apps.rounds.models.round import Phase, Round
from linli.kernel.money import MoneyField
from linli.kernel.privacy import SecretRow
from linli.kernel.privacy.models import SecretBox
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor

MOST_SHARE = 30
"""Per cent of the score a decision may give to the residents' choice (rules, Part 3.1)."""


class BallotKind(models.TextChoices):
    APPROVAL = "approval", _("Each picks some projects")
    POINTS = "points", _("Each divides points among the projects")


class Admission(models.TextChoices):
    SLIP = "slip", _("By a one-time slip that belongs to nobody")
    ROSTER = "roster", _("By the roster: whoever was proved in person or matched")


class ChoiceState(models.TextChoices):
    DRAFTED = "drafted", _("Being prepared")
    OPEN = "open", _("Ballots are taken")
    CLOSED = "closed", _("Counted")
    PUBLISHED = "published", _("Made public")


class ResidentsChoice(Record):
    """One a round, in a phase of its own. ``most``: picks on a ballot, or the points a ballot divides.

    ``eligible`` is counted when it closes: slips issued, or residents on the roster of at least ``least_age``.
    ``handed_out`` counts papers given out, ``typed_in`` those counted; never more are counted than were given out.
    ``pot`` is the sum the ``.pb`` file names (0: what all projects ask for). ``anomalies`` are figures without names,
    written when it closes; ``origin`` names the file of a choice that was held elsewhere.
    """

    round = models.OneToOneField(Round, models.PROTECT, related_name="choice")
    phase = models.ForeignKey(Phase, models.PROTECT, related_name="+")
    kind = models.CharField(_("kind of ballot"), max_length=8, choices=BallotKind)
    most = models.PositiveSmallIntegerField(_("most on one ballot"))
    admission = models.CharField(_("who is admitted"), max_length=8, choices=Admission)
    least_age = models.PositiveSmallIntegerField(_("least age"), default=18)
    from_hour = models.PositiveSmallIntegerField(_("usual hours from"), default=6)
    to_hour = models.PositiveSmallIntegerField(_("usual hours to"), default=22)
    pot = MoneyField(_("to be divided"), default=0)
    state = models.CharField(_("state"), max_length=10, choices=ChoiceState, default=ChoiceState.DRAFTED)
    box = models.OneToOneField(SecretBox, models.PROTECT, null=True, blank=True, related_name="+")
    eligible = models.PositiveIntegerField(null=True, blank=True)
    cast = models.PositiveIntegerField(null=True, blank=True)
    handed_out = models.PositiveIntegerField(default=0)
    typed_in = models.PositiveIntegerField(default=0)
    anomalies = models.JSONField(default=list)
    origin = models.CharField(max_length=160, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="rounds_a_choice_allows_some", condition=models.Q(most__gte=1)),
            models.CheckConstraint(
                name="rounds_no_more_papers_than_handed_out", condition=models.Q(typed_in__lte=models.F("handed_out"))
            ),
            models.CheckConstraint(
                name="rounds_a_choice_is_counted_when_closed",
                condition=models.Q(state__in=("closed", "published"), cast__isnull=False, eligible__isnull=False)
                | models.Q(state__in=("drafted", "open"), cast__isnull=True, eligible__isnull=True),
            ),
            models.CheckConstraint(
                name="rounds_hours_of_a_day", condition=models.Q(from_hour__lt=models.F("to_hour"), to_hour__lte=24)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round}"

    @property
    def anchor(self) -> Anchor:
        return self.round.anchor

    @property
    def share(self) -> Decimal:
        """Which part of the score it makes, in per cent; 0 = for reference."""
        decided = getattr(self, "decided", None)
        return Decimal(0) if decided is None else decided.share

    @property
    def is_counted(self) -> bool:
        """Whether it may be known what was chosen."""
        return self.state in (ChoiceState.CLOSED, ChoiceState.PUBLISHED)


class ChoiceShare(Record):
    """What a decision before the opening said: ``share`` per cent of the score. Without one it is for reference."""

    choice = models.OneToOneField(ResidentsChoice, models.CASCADE, related_name="decided")
    share = models.DecimalField(_("part of the score in per cent"), max_digits=4, decimal_places=2)
    body = models.CharField(_("who decided"), max_length=80)
    held_on = models.DateField(_("day"))
    minutes_number = models.CharField(_("number of the minutes"), max_length=60)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="rounds_a_choice_counts_at_most_thirty",
                condition=models.Q(share__gt=0, share__lte=MOST_SHARE),
            ),
            models.CheckConstraint(
                name="rounds_a_share_has_its_grounds", condition=~models.Q(body="") & ~models.Q(minutes_number="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.share}% {self.minutes_number}"


class ChoiceProject(Record):
    """One project on the ballot, under its number. ``votes`` and ``points`` are empty until the choice is counted."""

    choice = models.ForeignKey(ResidentsChoice, models.CASCADE, related_name="projects")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    asked = MoneyField(_("asked for"))
    votes = models.PositiveIntegerField(_("votes"), null=True, blank=True)
    points = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["choice", "number"], name="rounds_one_number_on_a_ballot"),
            models.UniqueConstraint(fields=["choice", "proposal"], name="rounds_once_on_a_ballot"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.proposal_id}"


class SlipBatch(Record):
    """Slips printed together for one community or building; ``roll`` is how many the roster has there."""

    choice = models.ForeignKey(ResidentsChoice, models.CASCADE, related_name="batches")
    number = models.PositiveSmallIntegerField()
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("community"))
    building = models.ForeignKey(Building, models.PROTECT, null=True, blank=True, related_name="+")
    count = models.PositiveIntegerField(_("how many"))
    roll = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["choice", "number"], name="rounds_one_number_a_batch"),
        ]

    def __str__(self) -> str:
        return f"{self.number}"

    @property
    def purpose(self) -> str:
        """What its slips are issued for."""
        return f"rounds.choice:{self.choice_id.hex}:{self.number}"


class PaperVoter(SecretRow):
    """That somebody of the roster was given a paper, and nothing else; the paper bears no name."""

    choice = models.ForeignKey(ResidentsChoice, models.CASCADE, related_name="+")
    participant = models.UUIDField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["choice", "participant"], name="rounds_one_paper_a_person"),
        ]

    def __str__(self) -> str:
        return str(self.participant)


class TypedBallot(Record):
    """One of two typings of a paper; ``number`` was written on it after the box was emptied.

    What was typed is forgotten once the paper is counted.
    """

    choice = models.ForeignKey(ResidentsChoice, models.CASCADE, related_name="typings")
    number = models.PositiveIntegerField()
    turn = models.PositiveSmallIntegerField()
    content = models.CharField(max_length=800, blank=True)
    is_counted = models.BooleanField(default=False)
    typist = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number", "turn"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["choice", "number", "turn"], name="rounds_a_paper_typed_twice"),
            models.UniqueConstraint(fields=["choice", "number", "typist"], name="rounds_a_paper_typed_by_two"),
            models.CheckConstraint(name="rounds_two_typings", condition=models.Q(turn__in=(1, 2))),
            models.CheckConstraint(
                name="rounds_a_counted_paper_is_forgotten", condition=models.Q(is_counted=False) | models.Q(content="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}/{self.turn}"


class ChoiceCount(SecretRow):
    """How many ballots came in ten minutes by one batch, by one device (a keyed hash), or out of hours.

    Figures for the supervisor; they become ``anomalies`` and are dropped when the choice is closed.
    """

    choice = models.ForeignKey(ResidentsChoice, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12)
    key = models.CharField(max_length=64)
    window = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["choice", "kind", "key", "window"], name="rounds_one_count_a_window"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.count}"


class ElsewhereFile(Record):
    """The ``.pb`` file of a choice held elsewhere; ``names``: which proposal each of its ids is, once taken over."""

    choice = models.OneToOneField(ResidentsChoice, models.CASCADE, related_name="elsewhere")
    name = models.CharField(max_length=160)
    content = models.TextField()
    names = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.name
