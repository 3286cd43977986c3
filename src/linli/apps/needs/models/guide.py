"""What residents must know for the matters of a life, and what a matter at the window took."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models.need import Need
from linli.apps.places.models import Place
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class LifeStage(models.TextChoices):
    """The five aspects of 《民生事务一本通》(E42), from birth to retirement."""

    BIRTH = "birth", _("Birth and children")
    SCHOOL = "school", _("Going to school")
    WORK = "work", _("Finding work")
    FAMILY = "family", _("Family and housing")
    RETIREMENT = "retirement", _("Retirement and care")


class Guide(Record):
    """One matter: what to bring (a line each), where, when, how long. ``place`` is the street whose guide it is."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("street"))
    stage = models.CharField(_("stage of life"), max_length=12, choices=LifeStage)
    title = models.CharField(_("matter"), max_length=60)
    about = models.CharField(_("who may apply"), max_length=300, blank=True)
    bring = models.TextField(_("what to bring"), max_length=2000)
    where = models.CharField(_("where to go"), max_length=120)
    hours = models.CharField(_("hours"), max_length=80, blank=True)
    takes = models.CharField(_("how long it takes"), max_length=80, blank=True)
    is_shown = models.BooleanField(_("shown to residents"), default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["stage", "title", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["place", "title"], name="needs_a_guide_once_a_street"),
            models.CheckConstraint(name="needs_a_guide_says_what_to_bring", condition=~Q(title="") & ~Q(bring="")),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.place_id)

    @property
    def papers(self) -> list[str]:
        """What to bring, one by one."""
        return [line.strip() for line in self.bring.splitlines() if line.strip()]


class WindowMatter(Record):
    """A matter at the one window (E12): what was still missing, said once (E43). The need counts the visits."""

    need = models.OneToOneField(Need, models.CASCADE, related_name="window")
    guide = models.ForeignKey(Guide, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("matter"))
    missing = models.TextField(_("still missing"), max_length=2000, blank=True)
    told_at = models.DateTimeField(_("list given"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="needs_what_is_missing_was_told", condition=Q(missing="") | Q(told_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.need.number

    @property
    def anchor(self) -> Anchor:
        return self.need.anchor

    @property
    def papers(self) -> list[str]:
        """What is still missing, one by one."""
        return [line.strip() for line in self.missing.splitlines() if line.strip()]
