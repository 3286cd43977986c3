"""What organizations keep about a person: that somebody of this name stands for one in law."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations.models import LegalPerson
from linli.kernel.contributions import Basis, Person, PersonalData
from linli.kernel.contributions import contribute as add
from linli.kernel.privacy import PERSON_NAME, Retention, fingerprints, nothing_rests, retain, stays

STAYS = _("Who stands for an organization in law is taken from the public register and stays with it.")


def _of(person: Person) -> QuerySet[LegalPerson]:
    """Rows under the name of this account; a namesake has the same ones, since no number is kept to tell them apart."""
    if person.user_id is None:
        return LegalPerson.objects.none()
    names = get_user_model()._default_manager.filter(pk=person.user_id).values_list("name", flat=True)
    prints = [one for name in names if name for one in fingerprints(PERSON_NAME, name)]
    return LegalPerson.objects.filter(name_print__in=prints).select_related("organization")


def find(person: Person) -> int:
    """How many organizations are entered under this name."""
    return _of(person).count()


def export(person: Person) -> list[dict[str, Any]]:
    """The organizations for which this name stands, with the days and the source."""
    return [
        {
            "组织": row.organization.name,
            "法定代表人": "与本人同名（可能是他人）",
            "开始日期": row.valid_from.isoformat(),
            "结束日期": row.valid_to.isoformat() if row.valid_to else "",
            "来源": row.source,
        }
        for row in _of(person)
    ]


def erase(person: Person) -> str | Promise:
    """Nothing is erased: whom the register names, and whether it is a namesake, this house cannot decide."""
    if _of(person).exists():
        return STAYS
    return ""


def contribute() -> None:
    """Answer for the sealed names."""
    add(
        PersonalData(
            name="organizations.legal_person",
            title=_("Legal person of an organization"),
            models=(LegalPerson,),
            find=find,
            export=export,
            erase=erase,
            freeze=stays(STAYS),
            unfreeze=nothing_rests,
            purpose=_("So that everybody sees who stands for an organization in law"),
            basis=Basis.PUBLISHED,
            retention="organizations.legal_person",
        )
    )
    retain(
        Retention(
            "organizations.legal_person", None, "统一社会信用代码登记为公开信息；个人信息保护法第二十七条", "A",
            title=_("Legal person of an organization"), since=_("as long as the organization is registered"),
        )
    )  # fmt: skip
