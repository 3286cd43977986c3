"""What a person asks about his own data (PIPL Art. 44 to 50), and the files prepared for him."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.apps.people.models.person import Person
from linli.apps.people.models.user import User
from linli.apps.places.models import Place
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor


class RequestKind(models.TextChoices):
    """What may be asked, in the order of the law's articles."""

    EXPLAIN = "explain", _("Explain how my data are used")
    EXPORT = "export", _("Give me a copy of my data")
    CORRECT = "correct", _("Put my data right")
    FREEZE = "freeze", _("Keep my data but stop using them")
    UNFREEZE = "unfreeze", _("Use my data again")
    ERASE = "erase", _("Delete my data")


class RequestState(models.TextChoices):
    ASKED = "asked", _("asked")
    IN_WORK = "in_work", _("in work")
    DONE = "done", _("done")
    REFUSED = "refused", _("refused")


class DataRequest(Record):
    """One request of one person: an account, or somebody of the roster for whom a worker entered it."""

    kind = models.CharField(_("request"), max_length=10, choices=RequestKind, db_index=True)
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="data_requests", verbose_name=_("account"))
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("person"))
    community = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+", verbose_name=_("community"))
    state = models.CharField(_("state"), max_length=8, choices=RequestState, default=RequestState.ASKED, db_index=True)
    text = models.TextField(_("in your own words"), blank=True)
    asked_at = models.DateTimeField(_("asked at"), db_index=True)
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("entered by"))
    relation = models.CharField(_("who asks for whom"), max_length=60, blank=True)
    consent_note = models.CharField(_("how the person agreed"), max_length=200, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    kept = models.JSONField(_("what was kept and why"), default=list)
    decided_at = models.DateTimeField(_("answered at"), null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("answered by"))
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-asked_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="people_data_request_is_about_somebody",
                condition=Q(user__isnull=False) | Q(person__isnull=False),
            ),
            models.CheckConstraint(
                name="people_data_request_for_another_says_how",
                condition=Q(user__isnull=False, asked_by=models.F("user")) | (~Q(relation="") & ~Q(consent_note="")),
            ),
            models.CheckConstraint(
                name="people_data_request_is_refused_with_reasons",
                condition=~Q(state="refused") | ~Q(answer=""),
            ),
            models.UniqueConstraint(
                name="people_one_open_data_request_of_a_kind",
                fields=["user", "kind"],
                condition=Q(state__in=["asked", "in_work"], user__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def whose(self) -> str:
        """The name of whom it is about."""
        return str(self.user or self.person)

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.community_id)


class DataExport(Record):
    """The files of one copy: only ``reader`` may fetch them, and only until they expire."""

    request = models.OneToOneField(DataRequest, models.PROTECT, related_name="export")
    reader = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("who may fetch it"))
    made_at = models.DateTimeField(_("made at"), db_index=True)
    expires_at = models.DateTimeField(_("can be fetched until"), db_index=True)
    job_id = models.UUIDField(null=True)
    ready_at = models.DateTimeField(_("ready at"), null=True)

    class Meta:
        ordering = ["-made_at", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="people_data_export_expires", condition=Q(expires_at__gt=models.F("made_at"))),
        ]

    def __str__(self) -> str:
        return str(self.request)
