"""The menu of a community and month, the points where services are given, and wishes nobody serves yet."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations.models import Organization
from linli.apps.places.models import Place
from linli.kernel.money import LimitRow, MoneyField
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor

NOTHING = Decimal(0)


class Audience(models.TextChoices):
    EVERYONE = "everyone", _("Every resident")
    ELDERS = "elders", _("From the age of 60")
    OLDEST = "oldest", _("From the age of 80")
    DISABLED = "disabled", _("People with a disability")
    HARDSHIP = "hardship", _("Households in hardship")
    CHILDREN = "children", _("Children with a guardian")


class Rule(models.TextChoices):
    """Who is served where more ask than there are places."""

    FIRST = "first", _("In the order in which they came")
    NEED = "need", _("Households in hardship first, then in the order in which they came")
    DRAW = "draw", _("By lot from a seed that is told")


class ItemState(models.TextChoices):
    DRAFT = "draft", _("Not open for orders yet")
    OPEN = "open", _("Can be ordered")
    CLOSED = "closed", _("No longer ordered")


class CatalogItem(LimitRow):
    """One service on the menu of a community for a month (``month`` is its first day).

    ``price`` is what one unit costs the fund; nothing is asked of the resident. ``quota`` is what one household may
    have in the month, ``capacity`` what there is in all (None: as many as ask), ``taken`` what was given of it.
    ``at_home``: two go to a resident together.
    """

    place = models.ForeignKey(Place, models.PROTECT, related_name="menu", verbose_name=_("community"))
    month = models.DateField(_("month"))
    kind = models.CharField(_("kind of service"), max_length=24)
    title = models.CharField(_("service"), max_length=60)
    about = models.TextField(_("content of the service"), max_length=1000, blank=True)
    when = models.CharField(_("days and hours"), max_length=80, blank=True)
    unit = models.CharField(_("unit"), max_length=12)
    price = MoneyField(_("price of one"), default=NOTHING)
    audience = models.CharField(_("who may order"), max_length=10, choices=Audience, default=Audience.EVERYONE)
    quota = models.PositiveSmallIntegerField(_("most for one household in the month"), default=1)
    capacity = models.PositiveIntegerField(_("places in all"), null=True, blank=True)
    taken = models.PositiveIntegerField(default=0, editable=False)
    rule = models.CharField(_("where more ask than there are places"), max_length=8, choices=Rule, default=Rule.FIRST)
    provider = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("provided by")
    )
    at_home = models.BooleanField(_("given in homes"), default=False)
    no_selling = models.BooleanField(_("nothing is sold while it is given"), default=True)
    state = models.CharField(_("state"), max_length=8, choices=ItemState, default=ItemState.DRAFT, db_index=True)
    seed = models.CharField(_("seed of the lot"), max_length=40, blank=True)
    drawn_at = models.DateTimeField(_("drawn"), null=True, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["-month", "title", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["place", "month", "state"]),
            models.Index(fields=["month", "id"]),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["place", "month", "title"], name="ordering_a_service_once_a_month"),
            models.CheckConstraint(name="ordering_price_is_not_negative", condition=Q(price__gte=NOTHING)),
            models.CheckConstraint(name="ordering_quota_is_something", condition=Q(quota__gte=1)),
            models.CheckConstraint(
                name="ordering_no_more_than_there_is", condition=Q(capacity__isnull=True) | Q(taken__lte=F("capacity"))
            ),
            models.CheckConstraint(
                name="ordering_drawn_with_a_seed",
                condition=Q(drawn_at__isnull=True, seed="") | (Q(drawn_at__isnull=False) & ~Q(seed="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.place_id)


class ServicePoint(Record):
    """A place where services are given, for the map of what lies within fifteen minutes on foot."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="service_points", verbose_name=_("community"))
    title = models.CharField(_("service point"), max_length=60)
    address = models.CharField(_("address"), max_length=120)
    hours = models.CharField(_("days and hours"), max_length=80, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    latitude = models.DecimalField(_("latitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    kinds = models.JSONField(_("kinds of service"), default=list)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["title", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["place", "title"], name="ordering_a_point_once"),
            models.CheckConstraint(
                name="ordering_a_point_is_whole",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.place_id)


class Wish(Record):
    """How often something was asked for in a month that is not on the menu; who asked is not kept."""

    place = models.ForeignKey(Place, models.PROTECT, related_name="wishes", verbose_name=_("community"))
    month = models.DateField(_("month"))
    words = models.CharField(_("what is wished"), max_length=60)
    key = models.CharField(max_length=60, editable=False)
    count = models.PositiveIntegerField(_("how often"), default=1)

    class Meta:
        ordering = ["-month", "-count", "key"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["place", "month", "key"], name="ordering_a_wish_once_a_month"),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.place_id)
