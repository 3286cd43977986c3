"""To what people agree: texts with versions, what each person said to which, and what was passed on."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.apps.people.models.guardianship import Guardianship
from linli.apps.people.models.person import Person
from linli.apps.people.models.user import User
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class ConsentPurpose(models.TextChoices):
    """For what consent is asked; sensitive data and passing on are each asked apart (PIPL Art. 23, 29)."""

    CONTACT = "contact", _("Ring or write to me about services of the community")
    PHOTO = "photo", _("Show my picture and name in reports of activities")
    SENSITIVE = "sensitive", _("Use sensitive data, such as health or a child under 14")
    PASS_ON = "pass_on", _("Pass my data on to those who do the service")


SEPARATE = frozenset({ConsentPurpose.SENSITIVE, ConsentPurpose.PASS_ON, ConsentPurpose.PHOTO})
"""Asked one at a time, never together with another consent."""


class ConsentTextRows(models.QuerySet["ConsentText"]):
    """Rows of texts."""

    def in_force(self, on: date) -> "ConsentTextRows":
        """The newest version of each purpose valid on a day."""
        later = ConsentText.objects.filter(
            purpose=models.OuterRef("purpose"), valid_from__lte=on, version__gt=models.OuterRef("version")
        )
        return self.filter(~models.Exists(later), valid_from__lte=on)


class ConsentText(Record):
    """What is asked, in one version. A text is never changed: a new version is added and asked anew."""

    purpose = models.CharField(_("purpose"), max_length=12, choices=ConsentPurpose)
    version = models.PositiveIntegerField(_("version"))
    text = models.TextField(_("what is asked"))
    kinds = models.CharField(_("kinds of data"), max_length=200)
    retention = models.CharField(_("how long it is kept"), max_length=200)
    on_withdrawal = models.TextField(_("what happens after a withdrawal"))
    is_sensitive = models.BooleanField(_("sensitive data"), default=False)
    valid_from = models.DateField(_("valid from"), db_index=True)

    objects = ConsentTextRows.as_manager()

    class Meta:
        ordering = ["purpose", "-version"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="people_one_text_a_version", fields=["purpose", "version"]),
            models.CheckConstraint(
                name="people_consent_text_is_complete",
                condition=~Q(text="") & ~Q(kinds="") & ~Q(retention="") & ~Q(on_withdrawal=""),
            ),
            models.CheckConstraint(
                name="people_sensitive_data_are_asked_apart",
                condition=Q(is_sensitive=False) | Q(purpose__in=["sensitive", "pass_on", "photo"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} · {self.version}"


class Given(models.TextChoices):
    """How somebody agreed."""

    PORTAL = "portal", _("Pressed the button on the portal")
    PAPER = "paper", _("Signed on paper")
    SPOKEN = "spoken", _("Said so to a worker")


class Consent(Record):
    """That one person agreed to one version; ``guardianship`` says who agreed for a child under 14 (PIPL Art. 31)."""

    text = models.ForeignKey(ConsentText, models.PROTECT, related_name="consents", verbose_name=_("what is asked"))
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="consents", verbose_name=_("account"))
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="consents", verbose_name=_("person"))
    guardianship = models.ForeignKey(
        Guardianship, models.PROTECT, null=True, related_name="+", verbose_name=_("guardian")
    )
    given_at = models.DateTimeField(_("agreed at"))
    how = models.CharField(_("how"), max_length=8, choices=Given)
    witness = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("entered by"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)

    class Meta:
        ordering = ["-given_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="people_consent_is_of_somebody", condition=Q(user__isnull=False) | Q(person__isnull=False)
            ),
            models.CheckConstraint(
                name="people_consent_elsewhere_has_a_witness", condition=Q(how="portal") | Q(witness__isnull=False)
            ),
            models.UniqueConstraint(
                name="people_one_consent_in_force_of_an_account",
                fields=["text", "user"],
                condition=Q(withdrawn_at__isnull=True, user__isnull=False),
            ),
            models.UniqueConstraint(
                name="people_one_consent_in_force_of_a_person",
                fields=["text", "person"],
                condition=Q(withdrawn_at__isnull=True, person__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.text)


class Disclosure(Record):
    """Data of one person passed on to somebody outside (PIPL Art. 23); he sees the row in “my data”."""

    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="disclosures", verbose_name=_("account"))
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("person"))
    to_whom = models.CharField(_("to whom"), max_length=120)
    what = models.CharField(_("what"), max_length=200)
    why = models.CharField(_("what for"), max_length=200)
    law = models.CharField(_("by which law, where nobody was asked"), max_length=200, blank=True)
    consent = models.ForeignKey(Consent, models.PROTECT, null=True, related_name="+", verbose_name=_("consent"))
    passed_at = models.DateTimeField(_("passed on at"), db_index=True)
    passed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("passed on by"))

    class Meta:
        ordering = ["-passed_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="people_disclosure_is_of_somebody", condition=Q(user__isnull=False) | Q(person__isnull=False)
            ),
            models.CheckConstraint(
                name="people_disclosure_has_consent_or_law", condition=Q(consent__isnull=False) | ~Q(law="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.to_whom} · {self.what}"

    @property
    def anchor(self) -> Anchor:
        return self.user.anchor if self.user else Anchor(place=self.person.community_id if self.person else None)
