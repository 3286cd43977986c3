"""The roster of persons: who lives in a community, what is known of them, and to what end."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.apps.people.models.document import DOCUMENT, DocumentKind
from linli.apps.people.permissions import ROSTER_READERS
from linli.apps.places.models import Building, Household, Place
from linli.kernel.privacy import PHONE, Fingerprint, SealedText
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor, holds


class Gender(models.TextChoices):
    FEMALE = "female", _("Female")
    MALE = "male", _("Male")


class Purpose(models.TextChoices):
    """To what end a row is kept (PIPL Art. 6); a row serves these ends and no other."""

    SERVICE = "service", _("Service of the community to its residents")
    DELIBERATION = "deliberation", _("Deliberation and votes of residents")
    VOLUNTEERING = "volunteering", _("Volunteering and its insurance")


class Source(models.TextChoices):
    """Where a row came from."""

    SELF = "self", _("Told by the person")
    COUNTER = "counter", _("Entered at the counter")
    ROSTER = "roster", _("Imported roster")
    OTHER = "other", _("Passed on by another body")


class PersonRows(models.QuerySet["Person"]):
    """Rows of persons."""

    def living(self) -> "PersonRows":
        """Persons on the roster: not merged into another, not moved away."""
        return self.filter(merged_into__isnull=True, left_on__isnull=True)


class Person(Record):
    """One human being as a community knows them.

    The name stands open, because lists are sorted and found by it; telephone, landline and document number are
    sealed. The keys follow from the name (``algorithms.personal_names``).
    ``born_on`` stands open: the age of a guardian's ward and of a meal's guest are reckoned from it; it is shown as
    a year. For lists, ``building`` repeats that of the household, and ``telephones`` counts them. ``version`` counts
    the texts: a change names the version it was made from.
    """

    name = models.CharField(_("name"), max_length=120)
    other_names = models.CharField(_("names borne before or beside"), max_length=200, blank=True)
    name_key = models.CharField(max_length=160, editable=False)
    pinyin = models.CharField(max_length=200, editable=False)
    initials = models.CharField(max_length=60, editable=False)
    pinyin_key = models.CharField(max_length=400, editable=False)
    stroke_key = models.CharField(max_length=300, editable=False)
    phone = SealedText(_("mobile"), sort=PHONE, blank=True, may_reveal=holds(*ROSTER_READERS))
    phone_print = Fingerprint(of="phone", db_index=True)
    landline = SealedText(_("landline"), sort=PHONE, blank=True, may_reveal=holds(*ROSTER_READERS))
    landline_print = Fingerprint(of="landline", db_index=True)
    telephones = models.PositiveSmallIntegerField(default=0, editable=False)
    id_kind = models.CharField(_("kind of document"), max_length=20, choices=DocumentKind, blank=True)
    id_number = SealedText(_("number of the document"), sort=DOCUMENT, blank=True, may_reveal=holds(*ROSTER_READERS))
    id_print = Fingerprint(of="id_number", null=True, db_index=True)
    born_on = models.DateField(_("date of birth"), null=True, blank=True)
    gender = models.CharField(_("gender"), max_length=8, choices=Gender, blank=True)
    community = models.ForeignKey(Place, models.PROTECT, related_name="persons", verbose_name=_("community"))
    household = models.ForeignKey(
        Household, models.SET_NULL, null=True, blank=True, related_name="persons", verbose_name=_("household")
    )
    building = models.ForeignKey(
        Building, models.SET_NULL, null=True, blank=True, related_name="persons", editable=False
    )
    relation = models.CharField(_("relation to the head of household"), max_length=20, blank=True)
    purpose = models.CharField(_("purpose"), max_length=16, choices=Purpose, default=Purpose.SERVICE)
    source = models.CharField(_("source"), max_length=8, choices=Source, default=Source.COUNTER)
    source_note = models.CharField(_("where from"), max_length=120, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    left_on = models.DateField(_("moved away on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    added_at = models.DateTimeField(_("entered"))
    changed_at = models.DateTimeField(_("last change"))
    is_demo = models.BooleanField(default=False)

    objects = PersonRows.as_manager()

    class Meta:
        ordering = ["pinyin_key", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["community", "pinyin_key", "id"], name="people_by_pinyin"),
            models.Index(fields=["community", "stroke_key", "id"], name="people_by_strokes"),
            models.Index(fields=["community", "name_key", "id"], name="people_by_name"),
            models.Index(fields=["community", "pinyin", "id"], name="people_by_letters"),
            models.Index(fields=["community", "initials", "id"], name="people_by_initials"),
            models.Index(fields=["community", "building", "pinyin_key", "id"], name="people_by_building"),
            models.Index(fields=["community", "telephones", "pinyin_key", "id"], name="people_by_telephone"),
            models.Index(fields=["name_key", "born_on"], name="people_same_name_and_birth"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                name="people_one_person_a_document",
                fields=["id_print"],
                condition=Q(id_print__isnull=False, merged_into__isnull=True),
            ),
            models.CheckConstraint(
                name="people_person_is_not_merged_into_itself",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
            ),
            models.CheckConstraint(name="people_person_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="people_document_has_a_kind",
                condition=Q(id_print__isnull=True) | ~Q(id_kind=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.community_id)

    @property
    def has_phone(self) -> bool:
        """Whether the person can be called at all; many old neighbours cannot, and that is a normal case."""
        return self.telephones > 0
