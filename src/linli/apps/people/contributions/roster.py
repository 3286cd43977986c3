"""What the roster keeps about a person, and how it is shown, put right and emptied."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.apps.people import services
from linli.apps.people.models import Person
from linli.kernel.contributions import Person as Subject
from linli.kernel.contributions import PersonalData
from linli.kernel.errors import Missing


def _row(subject: Subject) -> Person | None:
    return Person.objects.filter(pk=subject.person_id).first() if subject.person_id else None


def _plain(sealed: Any) -> str:
    """A value in full: what is exported goes to the person whose it is."""
    return sealed.for_machine(because="export to the person") if sealed else ""


def find(subject: Subject) -> int:
    """1 when the person stands on the roster."""
    return int(_row(subject) is not None)


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
        }
    ]


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
        services.empty_person(row, actor=None)
    return ""


ROSTER = PersonalData(
    name="people.roster",
    title=_("The roster of persons"),
    models=(Person,),
    find=find,
    export=export,
    erase=erase,
    correct=correct,
)
