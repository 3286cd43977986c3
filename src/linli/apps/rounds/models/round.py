"""A round: one intake of a programme with its dated phases, the communities it is for and its recorded opening."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.apps.places.models import Place
from linli.apps.rounds.models.programme import Programme, ProgrammeWord
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class RoundKind(models.TextChoices):
    BATCH = "batch", _("Batch")
    ROLLING = "rolling", _("Rolling intake")
    MIDYEAR = "midyear", _("Addition in mid-year")
    RECALL = "recall", _("Recall of an earlier round")


class RoundState(models.TextChoices):
    DRAFTED = "drafted", _("Being set up")
    OPEN = "open", _("Running")
    CLOSED = "closed", _("Closed")


class Round(Record):
    """One intake of a programme.

    ``template`` names the data it was set up from; its phases are rows afterwards. ``base`` is the round a mid-year
    addition or a recall belongs to, ``previous`` the one of the year before. ``numbers`` counts the proposals handed
    in and is taken by UPDATE, so that two who hand in at once are counted one after the other. A sealed round shows
    no proposal before ``unsealed_at``.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="rounds", verbose_name=_("programme"))
    place = models.ForeignKey(Place, models.PROTECT, related_name="rounds", verbose_name=_("run by"))
    template = models.CharField(_("template"), max_length=24)
    title = models.CharField(_("title"), max_length=120)
    kind = models.CharField(_("kind"), max_length=12, choices=RoundKind, default=RoundKind.BATCH)
    year = models.PositiveSmallIntegerField(_("year"), db_index=True)
    number = models.PositiveSmallIntegerField(_("number within the year"))
    state = models.CharField(_("state"), max_length=12, choices=RoundState, default=RoundState.DRAFTED, db_index=True)
    source = models.ForeignKey(
        ProgrammeWord, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("source of money")
    )
    call = models.TextField(_("what the call says"), max_length=4000, blank=True)
    contact = models.CharField(_("who answers questions"), max_length=120, blank=True)
    requires = models.JSONField(default=list)
    offices = models.JSONField(default=list)
    is_sealed = models.BooleanField(_("sealed until the opening"), default=False)
    unsealed_at = models.DateTimeField(null=True, blank=True)
    base = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="additions")
    previous = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="next")
    numbers = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["-year", "-number", "id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["year", "number", "id"])]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["place", "year", "number"], name="rounds_one_number_a_year"),
            models.CheckConstraint(name="rounds_in_a_year", condition=models.Q(year__gte=2000, year__lte=2199)),
            models.CheckConstraint(
                name="rounds_a_recall_belongs_to_a_round",
                condition=~models.Q(kind__in=("recall", "midyear")) | models.Q(base__isnull=False),
            ),
            models.CheckConstraint(
                name="rounds_only_what_is_sealed_is_unsealed",
                condition=models.Q(is_sealed=True) | models.Q(unsealed_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.place_id)

    @property
    def is_closed_to_readers(self) -> bool:
        """Whether its proposals are still sealed."""
        return self.is_sealed and self.unsealed_at is None


class RoundCommunity(Record):
    """A community a round is for; a round without any is for all below its place."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="communities")
    community = models.ForeignKey(Place, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["round", "community"], name="rounds_a_community_once"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} > {self.community_id}"


class Phase(Record):
    """A phase of a round: from ``opens_at`` until before ``closes_at`` it opens the doors named in ``opens``.

    A phase without dates opens nothing; one without an end stays open. A skipped one says why.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="phases")
    order = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=24)
    title = models.CharField(_("phase"), max_length=40)
    opens = models.JSONField(default=list)
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    skipped = models.CharField(_("why it is left out"), max_length=120, blank=True)

    class Meta:
        ordering = ["order", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["round", "order"], name="rounds_one_phase_a_step"),
            models.CheckConstraint(
                name="rounds_a_phase_closes_after_it_opens",
                condition=models.Q(closes_at__isnull=True)
                | models.Q(opens_at__isnull=False, closes_at__gt=models.F("opens_at")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def anchor(self) -> Anchor:
        return self.round.anchor

    def is_open(self, at: datetime) -> bool:
        """Whether it runs at the moment ``at``."""
        if self.skipped or self.opens_at is None or at < self.opens_at:
            return False
        return self.closes_at is None or at < self.closes_at


class Opening(Record):
    """The recorded opening of a sealed round by two people; ``counted`` is how many lay there."""

    round = models.OneToOneField(Round, models.PROTECT, related_name="opening")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    witness = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField(null=True, blank=True)
    where = models.CharField(_("where"), max_length=120)
    counted = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="rounds_two_people_open",
                condition=models.Q(witness__isnull=True) | ~models.Q(witness=models.F("opened_by")),
            ),
            models.CheckConstraint(
                name="rounds_opened_with_a_witness",
                condition=models.Q(witness__isnull=True, opened_at__isnull=True, counted__isnull=True)
                | models.Q(witness__isnull=False, opened_at__isnull=False, counted__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} @ {self.opened_at}"

    @property
    def anchor(self) -> Anchor:
        return self.round.anchor
