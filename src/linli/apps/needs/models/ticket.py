"""What another system says of a need: the hotline's ticket or the grid's case as exported, and what we asked of it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models.answer import Content
from linli.apps.needs.models.importing import TicketFile
from linli.apps.needs.models.need import Need
from linli.apps.places.models import Place
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class System(models.TextChoices):
    """Whose ticket it is; numbers are one's own in each."""

    HOTLINE = "hotline", _("Hotline 12345")
    GRID = "grid", _("Grid system")


class Ticket(Record):
    """One to one with its need; the caller lies sealed in the need's contact, title and content in the need.

    ``limit`` is as the ticket words it (24h, 7d; 5w and 4k for working days and hours), ``due_at`` its end. ``print``
    is a keyed hash of the row as it was last read: an export that says the same changes nothing. ``waits`` marks a
    call-back that came after the need was closed and was not content: a person says whether it is opened again. A case
    of the grid system has no call-back, so that no official verdict can come of it; ``stage`` is its state there.
    """

    need = models.OneToOneField(Need, models.CASCADE, related_name="ticket")
    street = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("street"))
    system = models.CharField(_("system"), max_length=8, choices=System, default=System.HOTLINE)
    number = models.CharField(_("ticket number"), max_length=60)
    dispatched_at = models.DateTimeField(_("dispatched"), null=True, blank=True)
    limit = models.CharField(_("limit on the ticket"), max_length=8, blank=True)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    point = models.CharField(_("point"), max_length=200, blank=True)
    class_1 = models.CharField(_("class, first level"), max_length=80, blank=True)
    class_2 = models.CharField(_("class, second level"), max_length=80, blank=True)
    class_3 = models.CharField(_("class, third level"), max_length=80, blank=True)
    unit = models.CharField(_("unit on the ticket"), max_length=200, blank=True)
    stage = models.CharField(_("state in its system"), max_length=40, blank=True)
    source = models.CharField(_("channel of the hotline"), max_length=40, blank=True)
    nature = models.CharField(_("kind of request"), max_length=40, blank=True)
    transfers = models.PositiveSmallIntegerField(_("times passed on"), null=True, blank=True)
    whistled = models.BooleanField(_("whistled"), default=False)
    returned = models.BooleanField(_("returned"), default=False)
    excluded = models.BooleanField(_("excluded"), default=False)
    reply = models.TextField(_("answer on the platform"), max_length=20_000, blank=True)
    replied_at = models.DateTimeField(_("answered on the platform"), null=True, blank=True)
    reached = models.BooleanField(_("reached at the call-back"), null=True, blank=True)
    solved = models.BooleanField(_("solved at the call-back"), null=True, blank=True)
    satisfied = models.CharField(_("satisfied at the call-back"), max_length=12, choices=Content, blank=True)
    called_back_at = models.DateTimeField(_("called back"), null=True, blank=True)
    waits = models.BooleanField(_("a person says whether it is opened again"), default=False)
    print = models.CharField(max_length=64, editable=False)
    file = models.ForeignKey(TicketFile, models.SET_NULL, null=True, blank=True, related_name="tickets")
    imported_at = models.DateTimeField(_("imported"))
    updated_at = models.DateTimeField(_("imported last"))

    class Meta:
        ordering = ["-dispatched_at", "-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["street", "-dispatched_at", "-id"], name="needs_tickets_of_a_street"),
            models.Index(fields=["street"], condition=Q(waits=True), name="needs_tickets_that_wait"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["street", "system", "number"], name="needs_a_number_once_a_system"),
            models.CheckConstraint(name="needs_a_ticket_has_a_number", condition=~Q(number="")),
            models.CheckConstraint(
                name="needs_only_12345_calls_back",
                condition=Q(system="hotline")
                | Q(reached__isnull=True, solved__isnull=True, satisfied="", called_back_at__isnull=True, waits=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_case(self) -> bool:
        """Whether it is a case of the grid system."""
        return self.system == System.GRID

    @property
    def limit_words(self) -> str:
        """The limit in words: 24 hours, 7 days, 5 working days; as it is worded where it is none of these."""
        number, unit = self.limit[:-1], self.limit[-1:]
        words = {
            "h": _("%(n)s hours"),
            "d": _("%(n)s days"),
            "w": _("%(n)s working days"),
            "k": _("%(n)s working hours"),
        }
        return str(words[unit]) % {"n": number} if number.isdigit() and unit in words else self.limit

    @property
    def anchor(self) -> Anchor:
        return self.need.anchor


class RequestKind(models.TextChoices):
    """What can be asked of the hotline about a ticket (documents.md, paper 32)."""

    RETURN = "return", _("Return: not this unit's")
    EXCLUDE = "exclude", _("Exclude from the figures")


class RequestState(models.TextChoices):
    ASKED = "asked", _("Asked")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")


class RequestReason(models.TextChoices):
    """Why a ticket is returned or excluded."""

    NOT_OURS = "not_ours", _("Not within our area or duty")
    TWICE = "twice", _("The same ticket twice")
    NO_GROUND = "no_ground", _("What is asked has no ground in law")
    IN_COURT = "in_court", _("In court, petition or police matter")
    UNREACHABLE = "unreachable", _("Nobody can be reached, matter not clear")
    OTHER = "other", _("Another reason")


class TicketRequest(Record):
    """A return or an exclusion asked for, with its reason; evidence lies in the files of this row."""

    ticket = models.ForeignKey(Ticket, models.CASCADE, related_name="requests")
    kind = models.CharField(_("kind"), max_length=8, choices=RequestKind)
    ground = models.CharField(_("sort of reason"), max_length=12, choices=RequestReason)
    reason = models.TextField(_("reason"), max_length=2000)
    state = models.CharField(_("state"), max_length=8, choices=RequestState, default=RequestState.ASKED)
    asked_at = models.DateTimeField(_("asked"))
    asked_by = models.UUIDField(null=True, editable=False)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decision = models.CharField(_("decision"), max_length=300, blank=True)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["ticket", "kind"], condition=Q(state="asked"), name="needs_one_request_of_a_kind_waits"
            ),
            models.CheckConstraint(name="needs_requests_give_reasons", condition=~Q(reason="")),
            models.CheckConstraint(
                name="needs_requests_are_decided_at_a_moment",
                condition=Q(state="asked", decided_at__isnull=True) | (~Q(state="asked") & Q(decided_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.ticket.number}"

    @property
    def anchor(self) -> Anchor:
        return self.ticket.anchor
