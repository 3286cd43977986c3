"""A need: what a resident said once, in any way, and how far it is."""

from datetime import datetime, time, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models.category import Category, Sensitivity
from linli.apps.organizations.models import Organization
from linli.apps.places.models import Place
from linli.kernel.money import NumberRun
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor

LONGEST_TITLE, LONGEST_MATTER = 80, 20_000
WALLED = ("place", "about_kind", "sensitivity", "walled_user", "walled_place", "walled_organization")
"""What the wall asks of a need: where an index ends with it, needs are counted without a look at their rows."""


class Channel(models.TextChoices):
    """By which way a need came in."""

    PORTAL = "portal", _("Portal")
    HOTLINE = "hotline", _("Telephone")
    VISIT = "visit", _("Visit at home")
    PATROL = "patrol", _("Patrol")
    WINDOW = "window", _("Window")
    CHAT = "chat", _("Group chat")
    SUGGESTION = "suggestion", _("Suggestion")
    TICKET = "ticket", _("12345 ticket")
    GRID = "grid", _("Grid case")
    OPEN311 = "open311", _("Open311")
    API = "api", _("Interface")
    EXCEL = "excel", _("Excel")


class NeedState(models.TextChoices):
    """The five stages, none of which is skipped (E50), and three ways out."""

    RECEIVED = "received", _("Collected")
    ANALYSED = "analysed", _("Analysed")
    HANDLING = "handling", _("Being handled")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Rated and closed")
    JOINED = "joined", _("Joined to another")
    WITHDRAWN = "withdrawn", _("Withdrawn")


OPEN = (NeedState.RECEIVED, NeedState.ANALYSED, NeedState.HANDLING)
"""States in which somebody still has to act."""
UNFINISHED = (*OPEN, NeedState.ANSWERED)
"""States in which the resident may still be heard."""


class Route(models.TextChoices):
    """The three routes of E53."""

    AT_ONCE = "at_once", _("Done at once")
    FORWARD = "forward", _("Passed to the responsible section")
    JOINT = "joint", _("Several sides together")


class SolvedAt(models.TextChoices):
    """At which level a matter was solved (E71)."""

    HOUSEHOLD = "household", _("Among neighbours")
    GRID = "grid", _("In the grid")
    COMMUNITY = "community", _("In the community")
    STREET = "street", _("In the street")
    DISTRICT = "district", _("In the district")


class Need(Record):
    """One need. ``number`` is what people read; ``place`` may be the street itself where nobody knows better.

    A complaint about a person, a post or an office (``about``) stands behind the wall: ``walled_place`` or
    ``walled_organization`` is the unit that must not see it, ``walled_user`` the account it is about (no key to
    follow from there: whom it is about must not find it among his own data). ``sensitivity``
    repeats the category's, so that one row says who may see it. ``first_at`` is when somebody first reached the
    resident; ``reopened`` counts how often he was not content,
    ``submission`` is the form's own key (sent twice, it is one need), ``raised_to`` the level that now looks after it.
    """

    street = models.ForeignKey(Place, models.PROTECT, related_name="+", verbose_name=_("street"))
    place = models.ForeignKey(Place, models.PROTECT, related_name="needs", verbose_name=_("place"))
    year = models.PositiveSmallIntegerField(_("year"))
    serial = models.PositiveIntegerField()
    number = models.CharField(_("number"), max_length=60, db_index=True)
    channel = models.CharField(_("how it came in"), max_length=12, choices=Channel, db_index=True)
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="needs", verbose_name=_("category")
    )
    sensitivity = models.CharField(_("sensitive kind"), max_length=20, choices=Sensitivity, blank=True)
    title = models.CharField(_("in a few words"), max_length=LONGEST_TITLE)
    matter = models.TextField(_("what the resident said"), max_length=LONGEST_MATTER)
    spot = models.CharField(_("where exactly"), max_length=120, blank=True)
    latitude = models.DecimalField(_("latitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=NeedState, default=NeedState.RECEIVED, db_index=True)
    route = models.CharField(_("route"), max_length=8, choices=Route, blank=True)
    received_at = models.DateTimeField(_("received"))
    analysed_at = models.DateTimeField(_("analysed"), null=True, blank=True)
    first_at = models.DateTimeField(_("first reached"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    promised = models.DateTimeField(_("promised by"), null=True, blank=True)
    on_behalf = models.BooleanField(_("entered for somebody else"), default=False)
    call_back = models.BooleanField(_("is called back by telephone"), default=False)
    about_kind = models.CharField(max_length=60, blank=True, editable=False)
    about_id = models.UUIDField(null=True, blank=True, editable=False)
    walled_place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    walled_organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    walled_user = models.UUIDField(null=True, blank=True, editable=False)
    joined_to = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="joined", verbose_name=_("joined to")
    )
    split_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("split from")
    )
    solved_at_level = models.CharField(_("solved at"), max_length=10, choices=SolvedAt, blank=True)
    reopened = models.PositiveSmallIntegerField(_("times opened again"), default=0)
    visits = models.PositiveSmallIntegerField(_("times the resident had to come"), default=0)
    raised_to = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("raised to")
    )
    reason = models.CharField(_("reason"), max_length=600, blank=True)
    entered_by = models.UUIDField(null=True, editable=False)
    submission = models.UUIDField(null=True, unique=True, editable=False)
    version = models.PositiveIntegerField(default=0)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["-received_at", "-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["street", "-received_at", "-id"], name="needs_newest_of_a_street"),
            models.Index(fields=["street", "state", "-received_at", "-id", *WALLED], name="needs_state_of_a_street"),
            models.Index(fields=["place", "-received_at", "-id"], name="needs_newest_of_a_place"),
            models.Index(fields=["place", "state", "-received_at", "-id"], name="needs_state_of_a_place"),
            models.Index(fields=["category", "-received_at"], name="needs_of_a_category"),
            models.Index(fields=["state", "answered_at"], name="needs_waiting_for_a_verdict"),
            models.Index(fields=["received_at", "id"]),
            models.Index(fields=["number", "id"]),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["street", "year", "serial"], name="needs_a_number_once"),
            models.CheckConstraint(name="needs_say_something", condition=~Q(matter="") & ~Q(title="")),
            models.CheckConstraint(
                name="needs_a_complaint_has_its_wall",
                condition=Q(about_kind="", about_id__isnull=True, walled_user__isnull=True)
                & Q(walled_place__isnull=True, walled_organization__isnull=True)
                | ~Q(about_kind="")
                & Q(about_id__isnull=False)
                & (Q(walled_place__isnull=False) | Q(walled_organization__isnull=False)),
            ),
            models.CheckConstraint(
                name="needs_joined_to_another",
                condition=Q(state="joined", joined_to__isnull=False) | (~Q(state="joined") & Q(joined_to__isnull=True)),
            ),
            models.CheckConstraint(
                name="needs_not_joined_to_itself",
                condition=Q(joined_to__isnull=True) | ~Q(joined_to=models.F("id")),
            ),
            models.CheckConstraint(
                name="needs_analysed_before_handled",
                condition=Q(state__in=("received", "joined", "withdrawn"))
                | Q(analysed_at__isnull=False, category__isnull=False),
            ),
            models.CheckConstraint(
                name="needs_answered_before_closed",
                condition=~Q(state__in=("answered", "closed")) | Q(answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="needs_closed_at_a_moment",
                condition=Q(state="closed", closed_at__isnull=False) | (~Q(state="closed") & Q(closed_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="needs_withdrawn_for_a_reason", condition=~Q(state="withdrawn") | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="needs_a_point_has_two_figures",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.place_id)

    @property
    def promise_told(self) -> datetime | None:
        """When the answer is promised, as people say it: the end of a day is its last minute, not midnight after it."""
        due = self.promised
        return due - timedelta(minutes=1) if due is not None and localtime(due).time() == time.min else due

    @property
    def is_walled(self) -> bool:
        """Whether it is about a person, a post or an office."""
        return bool(self.about_kind)


class NeedRun(NumberRun):
    """The last number given to a need of a street and year; taken under its own lock, so that there is no gap."""

    street = models.ForeignKey(Place, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["street", "year"], name="needs_one_run_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.street_id} {self.year}: {self.last}"
