"""One row for each record that the public may come to see: how far it is, and who passed it."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.kernel.refs import Ref
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class PublicationState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waiting for the check")
    CHECKED = "checked", _("Waiting for the sign-off")
    PUBLIC = "public", _("Public")
    WITHDRAWN = "withdrawn", _("Withdrawn from view")


class Publication(Record):
    """``author_id`` stands for the text as it is, ``checker_id`` and ``signer_id`` passed it: three persons.

    ``digest`` seals the texts and files as they were submitted, checked and signed. ``short`` rows need no
    sign-off: a resident's text, passed by one checker.
    """

    kind = models.CharField(max_length=80)
    ref_id = models.UUIDField()
    state = models.CharField(_("state"), max_length=12, choices=PublicationState, default=PublicationState.DRAFT)
    version = models.PositiveIntegerField(default=0)
    place_id = models.UUIDField(null=True)
    organization_id = models.UUIDField(null=True)
    author_id = models.UUIDField(null=True)
    checker_id = models.UUIDField(null=True)
    signer_id = models.UUIDField(null=True)
    short = models.BooleanField(default=False)
    digest = models.CharField(max_length=64, blank=True)
    moved_at = models.DateTimeField(_("last change"))
    public_at = models.DateTimeField(_("public since"), null=True)

    record: Any = None
    """The record it is about, once it is in hand; no column."""

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["kind", "state", "place_id"], name="publication_waiting"),
            models.Index(fields=["author_id"], name="publication_author"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="publication_one_a_record", fields=["ref_id", "kind"]),
            models.CheckConstraint(
                name="publication_author_does_not_check",
                condition=models.Q(checker_id__isnull=True)
                | models.Q(author_id__isnull=True)
                | ~models.Q(checker_id=models.F("author_id")),
            ),
            models.CheckConstraint(
                name="publication_signer_is_a_third_person",
                condition=models.Q(signer_id__isnull=True)
                | (
                    (models.Q(author_id__isnull=True) | ~models.Q(signer_id=models.F("author_id")))
                    & models.Q(checker_id__isnull=False)
                    & ~models.Q(signer_id=models.F("checker_id"))
                ),
            ),
            models.CheckConstraint(
                name="publication_public_was_checked_and_signed",
                condition=~models.Q(state=PublicationState.PUBLIC)
                | (
                    models.Q(checker_id__isnull=False, public_at__isnull=False)
                    & (models.Q(signer_id__isnull=False) | models.Q(short=True))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.ref_id}"

    @property
    def is_new(self) -> bool:
        """Whether the row is not stored yet: a draft nobody began."""
        return self._state.adding

    @property
    def ref(self) -> Ref:
        return Ref(self.kind, self.ref_id)

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.place_id, organization=self.organization_id)
