"""What ordering keeps about a person: name, telephone and door on what he ordered, and what he said of it."""

from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.apps.ordering.models import Order, Portion, Receipt
from linli.apps.ordering.services.forgetting import take_names_off, take_words_off
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


def _said(person: Person) -> QuerySet[Receipt]:
    """What the person's household said of services given to it."""
    return Receipt.objects.filter(order__in=_theirs(person)).exclude(words="", grade="")


def receipts_of(person: Person) -> list[dict[str, Any]]:
    """They as plain data."""
    return [
        {"编号": row.order.number, "评价": str(row.get_grade_display()), "说明": row.words}
        for row in _said(person).select_related("order")
    ]


RECEIPTS = PersonalData(
    name="ordering.receipt",
    title=_("What was said of services"),
    models=(Receipt,),
    find=lambda person: _said(person).count(),
    export=receipts_of,
    erase=lambda person: (
        _("How many were satisfied stays on record, without their words.") if take_words_off(_said(person)) else ""
    ),
    freeze=stays(_("What was said of a service is counted with its acceptance, and used for nothing else.")),
    unfreeze=nothing_rests,
    purpose=_("So that the community knows how a service was before it is paid"),
    basis=Basis.DUTY,
    retention="ordering.order",
)


def contribute() -> None:
    """Enter them."""
    add(PERSONAL, RECEIPTS)
