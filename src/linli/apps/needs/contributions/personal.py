"""What needs keep about a person: how he can be reached, and which staff has a part."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models import Assignment, Contact, OwnerOffer, RoutingRule
from linli.apps.needs.queries import hidden_from
from linli.apps.people.models import Person as RosterPerson
from linli.apps.people.models import User
from linli.kernel.contributions import Basis, Person, PersonalData
from linli.kernel.contributions import contribute as add
from linli.kernel.privacy import nothing_rests, stays


def _theirs(person: Person) -> QuerySet[Contact]:
    """Contacts tied to the person, or left with the person's telephone."""
    prints: list[str] = []
    if person.user_id is not None:
        prints += User.objects.filter(pk=person.user_id).values_list("phone_print", flat=True)
    if person.person_id is not None:
        prints += RosterPerson.objects.filter(pk=person.person_id).values_list("phone_print", flat=True)
    mine = Q(phone_print__in=[one for one in prints if one])
    if person.user_id is not None:
        mine |= Q(user=person.user_id)
    if person.person_id is not None:
        mine |= Q(person=person.person_id)
    return Contact.objects.filter(mine)


def _told(person: Person) -> QuerySet[Contact]:
    """Those of them that whoever reads in the person's stead may know of: not the complaint about himself."""
    rows = _theirs(person)
    reader = User.objects.filter(pk=person.reader).first() if person.reader is not None else None
    return rows if reader is None else rows.exclude(need__in=hidden_from(reader))


def find(person: Person) -> int:
    """How many needs bear the person's contact."""
    return _told(person).count()


def export(person: Person) -> list[dict[str, Any]]:
    """They as plain data: what was said and how far it is."""
    return [
        {
            "编号": row.need.number,
            "提出时间": row.need.received_at.isoformat(),
            "内容": row.need.matter,
            "状态": str(row.need.get_state_display()),
        }
        for row in _told(person).select_related("need")
    ]


def erase(person: Person) -> str | Promise:
    """The contact goes; what was asked and answered stays, without whoever asked."""
    gone, _rows = _theirs(person).delete()
    return _("What was asked and answered stays on record, without name and telephone.") if gone else ""


def merge(kept: Person, gone: Person) -> dict[str, Any]:
    """Contacts that named the second row of a person name the first."""
    rows = Contact.objects.filter(person=gone.person_id)
    moved = {"gone": str(gone.person_id), "rows": [str(one) for one in rows.values_list("pk", flat=True)]}
    rows.update(person=kept.person_id)
    return moved


def unmerge(moved: dict[str, Any]) -> None:
    """The very rows that were moved go back."""
    Contact.objects.filter(pk__in=moved["rows"]).update(person=moved["gone"])


CONTACTS = PersonalData(
    name="needs.contact",
    title=_("Contacts of needs"),
    models=(Contact,),
    find=find,
    export=export,
    erase=erase,
    freeze=stays(_("A contact is used to answer that need and for nothing else.")),
    unfreeze=nothing_rests,
    merge=merge,
    unmerge=unmerge,
    purpose=_("So that whoever has a need can be reached and answered"),
    basis=Basis.DUTY,
    retention="needs.contact",
)


def _parts(person: Person) -> QuerySet[Assignment]:
    if person.user_id is None:
        return Assignment.objects.none()
    return Assignment.objects.filter(user=person.user_id)


def parts_of(person: Person) -> list[dict[str, Any]]:
    """The parts in needs as plain data."""
    return [
        {"编号": row.need.number, "职责": str(row.get_duty_display()), "开始": row.since.isoformat()}
        for row in _parts(person).select_related("need")
    ]


PARTS = PersonalData(
    name="needs.assignment",
    title=_("Parts of staff in needs"),
    models=(Assignment, OwnerOffer, RoutingRule),
    find=lambda person: _parts(person).count(),
    export=parts_of,
    erase=lambda person: _("Who followed a need is part of its record.") if _parts(person).exists() else "",
    freeze=stays(_("Who followed a need is part of its record.")),
    unfreeze=nothing_rests,
    purpose=_("So that every need has somebody who follows it to the end"),
    basis=Basis.DUTY,
    retention="needs.contact",
)


def contribute() -> None:
    """Enter both."""
    add(CONTACTS, PARTS)
