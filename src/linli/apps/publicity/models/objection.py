"""What somebody says against a notice, with or without a name, and what became of it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.apps.publicity.models.notice import PublicNotice
from linli.apps.publicity.permissions import ANSWERERS
from linli.kernel.privacy import PERSON_NAME, PHONE, Fingerprint, SealedText
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor, holds


class Way(models.TextChoices):
    PORTAL = "portal", _("On the portal")
    DESK = "desk", _("Told to the office")


class ObjectionState(models.TextChoices):
    OPEN = "open", _("To be answered")
    ANSWERED = "answered", _("Answered")


class Consequence(models.TextChoices):
    NONE = "none", _("No change")
    AMENDED = "amended", _("Notice amended")
    UPHELD = "upheld", _("Upheld: back to the decision")


class Objection(Record):
    """Name and telephone are given freely, stand sealed, and are seen by those who answer."""

    notice = models.ForeignKey(PublicNotice, models.PROTECT, related_name="objections")
    way = models.CharField(_("how it came"), max_length=8, choices=Way)
    text = models.TextField(_("what is objected"), max_length=4000)
    name = SealedText(_("name"), sort=PERSON_NAME, blank=True, may_reveal=holds(*ANSWERERS))
    phone = SealedText(_("telephone"), sort=PHONE, blank=True, may_reveal=holds(*ANSWERERS))
    phone_print = Fingerprint(of="phone", db_index=True)
    received_at = models.DateTimeField(_("received"))
    state = models.CharField(_("state"), max_length=10, choices=ObjectionState, default=ObjectionState.OPEN)
    consequence = models.CharField(_("consequence"), max_length=10, choices=Consequence, blank=True)
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["received_at", "id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["notice", "state"])]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="publicity_answered_with_a_consequence",
                condition=models.Q(state="open", consequence="", answer="", answered_at__isnull=True)
                | (
                    models.Q(state="answered", answered_at__isnull=False)
                    & ~models.Q(consequence="")
                    & ~models.Q(answer="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.notice}：{self.text[:40]}"

    @property
    def anchor(self) -> Anchor:
        return self.notice.anchor
