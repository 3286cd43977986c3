"""What this mechanism keeps about people, and its verbs, known from the start."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from linli.kernel.contributions import Basis, Person, PersonalData, contribute
from linli.kernel.notices import delivering
from linli.kernel.notices.gateways import checking, open_gateways
from linli.kernel.notices.models import Delivery, Notice, NoticeWish, SwitchedOff
from linli.kernel.privacy import Retention, freezes, retain, unfreezes
from linli.kernel.refs import Kind, kinds, register
from linli.kernel.scope.roles import Role

VERBS = (delivering,)
CHECKS = (checking,)
open_gateways()


def visible_to(rows: QuerySet[Delivery], actor: Any) -> QuerySet[Delivery]:
    """The outbox belongs to the system administrator; what stands behind a wall for him is not in it."""
    if actor is None or Role.SYSTEM_ADMINISTRATOR not in actor.roles():
        return rows.none()
    for kind in kinds():
        shut = kind.hidden(actor)
        if shut is not None:
            rows = rows.exclude(notice__ref_kind=kind.name, notice__ref_id__in=shut)
    return rows


register(Kind("notices.delivery", Delivery, _("Message on its way"), visible_to=visible_to))


def _find(person: Person) -> int:
    return Notice.objects.filter(recipient=person.user_id).count() if person.user_id else 0


def _export(person: Person) -> list[dict[str, Any]]:
    if person.user_id is None:
        return []
    rows = Notice.objects.filter(recipient=person.user_id).order_by("id")
    return [{"时间": row.made_at.isoformat(), "内容": row.text} for row in rows]


def _erase(person: Person) -> str:
    if person.user_id is not None:
        Notice.objects.filter(recipient=person.user_id).delete()
        SwitchedOff.objects.filter(recipient=person.user_id).delete()
        NoticeWish.objects.filter(recipient=person.user_id).delete()
    return ""


contribute(
    PersonalData(
        name="notices",
        title=_("Messages"),
        models=(Notice, SwitchedOff, NoticeWish),
        find=_find,
        export=_export,
        erase=_erase,
        freeze=freezes("notices"),
        unfreeze=unfreezes("notices"),
        purpose=_("So that you learn what concerns you"),
        basis=Basis.DUTY,
        retention="notices",
    )
)


def _forget(before: datetime) -> int:
    """Notices of before a moment, with their deliveries."""
    old = Notice.objects.filter(made_at__lt=before)
    Delivery.objects.filter(notice__in=old).delete()
    return old.delete()[0]


retain(
    Retention(
        "notices", 730, "街道自定（最短保存，个人信息保护法第十九条）", "K", title=_("Messages"),
        since=_("from the day it was told"), remove=_forget,
    )
)  # fmt: skip
