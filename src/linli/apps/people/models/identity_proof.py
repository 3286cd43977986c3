"""What makes the house surer of who an account belongs to, each proof with its day, its witness and its end."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.apps.people.models.document import DocumentKind
from linli.apps.people.models.person import Person
from linli.apps.people.models.user import User
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor, IdentityGrade


class How(models.TextChoices):
    """By which way somebody was made sure of. None of them needs a text message."""

    CALL = "call", _("A worker rang the number back")
    IN_PERSON = "in_person", _("Came in person and showed a document")
    SLIP = "slip", _("Typed in a slip handed over by a worker")
    ROSTER = "roster", _("Matched to the roster by a worker")


GIVES = {
    How.CALL: IdentityGrade.PHONE,
    How.IN_PERSON: IdentityGrade.PROVED,
    How.SLIP: IdentityGrade.PROVED,
    How.ROSTER: IdentityGrade.ROSTER,
}
"""The grade each way gives."""


class IdentityProofRows(models.QuerySet["IdentityProof"]):
    """Rows of proofs."""

    def in_force(self, on: date) -> "IdentityProofRows":
        """Proofs that count on a day: not withdrawn, not run out."""
        not_over = Q(expires_on__isnull=True) | Q(expires_on__gte=on)
        return self.filter(not_over, given_on__lte=on, withdrawn_at__isnull=True)


class IdentityProof(Record):
    """One proof. Of a document only its kind is kept, never its number or picture."""

    user = models.ForeignKey(User, models.PROTECT, related_name="proofs", verbose_name=_("account"))
    how = models.CharField(_("how"), max_length=10, choices=How)
    grade = models.PositiveSmallIntegerField(_("grade of identity"), choices=IdentityGrade)
    given_on = models.DateField(_("proved on"))
    expires_on = models.DateField(_("counts until"), null=True, blank=True)
    document = models.CharField(_("document seen"), max_length=20, choices=DocumentKind, blank=True)
    witness = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("witness"))
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("person"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    objects = IdentityProofRows.as_manager()

    class Meta:
        ordering = ["-given_on", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="people_proof_gives_its_grade",
                condition=Q(how="call", grade=IdentityGrade.PHONE)
                | Q(how__in=["in_person", "slip"], grade=IdentityGrade.PROVED)
                | Q(how="roster", grade=IdentityGrade.ROSTER, person__isnull=False),
            ),
            models.CheckConstraint(
                name="people_proof_in_person_names_a_document",
                condition=~Q(how="in_person") | ~Q(document=""),
            ),
            models.CheckConstraint(
                name="people_proof_is_withdrawn_with_a_reason",
                condition=Q(withdrawn_at__isnull=True) | ~Q(reason=""),
            ),
            models.UniqueConstraint(
                name="people_one_proof_of_a_way_in_force",
                fields=["user", "how"],
                condition=Q(withdrawn_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_how_display()} · {self.given_on}"

    @property
    def anchor(self) -> Anchor:
        return self.user.anchor
