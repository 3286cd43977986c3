"""The stars of a year: the round with the formula it is reckoned by, each organization's rating, what is objected."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.apps.incubation.models.month import Objection
from linli.apps.incubation.rubric import Formula, StarLine
from linli.apps.organizations.models import Organization
from linli.apps.places.models import Place
from linli.apps.publicity.models import PublicNotice
from linli.apps.reviews.models import ReviewSession
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class StarState(models.TextChoices):
    DRAFTED = "drafted", _("Being reckoned")
    SHOWN = "shown", _("Shown, open to objection")
    NOTICED = "noticed", _("In public notice")
    FINAL = "final", _("Stars given")


class StarRound(Record):
    """The stars of one street and year. The figures of the formula are kept with it: a later setting changes nothing.

    ``session`` is the review in which the organizations report and are rated; ``notice`` the public notice of the list.
    """

    street = models.ForeignKey(Place, models.PROTECT, related_name="star_rounds", verbose_name=_("street"))
    year = models.PositiveSmallIntegerField(_("year"))
    formula = models.CharField(_("version of the formula"), max_length=12)
    months_share = models.PositiveSmallIntegerField(_("share of the months in per cent"))
    least_months = models.PositiveSmallIntegerField(_("fewest settled months"))
    party_least = models.DecimalField(_("line of Party work"), max_digits=3, decimal_places=2)
    five = models.DecimalField(_("points for five stars"), max_digits=5, decimal_places=2)
    four = models.DecimalField(_("points for four stars"), max_digits=5, decimal_places=2)
    three = models.DecimalField(_("points for three stars"), max_digits=5, decimal_places=2)
    session = models.ForeignKey(ReviewSession, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=StarState, default=StarState.DRAFTED)
    opened_at = models.DateTimeField(_("opened"))
    shown_at = models.DateTimeField(_("shown to the organizations"), null=True, blank=True)
    objection_until = models.DateTimeField(_("objection until"), null=True, blank=True)
    notice = models.ForeignKey(PublicNotice, models.PROTECT, null=True, blank=True, related_name="+")
    final_at = models.DateTimeField(_("stars given"), null=True, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("expires on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["-year", "street"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["street", "year"], name="incubation_stars_once_a_year"),
            models.CheckConstraint(
                name="incubation_star_lines_rise",
                condition=Q(three__lt=models.F("four"), four__lt=models.F("five"), months_share__lte=100),
            ),
            models.CheckConstraint(
                name="incubation_stars_are_shown_with_a_last_day",
                condition=Q(state="drafted") | Q(objection_until__isnull=False),
            ),
            models.CheckConstraint(
                name="incubation_given_stars_hold_from_to",
                condition=~Q(state="final") | Q(valid_from__isnull=False, valid_to__gt=models.F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.street} {self.year}"

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.street_id)

    @property
    def numbers(self) -> Formula:
        """The formula as it was when the round was opened."""
        lines = tuple(StarLine(Decimal(least), stars) for least, stars in self.lines)
        return Formula(self.formula, self.months_share, self.least_months, self.party_least, lines)

    @property
    def review_share(self) -> int:
        """Per cent the review has beside the months."""
        return 100 - self.months_share

    @property
    def lines(self) -> tuple[tuple[Decimal, int], ...]:
        """From so many points on, so many stars; the highest first."""
        return (self.five, 5), (self.four, 4), (self.three, 3)


class StarRating(Record):
    """What one organization has in a round, and every step in words. ``stars`` 0: none; ``review`` of a hundred.

    ``passed``: the gate of Party work. ``points`` empty: not reckoned, and ``steps`` say why. The state is the round's.
    """

    round = models.ForeignKey(StarRound, models.CASCADE, related_name="ratings")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="star_ratings")
    months = models.PositiveSmallIntegerField(_("settled months"))
    mean = models.DecimalField(_("mean of the months"), max_digits=4, decimal_places=2, null=True, blank=True)
    party = models.DecimalField(_("mean of Party work"), max_digits=3, decimal_places=2, null=True, blank=True)
    review = models.DecimalField(_("review of the year"), max_digits=5, decimal_places=2, null=True, blank=True)
    passed = models.BooleanField(_("gate of Party work passed"))
    points = models.DecimalField(_("points"), max_digits=5, decimal_places=2, null=True, blank=True)
    stars = models.PositiveSmallIntegerField(_("stars"), default=0)
    steps = models.JSONField(_("steps"), default=list)

    class Meta:
        ordering = ["-stars", "organization__name", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["round", "organization"], name="incubation_rated_once_a_round"),
            models.CheckConstraint(name="incubation_stars_are_three_to_five", condition=Q(stars__in=(0, 3, 4, 5))),
            models.CheckConstraint(
                name="incubation_no_stars_without_the_gate", condition=Q(stars=0) | Q(passed=True, points__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.round.year}"

    @property
    def anchor(self) -> Anchor:
        return self.organization.anchor


class StarObjection(Objection):
    """Against a rating while it is shown."""

    rating = models.ForeignKey(StarRating, models.CASCADE, related_name="objections")

    class Meta(Objection.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="incubation_star_objections_are_answered_in_words", condition=Q(state="open") | ~Q(answer="")
            ),
        ]

    @property
    def anchor(self) -> Anchor:
        return self.rating.anchor
