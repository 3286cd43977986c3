"""Who is asked: strata, the households drawn in them, and papers typed from slips."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.apps.places.models import Household, Place
from linli.apps.surveys.models.survey import Survey
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class AskedBy(models.TextChoices):
    SLIP = "slip", _("By a slip")
    CALL = "call", _("By telephone")


class Call(models.TextChoices):
    WAITING = "waiting", _("To be called")
    REACHED = "reached", _("Reached")
    NOBODY = "nobody", _("Nobody answered")
    DECLINED = "declined", _("Would rather not")


class Stratum(Record):
    """A building, a grid, or people a slip is handed to on the spot (then ``size`` is empty).

    ``size`` households there are, ``asked`` of them; ``issued`` slips were printed; ``returned`` is counted when the
    survey closes.
    """

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="strata")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=120)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("place"))
    size = models.PositiveIntegerField(_("households"), null=True, blank=True)
    asked = models.PositiveIntegerField(_("asked"), default=0)
    issued = models.PositiveIntegerField(_("slips printed"), default=0)
    returned = models.PositiveIntegerField(_("returned"), null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["survey", "number"], name="surveys_one_number_a_stratum"),
            models.CheckConstraint(
                name="surveys_no_more_asked_than_there_are", condition=Q(size__isnull=True) | Q(asked__lte=F("size"))
            ),
            models.CheckConstraint(name="surveys_no_more_slips_than_asked", condition=Q(issued__lte=F("asked"))),
            models.CheckConstraint(
                name="surveys_no_more_returned_than_asked",
                condition=Q(returned__isnull=True) | Q(returned__lte=F("asked")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def anchor(self) -> Anchor:
        return self.survey.anchor

    @property
    def purpose(self) -> str:
        """What its slips are issued for."""
        return f"surveys.survey:{self.survey_id.hex}:{self.number}"


class SampledHousehold(Record):
    """That a household is asked in a survey: the how-maniest time in a year. What anybody there said is not here.

    ``call`` counts for households asked by telephone only; it says whether somebody was reached, never who or when.
    """

    stratum = models.ForeignKey(Stratum, models.CASCADE, related_name="households")
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="+")
    household = models.ForeignKey(Household, models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField()
    turn = models.PositiveSmallIntegerField()
    by = models.CharField(_("way of asking"), max_length=4, choices=AskedBy, default=AskedBy.SLIP)
    call = models.CharField(_("call"), max_length=8, choices=Call, default=Call.WAITING)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["survey", "household"], name="surveys_a_household_once"),
            models.UniqueConstraint(fields=["household", "year", "turn"], name="surveys_one_turn_of_a_year"),
            models.CheckConstraint(name="surveys_turns_begin_at_one", condition=Q(turn__gte=1)),
            models.CheckConstraint(
                name="surveys_only_calls_are_called", condition=Q(by="call") | Q(by="slip", call="waiting")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.year}/{self.turn}"

    @property
    def anchor(self) -> Anchor:
        return self.survey.anchor


class TypedPaper(Record):
    """One of two typings of a paper. ``code_print`` is a keyed hash of its code, which belongs to nobody.

    What was typed is forgotten once the paper is counted.
    """

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="typings")
    code_print = models.CharField(max_length=64)
    turn = models.PositiveSmallIntegerField()
    content = models.TextField(blank=True)
    is_counted = models.BooleanField(default=False)
    typist = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["survey", "code_print", "turn"], name="surveys_a_paper_typed_twice"),
            models.UniqueConstraint(fields=["survey", "code_print", "typist"], name="surveys_a_paper_typed_by_two"),
            models.CheckConstraint(name="surveys_two_typings", condition=Q(turn__in=(1, 2))),
            models.CheckConstraint(
                name="surveys_a_counted_paper_is_forgotten", condition=Q(is_counted=False) | Q(content="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey_id}/{self.turn}"
