"""The work sheet: what a community has done for it by organizations, bundled from orders and needs."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.apps.activities.models import Activity
from linli.apps.ledger.models import Fund
from linli.apps.needs.models import Need
from linli.apps.ordering.kinds import kind_title
from linli.apps.ordering.models.catalog import NOTHING, CatalogItem
from linli.apps.ordering.models.order import Order
from linli.apps.places.models import Place
from linli.apps.reviews.models import ReviewSession
from linli.kernel.money import LimitRow, MoneyField, NumberRun
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class SheetState(models.TextChoices):
    DRAFT = "draft", _("Being drawn up")
    DISCUSSED = "discussed", _("Talked over")
    PUBLISHED = "published", _("Can be claimed")
    CLAIMED = "claimed", _("Taken on by an organization")
    UNDER_WAY = "under_way", _("Being delivered")
    ACCEPTED = "accepted", _("Accepted")
    SETTLED = "settled", _("Settled by the street")
    CANCELLED = "cancelled", _("Cancelled")


class Method(models.TextChoices):
    """How whoever takes a sheet on is chosen."""

    DIRECT = "direct", _("Claimed directly, first come")
    QUOTES = "quotes", _("Chosen among quotes")
    OPEN = "open", _("Open call with a panel")
    OUTSIDE = "outside", _("Government purchase outside this house")


class WorkSheet(LimitRow):
    """What, where, when, how many, by which criteria, at most for how much, out of which fund.

    ``starts`` and ``ends`` are its term, both days in it. ``places`` organizations can claim it directly, ``taken`` of
    them did. ``method_source`` is the document under which the method was allowed when it was published.
    ``month`` is that of a bundled menu. ``outputs`` are what the salon wrote down. ``at_home``: two go together.
    ``departure`` says why an open call was not given in the order of its panel. Nothing here names a resident.
    """

    street = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("street"))
    place = models.ForeignKey(Place, models.PROTECT, related_name="work_sheets", verbose_name=_("community"))
    number = models.CharField(_("number"), max_length=40)
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    title = models.CharField(_("title of the sheet"), max_length=80)
    kind = models.CharField(_("kind of service"), max_length=24)
    item = models.ForeignKey(CatalogItem, models.PROTECT, null=True, blank=True, related_name="sheets")
    month = models.DateField(_("month"), null=True, blank=True)
    content = models.TextField(_("what the service is"), max_length=2000)
    venue = models.CharField(_("where it is done"), max_length=120, blank=True)
    starts = models.DateField(_("the first day"))
    ends = models.DateField(_("the last day"))
    term_reason = models.CharField(_("why it lasts longer than a year"), max_length=200, blank=True)
    quantity = models.PositiveIntegerField(_("quantity"))
    unit = models.CharField(_("unit"), max_length=12)
    criteria = models.TextField(_("by what it is accepted"), max_length=1000)
    ceiling = MoneyField(_("price ceiling"))
    fund = models.ForeignKey(
        Fund, models.PROTECT, null=True, blank=True, related_name="work_sheets", verbose_name=_("fund")
    )
    method = models.CharField(_("how it is given"), max_length=8, choices=Method)
    method_source = models.CharField(_("under which document"), max_length=160, blank=True)
    outside_notice = models.CharField(_("number of the purchase notice"), max_length=60, blank=True)
    places = models.PositiveSmallIntegerField(_("how many organizations can claim it"), default=1)
    taken = models.PositiveSmallIntegerField(default=0, editable=False)
    at_home = models.BooleanField(_("given in homes"), default=False)
    no_selling = models.BooleanField(_("nothing is sold while it is given"), default=True)
    salon = models.ForeignKey(
        Activity, models.PROTECT, null=True, blank=True, related_name="work_sheets", verbose_name=_("salon")
    )
    outputs = models.CharField(_("what came out of the salon"), max_length=300, blank=True)
    session = models.ForeignKey(ReviewSession, models.SET_NULL, null=True, blank=True, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=SheetState, default=SheetState.DRAFT, db_index=True)
    drawn_at = models.DateTimeField(_("drawn up"))
    drawn_by = models.UUIDField(null=True, blank=True, editable=False)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    awarded_on = models.DateField(_("awarded on"), null=True, blank=True)
    award_reason = models.CharField(_("reason for the choice"), max_length=300, blank=True)
    departure = models.CharField(_("why not in the order of the panel"), max_length=300, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["-drawn_at", "-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["street", "state"]),
            models.Index(fields=["drawn_at", "id"]),
            models.Index(fields=["place", "kind", "state"]),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["street", "year", "serial"], name="ordering_a_sheet_number_once"),
            models.UniqueConstraint(
                fields=["item"], condition=Q(state="draft", item__isnull=False), name="ordering_one_draft_for_an_item"
            ),
            models.CheckConstraint(name="ordering_a_term_ends_after_it_begins", condition=Q(ends__gte=F("starts"))),
            models.CheckConstraint(name="ordering_a_sheet_is_for_something", condition=Q(quantity__gte=1)),
            models.CheckConstraint(name="ordering_a_ceiling_is_not_negative", condition=Q(ceiling__gte=NOTHING)),
            models.CheckConstraint(
                name="ordering_no_more_claims_than_places", condition=Q(places__gte=1, taken__lte=F("places"))
            ),
            models.CheckConstraint(
                name="ordering_published_on_a_day",
                condition=Q(state__in=("draft", "discussed", "cancelled")) | Q(published_on__isnull=False),
            ),
            models.CheckConstraint(
                name="ordering_outside_has_its_notice", condition=~Q(method="outside") | ~Q(outside_notice="")
                | Q(state__in=("draft", "discussed", "cancelled")),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.place_id)

    @property
    def kind_title(self) -> str:
        """The kind in the dictionary's words."""
        return kind_title(self.kind)

    @property
    def price(self) -> Decimal:
        """What the sheet costs at most for one unit, in yuan, to the fen."""
        return (self.ceiling / self.quantity).quantize(Decimal("0.01"))


class SheetOrder(Record):
    """An order stands on one sheet."""

    sheet = models.ForeignKey(WorkSheet, models.CASCADE, related_name="lines")
    order = models.OneToOneField(Order, models.PROTECT, related_name="on_sheet")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.sheet_id}: {self.order_id}"

    @property
    def anchor(self) -> Anchor:
        return self.sheet.anchor


class SheetNeed(Record):
    """A need stands on one sheet."""

    sheet = models.ForeignKey(WorkSheet, models.CASCADE, related_name="needs")
    need = models.OneToOneField(Need, models.PROTECT, related_name="on_sheet")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.sheet_id}: {self.need_id}"

    @property
    def anchor(self) -> Anchor:
        return self.sheet.anchor


class SheetRun(NumberRun):
    """The last number given to a sheet of a street and year."""

    street = models.ForeignKey(Place, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["street", "year"], name="ordering_one_run_of_sheets_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.street_id} {self.year}: {self.last}"
