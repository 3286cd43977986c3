"""What the roster keeps about a person, and how it is shown, put right and emptied."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.apps.people import services
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
            {"名册": str(one.get_kind_display()), "所在": one.where, "起": one.started_on.isoformat()}
            for one in RollEntry.objects.filter(person=row).select_related("community", "building__estate", "stairwell")
        ),
    ]


def _guardianship(row: Guardianship) -> dict[str, Any]:
    name = row.guardian.name if row.guardian else row.name
    return {"监护人": name, "关系": str(row.get_relation_display()), "同意日期": row.consent_on.isoformat()}


def merge(kept: Subject, gone: Subject) -> dict[str, Any]:
    """Account, guardianships and entries of rolls of the second row turn to the first; the ids of what turned.

    What cannot stand twice (the same guardian named for both, the same roll) stays with the row that went.
    """
    here, there = kept.person_id, gone.person_id
    own_guardians = Guardianship.objects.filter(ward=here, ended_on__isnull=True).values("guardian")
    own_rolls = RollEntry.objects.filter(person=here, ended_on__isnull=True, building__isnull=True).values("kind")
    wards = Guardianship.objects.filter(ward=there).exclude(guardian=here)
    wards = wards.exclude(ended_on__isnull=True, guardian__isnull=False, guardian__in=own_guardians)
    guardians = Guardianship.objects.filter(guardian=there).exclude(ward=here)
    rolls = RollEntry.objects.filter(person=there).exclude(
        ended_on__isnull=True, building__isnull=True, kind__in=own_rolls
    )
    return {
        "gone": str(there),
        "user": _turn(User.objects.filter(person=there), person=here),
        "ward": _turn(wards, ward=here),
        "guardian": _turn(guardians, guardian=here),
        "roll": _turn(rolls, person=here),
    }


def _turn(rows: QuerySet[Any], **column: UUID | None) -> list[str]:
    ids = list(rows.values_list("pk", flat=True))
    rows.model._default_manager.filter(pk__in=ids).update(**{f"{name}_id": pk for name, pk in column.items()})
    return [str(one) for one in ids]


def unmerge(moved: dict[str, Any]) -> None:
    """What :func:`merge` turned goes back to the row it came from."""
    gone = UUID(moved["gone"])
    User.objects.filter(pk__in=moved["user"]).update(person=gone)
    Guardianship.objects.filter(pk__in=moved["ward"]).update(ward=gone)
    Guardianship.objects.filter(pk__in=moved["guardian"]).update(guardian=gone)
    RollEntry.objects.filter(pk__in=moved["roll"]).update(person=gone)


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
    merge=merge,
    unmerge=unmerge,
    freeze=freezes("people.roster"),
    unfreeze=unfreezes("people.roster"),
    purpose=_("So that the community knows whom it serves, and reaches those who need help"),
    basis=Basis.DUTY,
    retention="people.person",
)
