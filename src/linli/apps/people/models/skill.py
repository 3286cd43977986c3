"""What somebody is able or certified to do, with its certificate and its end."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.apps.people.kinds import skills
from linli.apps.people.models.user import User
from linli.kernel.refs.record import Record


class SkillRows(models.QuerySet["Skill"]):
    """Rows of skills."""

    def in_force(self, on: date) -> "SkillRows":
        """Those that hold on the day ``on``."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), valid_from__lte=on)


class Skill(Record):
    """One word of the dictionary (``data/skills.toml``), held until the day before ``valid_to``. No marks, no ranks."""

    user = models.ForeignKey(User, models.PROTECT, related_name="skills", verbose_name=_("person"))
    skill = models.CharField(_("skill"), max_length=40)
    certificate = models.CharField(_("certificate number"), max_length=60, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("expires on"), null=True, blank=True)

    objects = SkillRows.as_manager()

    class Meta:
        ordering = ["skill", "-valid_from"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["valid_to", "id"], name="people_skill_by_end"),
            models.Index(fields=["skill", "id"], name="people_skill_by_word"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="people_skill_once", fields=["user", "skill"], condition=Q(valid_to__isnull=True)
            ),
            models.UniqueConstraint(name="people_skill_once_a_day", fields=["user", "skill", "valid_from"]),
            models.CheckConstraint(
                name="people_skill_ends_after_it_begins",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The skill in the dictionary's words; its code where the dictionary has forgotten it."""
        found = skills().get(self.skill)
        return found.title if found else self.skill
