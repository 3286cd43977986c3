"""Whistles (街乡吹哨、部门报到): a street calls departments to a matter it cannot settle alone, until it is settled."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models.need import Need
from linli.apps.organizations.models import Organization
from linli.apps.places.models import Place
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class WhistleKind(models.TextChoices):
    """When a whistle may be blown (rules §4)."""

    RESIDENTS = "residents", _("Residents' matter the street cannot settle")
    ENFORCEMENT = "enforcement", _("Joint enforcement")
    EMERGENCY = "emergency", _("Emergency")


class WhistleState(models.TextChoices):
    DRAFTED = "drafted", _("Waits for the leader")
    REFUSED = "refused", _("Not approved")
    BLOWN = "blown", _("Departments are called")
    SETTLED = "settled", _("Settled, being rated")
    CLOSED = "closed", _("Closed")


class Whistle(Record):
    """What the departments are told: the matter and the point, never who said it.

    ``number`` is ``year``-``serial`` of the street; ``minutes`` is how soon they check in, copied from the setting
    when the leader approves.
    """

    street = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("street"))
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("place"))
    need = models.ForeignKey(
        Need, models.PROTECT, null=True, blank=True, related_name="whistles", verbose_name=_("need")
    )
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    kind = models.CharField(_("kind"), max_length=12, choices=WhistleKind)
    title = models.CharField(_("matter"), max_length=120)
    matter = models.TextField(_("what it is about"), max_length=2000)
    point = models.CharField(_("point"), max_length=120)
    state = models.CharField(_("state"), max_length=8, choices=WhistleState, default=WhistleState.DRAFTED)
    drafted_at = models.DateTimeField(_("drafted"))
    drafted_by = models.UUIDField(null=True, editable=False)
    blown_at = models.DateTimeField(_("departments called"), null=True, blank=True)
    minutes = models.PositiveIntegerField(_("minutes to check in"), null=True, blank=True)
    instruction = models.CharField(_("the leader's instruction"), max_length=300, blank=True)
    plan = models.TextField(_("plan"), max_length=2000, blank=True)
    result = models.TextField(_("result"), max_length=2000, blank=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=0)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["-drafted_at", "-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["street", "state", "-drafted_at"], name="needs_whistles_of_a_street"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["street", "year", "serial"], name="needs_a_whistle_number_once"),
            models.CheckConstraint(
                name="needs_a_whistle_says_what_and_where", condition=~Q(title="") & ~Q(matter="") & ~Q(point="")
            ),
            models.CheckConstraint(
                name="needs_blown_with_a_clock",
                condition=Q(state__in=("drafted", "refused")) | Q(blown_at__isnull=False, minutes__gt=0),
            ),
            models.CheckConstraint(
                name="needs_settled_with_a_result",
                condition=~Q(state__in=("settled", "closed")) | ~Q(result="") & Q(settled_at__isnull=False),
            ),
            models.CheckConstraint(name="needs_refused_for_a_reason", condition=~Q(state="refused") | ~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def number(self) -> str:
        """What people read on the sheet."""
        return f"哨{self.year}-{self.serial:03d}"

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.place_id)


class CallPart(models.TextChoices):
    LEADS = "leads", _("Leads")
    ASSISTS = "assists", _("Assists")


class WhistleCall(Record):
    """One department called: when it checked in, by itself or on paper, and what it answered."""

    whistle = models.ForeignKey(Whistle, models.CASCADE, related_name="calls")
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="whistle_calls", verbose_name=_("department")
    )
    part = models.CharField(_("part"), max_length=8, choices=CallPart)
    due_at = models.DateTimeField(_("checks in by"), null=True, blank=True)
    checked_in_at = models.DateTimeField(_("checked in"), null=True, blank=True)
    came = models.CharField(_("who came, by post"), max_length=160, blank=True)
    answer = models.TextField(_("answer of the department"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    by_paper = models.BooleanField(_("served by paper"), default=False)

    class Meta:
        ordering = ["-part", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["whistle", "organization"], name="needs_a_department_is_called_once"),
            models.UniqueConstraint(fields=["whistle"], condition=Q(part="leads"), name="needs_one_department_leads"),
            models.CheckConstraint(
                name="needs_answered_after_checking_in",
                condition=Q(answered_at__isnull=True)
                | Q(checked_in_at__isnull=False, answered_at__gte=F("checked_in_at")) & ~Q(answer=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} · {self.get_part_display()}"

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.whistle.place_id, organization=self.organization_id)

    @property
    def is_late(self) -> bool:
        """Whether it checked in after its time."""
        return self.checked_in_at is not None and self.due_at is not None and self.checked_in_at > self.due_at


class WhistleStep(Record):
    """What happened at the point: the visit, a meeting, work; photos lie with this row."""

    class Kind(models.TextChoices):
        VISIT = "visit", _("Visit to the point")
        MEETING = "meeting", _("Coordination meeting")
        WORK = "work", _("Work at the point")

    whistle = models.ForeignKey(Whistle, models.CASCADE, related_name="steps")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    at = models.DateTimeField(_("when"))
    text = models.TextField(_("what happened"), max_length=2000)
    entered_by = models.UUIDField(null=True, editable=False)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d %H:%M}"

    @property
    def anchor(self) -> Anchor:
        return self.whistle.anchor


class WhistleMark(Record):
    """How one side found the other, unit about unit, read inside only; never a person."""

    class Side(models.TextChoices):
        STREET = "street", _("The street about the department")
        DEPARTMENT = "department", _("The department about the street")

    call = models.ForeignKey(WhistleCall, models.CASCADE, related_name="marks")
    side = models.CharField(_("side"), max_length=10, choices=Side)
    prompt = models.BooleanField(_("came in time and ready"))
    helpful = models.BooleanField(_("did its part"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    at = models.DateTimeField(_("when"))

    class Meta:
        ordering = ["at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["call", "side"], name="needs_each_side_rates_once"),
        ]

    def __str__(self) -> str:
        return self.get_side_display()

    @property
    def anchor(self) -> Anchor:
        return self.call.anchor
