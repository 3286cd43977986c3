"""A programme runs for years; its dictionaries are rows, so that a street words them itself."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.apps.places.models import Place
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class Programme(Record):
    """A line of rounds of one street (or of the district), year after year."""

    name = models.CharField(_("name of the programme"), max_length=80)
    place = models.ForeignKey(Place, models.PROTECT, related_name="programmes", verbose_name=_("run by"))
    purpose = models.TextField(_("what it is for"), max_length=1000, blank=True)
    started_on = models.DateField(_("since"))
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["name", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["place", "name"], name="rounds_one_programme_of_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.place_id)


class WordKind(models.TextChoices):
    CLASS = "class", _("Class")
    DIRECTION = "direction", _("Direction")
    THEME = "theme", _("Theme of the year")
    SOURCE = "source", _("Source of money")
    LINE = "line", _("Line of work")
    BAN = "ban", _("Use that is refused")


class ProgrammeWord(Record):
    """One entry of a programme's dictionaries. A theme belongs to one year; a refused use says its clause."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="words")
    kind = models.CharField(_("kind"), max_length=12, choices=WordKind)
    title = models.CharField(_("word"), max_length=60)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    clause = models.CharField(_("clause"), max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    is_used = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["kind", "order", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["programme", "kind", "title"],
                condition=models.Q(year__isnull=True),
                name="rounds_a_word_once",
            ),
            models.UniqueConstraint(
                fields=["programme", "kind", "title", "year"],
                condition=models.Q(year__isnull=False),
                name="rounds_a_theme_once_a_year",
            ),
            models.CheckConstraint(
                name="rounds_themes_belong_to_a_year",
                condition=models.Q(kind=WordKind.THEME, year__isnull=False)
                | (~models.Q(kind=WordKind.THEME) & models.Q(year__isnull=True)),
            ),
            models.CheckConstraint(
                name="rounds_a_refused_use_says_its_clause",
                condition=~models.Q(kind=WordKind.BAN) | ~models.Q(clause=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title
