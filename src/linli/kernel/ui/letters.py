"""What the interface keeps about a person: comments and complaints under which a contact was left."""

from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.kernel.contributions import Basis, Person, PersonalData
from linli.kernel.privacy import Retention, freeze, retain, unfreeze
from linli.kernel.ui import feedback
from linli.kernel.ui.models import Feedback


def _of(person: Person) -> QuerySet[Feedback]:
    """Rows under the telephone or e-mail address of the account; a number nobody has proved is left out."""
    user = get_user_model()._default_manager.filter(pk=person.user_id).first() if person.user_id else None
    if user is None:
        return Feedback.objects.none()
    phone: Any = getattr(user, "phone", "")
    number = phone.for_machine(because="my data") if phone and not getattr(user, "claims_phone", False) else ""
    return feedback.left_under([number])


def find(person: Person) -> int:
    """How many rows carry a contact of this person."""
    return _of(person).count()


def export(person: Person) -> list[dict[str, Any]]:
    """What was written and when."""
    return [
        {"时间": row.at.isoformat(), "类别": str(row.get_kind_display()), "内容": row.text}
        for row in _of(person).order_by("id")
    ]


def erase(person: Person) -> str | Promise:
    """The contact goes; the text stays, because a complaint must not be made to disappear."""
    if feedback.forget_contacts(_of(person)):
        return _("What you wrote stays, without your contact: a complaint must not be made to disappear.")
    return ""


def rest(person: Person, reason: str) -> str:
    """The contact is no longer shown to those who read."""
    for row in _of(person):
        freeze(feedback.PART, row.pk, reason=reason)
    if person.user_id is not None:
        freeze(feedback.PART, person.user_id, reason=reason)
    return ""


def use_again(person: Person) -> None:
    """The contact is shown again."""
    for row in _of(person):
        unfreeze(feedback.PART, row.pk)
    if person.user_id is not None:
        unfreeze(feedback.PART, person.user_id)


def forget_old(before: datetime) -> int:
    """Contacts left before a moment; how many."""
    return feedback.forget_contacts(Feedback.objects.filter(at__lt=before))


LETTERS = PersonalData(
    name=feedback.PART,
    title=_("Comments and complaints"),
    models=(Feedback,),
    find=find,
    export=export,
    erase=erase,
    freeze=rest,
    unfreeze=use_again,
    purpose=_("So that what you wrote can be answered"),
    basis=Basis.CONSENT,
    retention="ui.feedback",
)
retain(
    Retention(
        "ui.feedback", 365, "街道自定（最短保存，个人信息保护法第十九条）", "K",
        title=_("Contacts left with a comment or a complaint"),
        since=_("from the day it was sent; the text itself stays"), remove=forget_old,
    )
)  # fmt: skip
