"""The handover slip (工作交接单): what one person hands to another, confirmed, witnessed, carried out."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.apps.people.models.post import Post
from linli.apps.people.models.user import User
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class HandoverState(models.TextChoices):
    DRAFTED = "drafted", _("Drawn up")
    CONFIRMED = "confirmed", _("Confirmed by the taker")
    WITNESSED = "witnessed", _("Witnessed")
    DONE = "done", _("Carried out")
    CALLED_OFF = "called_off", _("Called off")


OPEN = (HandoverState.DRAFTED, HandoverState.CONFIRMED, HandoverState.WITNESSED)


class Handover(Record):
    """One slip about one post. The three are three people; the titles are those of the day it was drawn up."""

    giver = models.ForeignKey(User, models.PROTECT, related_name="handovers_given", verbose_name=_("hands over"))
    taker = models.ForeignKey(User, models.PROTECT, related_name="handovers_taken", verbose_name=_("takes over"))
    witness = models.ForeignKey(User, models.PROTECT, related_name="handovers_seen", verbose_name=_("witness"))
    post = models.ForeignKey(Post, models.PROTECT, related_name="handovers", verbose_name=_("post"))
    moves_post = models.BooleanField(_("the post passes on too"), default=False)
    title = models.CharField(_("title of the office"), max_length=120)
    state = models.CharField(_("state"), max_length=12, choices=HandoverState, default=HandoverState.DRAFTED)
    version = models.PositiveIntegerField(default=1)
    drawn_up_at = models.DateTimeField(_("drawn up"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    witnessed_at = models.DateTimeField(_("witnessed"), null=True, blank=True)
    done_at = models.DateTimeField(_("carried out"), null=True, blank=True)

    class Meta:
        ordering = ["-drawn_up_at", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["drawn_up_at", "id"], name="people_handover_by_day"),
            models.Index(fields=["state", "drawn_up_at", "id"], name="people_handover_by_state"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="people_handover_by_three",
                condition=~Q(giver=F("taker")) & ~Q(giver=F("witness")) & ~Q(taker=F("witness")),
            ),
            models.UniqueConstraint(
                name="people_one_open_handover_a_post", fields=["post"], condition=Q(state__in=sorted(OPEN))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.giver} → {self.taker}"

    @property
    def anchor(self) -> Anchor:
        return self.post.anchor


class ItemKind(models.TextChoices):
    WORK = "work", _("Open work")
    PAPERS = "papers", _("Papers and files")
    SEAL = "seal", _("Seal")
    KEY = "key", _("Keys to rooms and cabinets")
    ACCOUNT = "account", _("Accounts of other systems")
    OTHER = "other", _("Other")


class HandoverItem(Record):
    """One line of a slip. Open work points at its record (``ref_kind``, ``ref_id``) and names its source."""

    handover = models.ForeignKey(Handover, models.CASCADE, related_name="items")
    kind = models.CharField(_("kind"), max_length=12, choices=ItemKind)
    title = models.CharField(_("what"), max_length=200)
    progress = models.CharField(_("how far"), max_length=200, blank=True)
    remark = models.CharField(_("remark"), max_length=200, blank=True)
    source = models.CharField(max_length=80, blank=True)
    ref_kind = models.CharField(max_length=80, blank=True)
    ref_id = models.UUIDField(null=True, blank=True)
    came_later = models.BooleanField(_("came up after it was confirmed"), default=False)

    class Meta:
        ordering = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="people_work_once_a_handover", fields=["handover", "ref_kind", "ref_id"]),
            models.CheckConstraint(
                name="people_work_points_at_a_record",
                condition=Q(ref_id__isnull=True, ref_kind="", source="")
                | (Q(ref_id__isnull=False, kind=ItemKind.WORK) & ~Q(ref_kind="") & ~Q(source="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title
