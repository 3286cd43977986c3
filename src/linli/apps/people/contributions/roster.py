"""What the roster keeps about a person, and how it is shown, put right and emptied."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.apps.people import services
from linli.apps.people.contributions.turning import Pointer, merging, unmerging
from linli.apps.people.models import Guardianship, Merge, Person, RollEntry, User
from linli.kernel.contributions import Basis, PersonalData
from linli.kernel.contributions import Person as Subject
from linli.kernel.errors import Missing
from linli.kernel.privacy import freezes, unfreezes


def _row(subject: Subject) -> Person | None:
    return Person.objects.filter(pk=subject.person_id).first() if subject.person_id else None


def _plain(sealed: Any) -> str:
    """A value in full: what is exported goes to the person whose it is."""
    return sealed.for_machine(because="export to the person") if sealed else ""


def find(subject: Subject) -> int:
    """The row of the roster, the guardianships, the entries of rolls and the merges of this person."""
    if _row(subject) is None:
        return 0
    who = subject.person_id
    guarded = Guardianship.objects.filter(Q(ward=who) | Q(guardian=who)).count()
    merges = Merge.objects.filter(Q(kept=who) | Q(gone=who)).count()
    return 1 + guarded + RollEntry.objects.filter(person=who).count() + merges


def export(subject: Subject) -> list[dict[str, Any]]:
    """The row as plain data."""
    row = _row(subject)
    if row is None:
        return []
    return [
        {
            "姓名": row.name,
            "其他姓名": row.other_names,
            "手机": _plain(row.phone),
            "座机": _plain(row.landline),
            "证件": str(row.get_id_kind_display()) if row.id_kind else "",
            "证件号码": _plain(row.id_number),
            "出生日期": row.born_on.isoformat() if row.born_on else "",
            "性别": str(row.get_gender_display()) if row.gender else "",
            "社区": row.community.name,
            "用途": str(row.get_purpose_display()),
            "来源": f"{row.get_source_display()} {row.source_note}".strip(),
        },
        *(_guardianship(one) for one in Guardianship.objects.filter(ward=row).select_related("guardian")),
        *(
            {"名册": str(one.get_kind_display()), "所在": one.where, "开始日期": one.started_on.isoformat()}
            for one in RollEntry.objects.filter(person=row).select_related("community", "building__estate", "stairwell")
        ),
    ]


def _guardianship(row: Guardianship) -> dict[str, Any]:
    name = row.guardian.name if row.guardian else row.name
    return {"监护人": name, "关系": str(row.get_relation_display()), "同意日期": row.consent_on.isoformat()}


def _new_wards(rows: QuerySet[Any], kept: UUID) -> QuerySet[Any]:
    named = Guardianship.objects.filter(ward=kept, ended_on__isnull=True, guardian__isnull=False).values("guardian")
    return rows.exclude(guardian=kept).exclude(ended_on__isnull=True, guardian__in=named)


def _of_others(rows: QuerySet[Any], kept: UUID) -> QuerySet[Any]:
    named = Guardianship.objects.filter(guardian=kept, ended_on__isnull=True).values("ward")
    return rows.exclude(ward=kept).exclude(ended_on__isnull=True, ward__in=named)


def _new_rolls(rows: QuerySet[Any], kept: UUID) -> QuerySet[Any]:
    own = RollEntry.objects.filter(person=kept, ended_on__isnull=True, building__isnull=True).values("kind")
    return rows.exclude(ended_on__isnull=True, building__isnull=True, kind__in=own)


POINTERS = (
    Pointer(User),
    Pointer(Guardianship, "ward", _new_wards),
    Pointer(Guardianship, "guardian", _of_others),
    Pointer(RollEntry, "person", _new_rolls),
)


def correct(subject: Subject, values: dict[str, Any]) -> None:
    """Put a wrong name, telephone or landline right."""
    row = _row(subject)
    if row is None:
        raise Missing(_("This person is not on the roster."))
    services.correct_person(row, values, actor=None)


def erase(subject: Subject) -> str | Promise:
    """Empty the row; it stays, nameless, because decisions and rolls point at it."""
    row = _row(subject)
    if row is not None:
        Guardianship.objects.filter(ward=row, guardian__isnull=True).delete()
        for one in (row, *Person.objects.filter(merged_into=row)):
            services.empty_person(one, actor=None)
        for merged in Merge.objects.filter(Q(kept=row) | Q(gone=row)):
            merged.before = "{}"
            merged.save(update_fields=["before"])
    return ""


ROSTER = PersonalData(
    name="people.roster",
    title=_("The roster of persons"),
    models=(Person, Merge, Guardianship, RollEntry),
    find=find,
    export=export,
    erase=erase,
    correct=correct,
    merge=merging(*POINTERS),
    unmerge=unmerging(*POINTERS),
    freeze=freezes("people.roster"),
    unfreeze=unfreezes("people.roster"),
    purpose=_("So that the community knows whom it serves, and reaches those who need help"),
    basis=Basis.DUTY,
    retention="people.person",
)
