"""Routing rules of a street: ordered rows, first match, tried on past cases before they are switched on."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models.category import Category
from linli.apps.needs.models.need import Channel, Route
from linli.apps.organizations.models import Organization
from linli.apps.people.models import User
from linli.apps.places.models import Place
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class RoutingRule(Record):
    """Where needs go that match. Empty conditions match everything; ``words`` are parted by blanks, one is enough.

    Without ``place`` and ``organization`` the need goes to the community it lies in. ``tried_version`` is the
    ``version`` that was last tried on past cases; only a rule tried as it stands can be switched on.
    """

    street = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("street"))
    position = models.PositiveIntegerField(_("order"))
    title = models.CharField(_("title of the rule"), max_length=80)
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("category, or below it")
    )
    within = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("place, or below it")
    )
    channel = models.CharField(_("how it came in"), max_length=12, choices=Channel, blank=True)
    words = models.CharField(_("contains one of these words"), max_length=200, blank=True)
    route = models.CharField(_("route"), max_length=8, choices=Route, default=Route.FORWARD)
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("goes to the place")
    )
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("goes to the organization"),
    )
    user = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("person there")
    )
    is_on = models.BooleanField(_("switched on"), default=False)
    version = models.PositiveIntegerField(default=1)
    tried_version = models.PositiveIntegerField(default=0, editable=False)
    tried_at = models.DateTimeField(_("tried"), null=True, blank=True)
    tried_on = models.PositiveIntegerField(_("past cases"), default=0)
    would_change = models.PositiveIntegerField(_("would have gone elsewhere"), default=0)

    class Meta:
        ordering = ["street", "position", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="needs_a_rule_goes_to_one_unit", condition=Q(place__isnull=True) | Q(organization__isnull=True)
            ),
            models.CheckConstraint(
                name="needs_a_rule_is_tried_before_it_is_on",
                condition=Q(is_on=False) | Q(tried_version=models.F("version"), tried_at__isnull=False),
            ),
            models.CheckConstraint(name="needs_a_rule_has_a_title", condition=~Q(title="")),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.street_id)
