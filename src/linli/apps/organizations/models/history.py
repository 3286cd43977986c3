"""What an organization was before: its former names, when it was suspended, who stood for it in law."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations.models.organization import Organization
from linli.apps.organizations.permissions import tends_organizations
from linli.kernel.privacy import PERSON_NAME, Fingerprint, SealedText
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


def ends_after_it_begins(name: str) -> models.CheckConstraint:
    """The rule of every row that holds from a day to the day before another."""
    return models.CheckConstraint(
        name=name, condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=models.F("valid_from"))
    )


class FormerName(Record):
    """A name an organization bore until the day before ``valid_to``."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="former_names")
    name = models.CharField(_("name"), max_length=120, db_index=True)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("expires on"))

    class Meta:
        ordering = ["valid_from"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organization", "valid_to"], name="organizations_one_change_of_name_a_day"),
            ends_after_it_begins("organizations_former_name_ends"),
        ]

    def __str__(self) -> str:
        return self.name


class Suspension(Record):
    """A time in which an organization did not work; open while ``valid_to`` is empty."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="suspensions")
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("expires on"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200)

    class Meta:
        ordering = ["valid_from"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["organization"],
                condition=models.Q(valid_to__isnull=True),
                name="organizations_suspended_once",
            ),
            ends_after_it_begins("organizations_suspension_ends"),
        ]

    def __str__(self) -> str:
        return f"{self.valid_from} – {self.valid_to or ''}"


class LegalPerson(Record):
    """Whose name stands for an organization in law, from when to when: sealed, shown masked, found by fingerprint."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="legal_persons")
    name = SealedText(_("legal person"), sort=PERSON_NAME, may_reveal=tends_organizations)
    name_print = Fingerprint(of="name", db_index=True)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("expires on"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=120)

    class Meta:
        ordering = ["valid_from"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["organization"],
                condition=models.Q(valid_to__isnull=True),
                name="organizations_one_legal_person_now",
            ),
            ends_after_it_begins("organizations_legal_person_ends"),
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def anchor(self) -> Anchor:
        return self.organization.anchor
