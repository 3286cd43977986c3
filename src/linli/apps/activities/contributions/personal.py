"""What activities keep about a person: that somebody signed up and came, a telephone, a guardian."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.apps.activities.models import Attendance, CareNote, Handout, Signup
from linli.apps.activities.services.forgetting import NAMELESS, take_names_off
from linli.apps.people.models import Person as RosterPerson
from linli.apps.people.models import User
from linli.kernel.contributions import Basis, Person, PersonalData
from linli.kernel.contributions import contribute as add
from linli.kernel.privacy import nothing_rests, stays


def _theirs(person: Person) -> QuerySet[Signup]:
    """Rows tied to the person, or left with the person's telephone."""
    prints: list[str] = []
    if person.user_id is not None:
        prints += User.objects.filter(pk=person.user_id).values_list("phone_print", flat=True)
    if person.person_id is not None:
        prints += RosterPerson.objects.filter(pk=person.person_id).values_list("phone_print", flat=True)
    mine = Q(phone_print__in=[one for one in prints if one])
    if person.person_id is not None:
        mine |= Q(person=person.person_id)
    return Signup.objects.filter(mine)


def find(person: Person) -> int:
    """How many lists bear the person."""
    return _theirs(person).count()


def export(person: Person) -> list[dict[str, Any]]:
    """They as plain data; a note of health or hardship is told that it is there, its text by the community."""
    return [
        {
            "活动": str(row.occurrence),
            "时间": row.occurrence.starts.isoformat(),
            "报名时间": row.asked_at.isoformat(),
            "楼门或单位": row.door,
            "已签到": "是" if hasattr(row, "attendance") else "否",
            "有内部备注": "是" if hasattr(row, "care_note") else "否",
        }
        for row in _theirs(person).select_related("occurrence__activity", "attendance", "care_note")
    ]


def erase(person: Person) -> str | Promise:
    """Names go; that so many came stays."""
    return _("That so many people came stays on record, without names.") if take_names_off(_theirs(person)) else ""


def merge(kept: Person, gone: Person) -> dict[str, Any]:
    """Lists that named the second row of a person name the first."""
    rows = Signup.objects.filter(person=gone.person_id)
    moved = {"gone": str(gone.person_id), "rows": [str(one) for one in rows.values_list("pk", flat=True)]}
    rows.update(person=kept.person_id)
    return moved


def unmerge(moved: dict[str, Any]) -> None:
    """The very rows that were moved go back."""
    Signup.objects.filter(pk__in=moved["rows"]).update(person=moved["gone"])


PERSONAL = PersonalData(
    name="activities.signup",
    title=_("Names on lists of activities"),
    models=(Signup, Attendance, CareNote),
    find=find,
    export=export,
    erase=erase,
    freeze=stays(_("A list of an activity is used for that activity and for nothing else.")),
    unfreeze=nothing_rests,
    merge=merge,
    unmerge=unmerge,
    purpose=_("So that people have a place, can be called, and are counted once"),
    basis=Basis.DUTY,
    retention="activities.signup",
)


def _received(person: Person) -> QuerySet[Handout]:
    """What somebody of this name signed for, for his own household."""
    if person.person_id is None:
        return Handout.objects.none()
    known = RosterPerson.objects.filter(pk=person.person_id, household__isnull=False).first()
    if known is None:
        return Handout.objects.none()
    return Handout.objects.filter(household=known.household_id, receiver=known.name)


def export_received(person: Person) -> list[dict[str, Any]]:
    """What was signed for, as plain data."""
    rows = _received(person).select_related("distribution")
    return [{"物资": row.distribution.item, "数量": row.quantity, "日期": str(row.signed_on)} for row in rows]


def erase_received(person: Person) -> str | Promise:
    """The name goes; that the household got its part stays, because stock and voucher rest on it."""
    gone = _received(person).update(receiver=NAMELESS)
    return _("That the household received goods stays on record, without the name.") if gone else ""


RECEIVED = PersonalData(
    name="activities.handout",
    title=_("Names of those who signed for goods"),
    models=(Handout,),
    find=lambda person: _received(person).count(),
    export=export_received,
    erase=erase_received,
    freeze=stays(_("Who signed for goods is kept as evidence of a purchase, and used for nothing else.")),
    unfreeze=nothing_rests,
    purpose=_("So that what was bought with public money can be accounted for"),
    basis=Basis.DUTY,
    retention="activities.handout",
)


def contribute() -> None:
    """Enter both."""
    add(PERSONAL, RECEIVED)
