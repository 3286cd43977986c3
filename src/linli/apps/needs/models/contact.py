"""How whoever has the need can be reached: sealed, in a row of its own, opened with a reason by who handles it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models.need import Need
from linli.apps.needs.permissions import sees_contact
from linli.apps.people.models import Person, User
from linli.kernel.privacy import ADDRESS, PERSON_NAME, PHONE, Fingerprint, SealedText
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class Behalf(models.TextChoices):
    """Who entered a need for somebody else."""

    WORKER = "worker", _("Community worker")
    STAIRWELL_HEAD = "stairwell_head", _("Stairwell head")
    RELATIVE = "relative", _("Relative")
    NEIGHBOUR = "neighbour", _("Neighbour")


class Contact(Record):
    """Name, telephone and address of one need. ``tail`` (last four digits, keyed) opens following with the number.

    ``relation`` and ``consented`` stand where somebody else entered it: who, and that he was asked.
    ``may_pass_on`` is the ticked consent without which nothing of this leaves the house.
    """

    need = models.OneToOneField(Need, models.CASCADE, related_name="contact")
    name = SealedText(_("name"), sort=PERSON_NAME, blank=True, may_reveal=sees_contact)
    phone = SealedText(_("telephone"), sort=PHONE, blank=True, may_reveal=sees_contact)
    phone_print = Fingerprint(of="phone", db_index=True)
    tail_print = models.CharField(max_length=64, blank=True, editable=False)
    address = SealedText(_("address"), sort=ADDRESS, blank=True, may_reveal=sees_contact)
    user = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    is_elder = models.BooleanField(_("65 or older"), default=False)
    has_no_smartphone = models.BooleanField(_("has no smartphone"), default=False)
    relation = models.CharField(_("entered by"), max_length=16, choices=Behalf, blank=True)
    teller = SealedText(_("who entered it"), sort=PERSON_NAME, blank=True, may_reveal=sees_contact)
    teller_phone = SealedText(_("telephone of who entered it"), sort=PHONE, blank=True, may_reveal=sees_contact)
    consented = models.BooleanField(_("was asked and agrees"), default=False)
    may_pass_on = models.BooleanField(_("may be passed on to whoever does the work"), default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="needs_who_speaks_for_another_asked_him", condition=Q(relation="") | Q(consented=True)
            ),
        ]

    def __str__(self) -> str:
        return str(self.need)

    @property
    def anchor(self) -> Anchor:
        return self.need.anchor
