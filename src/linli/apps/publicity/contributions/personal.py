"""What notices keep about a person: the name and telephone somebody left with an objection."""

from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.apps.people.models import Person as RosterPerson
from linli.apps.people.models import User
from linli.apps.publicity.models import Objection
from linli.apps.publicity.services.forgetting import take_names_off
from linli.kernel.contributions import Basis, Person, PersonalData
from linli.kernel.contributions import contribute as add
from linli.kernel.privacy import nothing_rests, stays


def _theirs(person: Person) -> QuerySet[Objection]:
    """Objections left with a telephone that is the person's."""
    prints: list[str] = []
    if person.user_id is not None:
        prints += User.objects.filter(pk=person.user_id).values_list("phone_print", flat=True)
    if person.person_id is not None:
        prints += RosterPerson.objects.filter(pk=person.person_id).values_list("phone_print", flat=True)
    return Objection.objects.filter(phone_print__in=[one for one in prints if one])


def find(person: Person) -> int:
    """How many objections bear the person's telephone."""
    return _theirs(person).count()


def export(person: Person) -> list[dict[str, Any]]:
    """They as plain data."""
    return [
        {
            "公示": row.notice.title,
            "意见": row.text,
            "提出时间": row.received_at.isoformat(),
            "答复": row.answer,
        }
        for row in _theirs(person).select_related("notice")
    ]


def erase(person: Person) -> str | Promise:
    """Name and telephone go; what was objected stays, nameless, because it decided about the notice."""
    return _("What was objected stays on record, without a name.") if take_names_off(_theirs(person)) else ""


PERSONAL = PersonalData(
    name="publicity.objection",
    title=_("Names on objections to public notices"),
    models=(Objection,),
    find=find,
    export=export,
    erase=erase,
    freeze=stays(_("An objection is answered; the name is used for nothing else.")),
    unfreeze=nothing_rests,
    purpose=_("So that whoever objects can be answered"),
    basis=Basis.DUTY,
    retention="publicity.objection",
)


def contribute() -> None:
    """Enter it."""
    add(PERSONAL)
