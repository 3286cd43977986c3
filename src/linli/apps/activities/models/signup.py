"""Who wants to come, who came, and what only the community's own staff may read about somebody."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.apps.activities.models.occurrence import Occurrence
from linli.apps.activities.permissions import CARERS, DOOR
from linli.apps.people.models import Person
from linli.apps.places.models import Household
from linli.kernel.privacy import PHONE, Fingerprint, SealedText, Sort
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor, holds


def _tidy_note(text: str) -> str:
    return text.strip()


def _mask_note(text: str) -> str:
    return "（已填写）" if text else ""


NOTE = Sort("care_note", _tidy_note, _mask_note)


class SignupState(models.TextChoices):
    GOING = "going", _("Has a place")
    WAITING = "waiting", _("Waits for a place")
    OFFERED = "offered", _("Is offered a place")
    LEFT = "left", _("Has left")
    LAPSED = "lapsed", _("Did not take the offer")
    RELEASED = "released", _("Place released")


class Listing(models.TextChoices):
    """How somebody came onto the list."""

    PORTAL = "portal", _("On the portal")
    DESK = "desk", _("By the staff")
    CHAIN = "chain", _("From a list in the group")
    DOOR = "door", _("At the door")


class SignInWay(models.TextChoices):
    """The three ways are equal: each gives the same one row."""

    QR = "qr", _("QR code")
    LIST = "list", _("Staff's list")
    PAPER = "paper", _("Paper sheet")


HOLDS_A_PLACE = (SignupState.GOING, SignupState.OFFERED)
ON_THE_LIST = (*HOLDS_A_PLACE, SignupState.WAITING)


class Signup(Record):
    """One person at one occurrence, whichever way he came: never two rows.

    ``key`` is the name without blanks, ``mark`` the last four digits of the telephone, or a door, or "": what a paper
    sheet tells persons apart by; ``door`` is what was said of it, beside a telephone too. ``pass_code`` opens the
    person's own page, and is read at the door.
    """

    occurrence = models.ForeignKey(Occurrence, models.PROTECT, related_name="signups")
    name = models.CharField(_("name"), max_length=40)
    key = models.CharField(max_length=40, editable=False)
    mark = models.CharField(_("last four digits of the telephone, or the door"), max_length=20, blank=True)
    door = models.CharField(_("door or unit"), max_length=20, blank=True)
    phone = SealedText(_("telephone"), sort=PHONE, blank=True, may_reveal=holds(*DOOR))
    phone_print = Fingerprint(of="phone", db_index=True)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    household = models.ForeignKey(Household, models.SET_NULL, null=True, blank=True, related_name="+")
    is_minor = models.BooleanField(_("a child"), default=False)
    guardian = models.CharField(_("guardian"), max_length=40, blank=True)
    guardian_phone = SealedText(_("guardian's telephone"), sort=PHONE, blank=True, may_reveal=holds(*DOOR))
    photos_allowed = models.BooleanField(_("may be in pictures"), default=False)
    listing = models.CharField(_("how it came"), max_length=8, choices=Listing)
    state = models.CharField(_("state"), max_length=10, choices=SignupState)
    asked_at = models.DateTimeField(_("signed up"))
    offered_until = models.DateTimeField(_("offered until"), null=True, blank=True)
    pass_code = models.CharField(max_length=16, unique=True)

    class Meta:
        ordering = ["asked_at", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["occurrence", "state", "asked_at"]),
            models.Index(fields=["state", "offered_until"]),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["occurrence", "key", "mark"], name="activities_one_row_a_person"),
            models.CheckConstraint(
                name="activities_children_have_a_guardian", condition=Q(is_minor=False) | ~Q(guardian="")
            ),
            models.CheckConstraint(
                name="activities_offers_end",
                condition=Q(state="offered", offered_until__isnull=False)
                | (~Q(state="offered") & Q(offered_until__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def anchor(self) -> Anchor:
        return self.occurrence.anchor


class Attendance(Record):
    """That somebody came. One a person and occurrence, by the database, whichever way it was told."""

    signup = models.OneToOneField(Signup, models.CASCADE, related_name="attendance")
    occurrence = models.ForeignKey(Occurrence, models.PROTECT, related_name="attendances")
    way = models.CharField(_("signed in by"), max_length=6, choices=SignInWay)
    came_at = models.DateTimeField(_("signed in at"))

    class Meta:
        ordering = ["came_at", "id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["occurrence", "came_at"])]

    def __str__(self) -> str:
        return str(self.signup)

    @property
    def anchor(self) -> Anchor:
        return self.occurrence.anchor


class CareNote(Record):
    """What must be known of somebody's health or hardship: sealed, for the community's staff, in no export (F14)."""

    signup = models.OneToOneField(Signup, models.CASCADE, related_name="care_note")
    text = SealedText(_("note"), sort=NOTE, may_reveal=holds(*CARERS))
    noted_at = models.DateTimeField(_("noted"))

    def __str__(self) -> str:
        return str(self.text)

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.signup.occurrence.activity.place_id)
