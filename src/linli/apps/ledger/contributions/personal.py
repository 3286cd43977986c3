"""What the ledger keeps about a person: that somebody of this name was paid for work."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.apps.ledger.models import LabourFee
from linli.kernel.contributions import Basis, Person, PersonalData
from linli.kernel.contributions import contribute as add
from linli.kernel.privacy import PERSON_NAME, Retention, fingerprints, nothing_rests, retain, stays

STAYS = _("Lists of fees belong to the books, which the law keeps; only the finance officer opens them.")


def _of(person: Person) -> QuerySet[LabourFee]:
    """Lines under the name of this account; a namesake's among them, since numbers are sealed without a print."""
    if person.user_id is None:
        return LabourFee.objects.none()
    names = get_user_model()._default_manager.filter(pk=person.user_id).values_list("name", flat=True)
    prints = [one for name in names if name for one in fingerprints(PERSON_NAME, name)]
    return LabourFee.objects.filter(name_print__in=prints).select_related("expenditure")


def find(person: Person) -> int:
    """How many lines bear this name."""
    return _of(person).count()


def export(person: Person) -> list[dict[str, Any]]:
    """They as plain data; without numbers, because a namesake's may be among them."""
    return [
        {"姓名": "与本人同名（可能是他人）", "事由": row.occasion, "日期": row.expenditure.spent_on.isoformat()}
        for row in _of(person)
    ]


def erase(person: Person) -> str | Promise:
    """Nothing is erased: the law keeps the books."""
    return STAYS if _of(person).exists() else ""


def contribute() -> None:
    """Answer for the sealed lists."""
    add(
        PersonalData(
            name="ledger.labour_fee",
            title=_("Fees for work"),
            models=(LabourFee,),
            find=find,
            export=export,
            erase=erase,
            freeze=stays(STAYS),
            unfreeze=nothing_rests,
            purpose=_("So that fees are paid to the right person and taxed"),
            basis=Basis.DUTY,
            retention="ledger.labour_fee",
        )
    )
    retain(
        Retention(
            "ledger.labour_fee", 3650, "会计档案管理办法（财政部令第79号）：其他会计资料10年", "K",
            title=_("Fees for work"), since=_("after the year of the payment"),
            carried_out=_("the street destroys accounts whose time is over by a procedure of its own, on record"),
        )
    )  # fmt: skip
