"""What somebody ordered from the menu, and how much of each item a household has."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models import Need
from linli.apps.ordering.models.catalog import CatalogItem
from linli.apps.ordering.permissions import reads_names
from linli.apps.places.models import Building, Place
from linli.kernel.money import NumberRun
from linli.kernel.privacy import ADDRESS, PERSON_NAME, PHONE, Fingerprint, SealedText
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class Channel(models.TextChoices):
    PORTAL = "portal", _("Ordered on the portal")
    PHONE = "phone", _("Ordered by telephone")
    WORKER = "worker", _("Through a worker")
    NEED = "need", _("Out of a need")


class OrderState(models.TextChoices):
    WAITING = "waiting", _("Waits for a place")
    GIVEN = "given", _("Has a place")
    ON_SHEET = "on_sheet", _("On a work sheet")
    SERVED = "served", _("Served")
    CONFIRMED = "confirmed", _("Confirmed by the resident")
    MISSED = "missed", _("Got no place")
    WITHDRAWN = "withdrawn", _("Withdrawn")


HOLDS = (OrderState.GIVEN, OrderState.ON_SHEET, OrderState.SERVED, OrderState.CONFIRMED)
"""States that hold places of the item."""
LIVING = (OrderState.WAITING, *HOLDS)
"""States that count against what a household may have."""


class Order(Record):
    """One order. Name, telephone and door are sealed; ``household_key`` tells households apart for the quota alone.

    ``building`` is known where the door was found in the register: use is shown by building, never by household.
    ``relative_of`` is what a relative of staff declared; it stands on the order and in its record.
    """

    street = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("street"))
    item = models.ForeignKey(CatalogItem, models.PROTECT, related_name="orders", verbose_name=_("service"))
    number = models.CharField(_("number"), max_length=40)
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    quantity = models.PositiveSmallIntegerField(_("quantity"), default=1)
    wished = models.CharField(_("when it suits"), max_length=80, blank=True)
    note = models.CharField(_("what must be known"), max_length=200, blank=True)
    name = SealedText(_("name"), sort=PERSON_NAME, may_reveal=reads_names)
    phone = SealedText(_("telephone"), sort=PHONE, blank=True, may_reveal=reads_names)
    phone_print = Fingerprint(of="phone", db_index=True)
    door = SealedText(_("door"), sort=ADDRESS, blank=True, may_reveal=reads_names)
    building = models.ForeignKey(Building, models.SET_NULL, null=True, blank=True, related_name="+")
    household_key = models.CharField(max_length=64, editable=False)
    in_hardship = models.BooleanField(_("household in hardship"), default=False)
    relative_of = models.CharField(_("relative of staff"), max_length=60, blank=True)
    channel = models.CharField(_("how it came"), max_length=8, choices=Channel)
    need = models.OneToOneField(Need, models.PROTECT, null=True, blank=True, related_name="order")
    state = models.CharField(_("state"), max_length=10, choices=OrderState, db_index=True)
    asked_at = models.DateTimeField(_("ordered"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    pass_code = models.CharField(max_length=16, unique=True)
    taken_by = models.UUIDField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=0)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["asked_at", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["item", "state", "asked_at"]),
            models.Index(fields=["street", "-asked_at"]),
            models.Index(fields=["asked_at", "id"]),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["street", "year", "serial"], name="ordering_an_order_number_once"),
            models.CheckConstraint(name="ordering_orders_are_for_something", condition=Q(quantity__gte=1)),
            models.CheckConstraint(
                name="ordering_confirmed_at_a_time",
                condition=Q(state="confirmed", confirmed_at__isnull=False)
                | (~Q(state="confirmed") & Q(confirmed_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def anchor(self) -> Anchor:
        return self.item.anchor


class Portion(Record):
    """How much of an item one household has; never above the item's quota, by one UPDATE that compares."""

    item = models.ForeignKey(CatalogItem, models.CASCADE, related_name="portions")
    household_key = models.CharField(max_length=64)
    taken = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["item", "household_key"], name="ordering_a_portion_once"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.taken}"


class OrderRun(NumberRun):
    """The last number given to an order of a street and year."""

    street = models.ForeignKey(Place, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["street", "year"], name="ordering_one_run_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.street_id} {self.year}: {self.last}"
