"""Who answers for a child: the guardian of somebody under fourteen, and when he agreed."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.apps.people.models.person import Person
from linli.apps.people.permissions import ROSTER_READERS
from linli.kernel.privacy import PHONE, Fingerprint, SealedText
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor, holds


class Relation(models.TextChoices):
    PARENT = "parent", _("Father or mother")
    GRANDPARENT = "grandparent", _("Grandparent")
    SIBLING = "sibling", _("Grown-up sibling")
    RELATIVE = "relative", _("Other relative")
    BODY = "body", _("Residents' committee or civil affairs")


class Guardianship(Record):
    """A guardian from the day of his consent until ``ended_on``: a person of the roster, or a name and a telephone."""

    ward = models.ForeignKey(Person, models.PROTECT, related_name="guardianships", verbose_name=_("child"))
    guardian = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="wards", verbose_name=_("guardian")
    )
    name = models.CharField(_("guardian's name"), max_length=120, blank=True)
    phone = SealedText(_("guardian's telephone"), sort=PHONE, blank=True, may_reveal=holds(*ROSTER_READERS))
    phone_print = Fingerprint(of="phone", db_index=True)
    relation = models.CharField(_("relation"), max_length=12, choices=Relation)
    consent_on = models.DateField(_("agreed on"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    class Meta:
        ordering = ["consent_on", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="people_guardian_is_a_person_or_a_name",
                condition=Q(guardian__isnull=False, name="") | (Q(guardian__isnull=True) & ~Q(name="")),
            ),
            models.CheckConstraint(
                name="people_nobody_is_his_own_guardian",
                condition=Q(guardian__isnull=True) | ~Q(guardian=F("ward")),
            ),
            models.CheckConstraint(
                name="people_guardianship_ends_after_it_starts",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("consent_on")),
            ),
            models.UniqueConstraint(
                name="people_one_open_guardianship_of_two",
                fields=["ward", "guardian"],
                condition=Q(ended_on__isnull=True, guardian__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.guardian.name if self.guardian else self.name} → {self.ward}"

    @property
    def anchor(self) -> Anchor:
        return self.ward.anchor
