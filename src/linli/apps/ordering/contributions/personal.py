"""What ordering keeps about a person: name, telephone and door on what he ordered."""

from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.apps.ordering.models import Order, Portion
from linli.apps.ordering.services.forgetting import take_names_off
from linli.apps.people.models import Person as RosterPerson
from linli.apps.people.models import User
from linli.kernel.contributions import Basis, Person, PersonalData
from linli.kernel.contributions import contribute as add
from linli.kernel.privacy import nothing_rests, stays


def _theirs(person: Person) -> QuerySet[Order]:
    """Orders left with the person's telephone."""
    prints: list[str] = []
    if person.user_id is not None:
        prints += User.objects.filter(pk=person.user_id).values_list("phone_print", flat=True)
    if person.person_id is not None:
        prints += RosterPerson.objects.filter(pk=person.person_id).values_list("phone_print", flat=True)
    return Order.objects.filter(phone_print__in=[one for one in prints if one])


def export(person: Person) -> list[dict[str, Any]]:
    """They as plain data."""
    return [
        {"编号": row.number, "服务": row.item.title, "数量": row.quantity, "状态": row.get_state_display(),
         "时间": row.asked_at.isoformat()}
        for row in _theirs(person).select_related("item")
    ]  # fmt: skip


def erase(person: Person) -> str | Promise:
    """The name goes; that somebody was served stays, because money was paid for it."""
    return _("That so many were served stays on record, without names.") if take_names_off(_theirs(person)) else ""


PERSONAL = PersonalData(
    name="ordering.order",
    title=_("Names on orders"),
    models=(Order, Portion),
    find=lambda person: _theirs(person).count(),
    export=export,
    erase=erase,
    freeze=stays(_("An order is used to serve it and to account for it, and for nothing else.")),
    unfreeze=nothing_rests,
    purpose=_("So that people are served, can be called, and no household is served above its quota"),
    basis=Basis.DUTY,
    retention="ordering.order",
)


def contribute() -> None:
    """Enter it."""
    add(PERSONAL)
