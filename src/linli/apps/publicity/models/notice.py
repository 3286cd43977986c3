"""A notice to the public: what is going to happen, on what grounds, until when anybody may object, and to whom."""

import re
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.apps.places.models import Place
from linli.apps.publicity.kinds import kind_title
from linli.kernel.money import MoneyField
from linli.kernel.refs import Ref
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor

SEPARATORS = re.compile(r"[、，,;；/\s]+")


class NoticeStage(models.TextChoices):
    PREPARED = "prepared", _("Being prepared")
    RUNNING = "running", _("On display")
    CLOSED = "closed", _("Concluded")


class PublicNotice(Record):
    """Whether it is a draft, checked or public, ``kernel.publication`` knows; here stands its period.

    The period of ``days`` working days begins when it is signed off. ``subject`` is what it tells about, ``grounds``
    what it rests on: never empty. Telephones are those of offices.
    """

    place = models.ForeignKey(Place, models.PROTECT, related_name="notices", verbose_name=_("place"))
    kind = models.CharField(_("kind"), max_length=16)
    title = models.CharField(_("title"), max_length=120)
    body = models.TextField(_("text"), max_length=4000)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    grounds_kind = models.CharField(max_length=60)
    grounds_id = models.UUIDField()
    unit = models.CharField(_("unit that gives the notice"), max_length=80)
    days = models.PositiveSmallIntegerField(_("working days"))
    office = models.CharField(_("office that takes objections"), max_length=80)
    phones = models.CharField(_("telephones of the office"), max_length=120)
    address = models.CharField(_("address of the office"), max_length=160, blank=True)
    email = models.CharField(_("e-mail of the office"), max_length=120, blank=True)
    stage = models.CharField(_("stage"), max_length=10, choices=NoticeStage, default=NoticeStage.PREPARED)
    drawn_up_at = models.DateTimeField(_("drawn up"))
    opens = models.DateTimeField(_("on display since"), null=True, blank=True)
    closes = models.DateTimeField(_("on display until"), null=True, blank=True)
    concluded_at = models.DateTimeField(_("concluded"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-drawn_up_at", "-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["drawn_up_at", "id"]),
            models.Index(fields=["stage", "id"]),
            models.Index(fields=["subject_id", "subject_kind"]),
            models.Index(fields=["place", "stage"]),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="publicity_notice_has_subject_and_grounds",
                condition=~models.Q(subject_kind="") & ~models.Q(grounds_kind=""),
            ),
            models.CheckConstraint(name="publicity_notice_hangs_a_day", condition=models.Q(days__gt=0)),
            models.CheckConstraint(
                name="publicity_notice_has_a_period_once_shown",
                condition=models.Q(stage="prepared", opens__isnull=True, closes__isnull=True)
                | models.Q(stage__in=("running", "closed"), opens__isnull=False, closes__gt=models.F("opens")),
            ),
            models.CheckConstraint(
                name="publicity_notice_concludes_after_its_period",
                condition=models.Q(concluded_at__isnull=True) & ~models.Q(stage="closed")
                | models.Q(stage="closed", concluded_at__gte=models.F("closes")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.place_id)

    @property
    def kind_title(self) -> str:
        """The kind in the dictionary's words."""
        return kind_title(self.kind)

    @property
    def subject(self) -> Ref:
        """What it tells about."""
        return Ref(self.subject_kind, self.subject_id)

    @property
    def grounds(self) -> Ref:
        """What it rests on."""
        return Ref(self.grounds_kind, self.grounds_id)

    @property
    def phone_list(self) -> list[str]:
        """The telephones one by one."""
        return [one for one in SEPARATORS.split(self.phones) if one]

    def takes_objections(self, at: datetime) -> bool:
        """Whether its period runs at this moment."""
        return self.stage == NoticeStage.RUNNING and self.closes is not None and at <= self.closes

    def is_over(self, at: datetime) -> bool:
        """Whether its period has ended and nobody has concluded it."""
        return self.stage == NoticeStage.RUNNING and self.closes is not None and at > self.closes


class NoticeLine(Record):
    """One line of the list: unit, project, who carries it out, how much. No person stands in it."""

    notice = models.ForeignKey(PublicNotice, models.CASCADE, related_name="lines")
    number = models.PositiveSmallIntegerField()
    unit = models.CharField(_("unit"), max_length=80, blank=True)
    project = models.CharField(_("project or matter"), max_length=160)
    bearer = models.CharField(_("carried out by"), max_length=160, blank=True)
    amount = MoneyField(  # type: ignore[misc]  # the stubs know no amount that may be missing
        _("amount"), null=True, blank=True
    )
    remark = models.CharField(_("remark"), max_length=160, blank=True)

    class Meta:
        ordering = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["notice", "number"], name="publicity_lines_are_numbered"),
        ]

    def __str__(self) -> str:
        return self.project
