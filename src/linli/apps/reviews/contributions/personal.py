"""What reviews keep about a person: the row in the pool of experts, the seats held."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.apps.reviews.models import Expert, Seat
from linli.kernel.contributions import Basis, Person, PersonalData
from linli.kernel.contributions import contribute as add
from linli.kernel.privacy import Retention, nothing_rests, retain, stays

STAYS = _("Who judged, counted and supervised stays with the review: others rely on it.")


def _experts(person: Person) -> QuerySet[Expert]:
    return Expert.objects.filter(user=person.user_id) if person.user_id else Expert.objects.none()


def _seats(person: Person) -> QuerySet[Seat]:
    if person.user_id is None:
        return Seat.objects.none()
    return Seat.objects.filter(Q(user=person.user_id) | Q(expert__user=person.user_id)).select_related("session")


def find(person: Person) -> int:
    """How many rows are about this account."""
    return _experts(person).count() + _seats(person).count()


def export(person: Person) -> list[dict[str, Any]]:
    """The row of the pool and every seat; never a mark."""
    rows = [{"专家": row.name, "单位及职务": row.unit, "专长": row.specialty} for row in _experts(person)]
    return [*rows, *({"评审会": str(row.session), "身份": str(row.get_duty_display())} for row in _seats(person))]


def erase(person: Person) -> str | Promise:
    """Telephone, identity number and account go, invitations end; seats stay."""
    for expert in _experts(person):
        expert.phone = expert.id_number = expert.account = ""
        expert.is_active = False
        expert.save()
    return STAYS if _seats(person).exists() else ""


def contribute() -> None:
    """Answer for the pool and the seats."""
    add(
        PersonalData(
            name="reviews.expert",
            title=_("Expert and seat in reviews"),
            models=(Expert, Seat),
            find=find,
            export=export,
            erase=erase,
            freeze=stays(STAYS),
            unfreeze=nothing_rests,
            purpose=_("So that reviews have judges, and it is known who judged what"),
            basis=Basis.DUTY,
            retention="reviews.expert",
        )
    )
    retain(
        Retention(
            "reviews.expert", None, "评审档案长期保存（实践做法，街道确认）", "K",
            title=_("Expert and seat in reviews"), since=_("as long as the review is kept"),
        )
    )  # fmt: skip
