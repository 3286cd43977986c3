"""What signs an account in beside its password: told to the person, and gone when the account is closed."""

from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.kernel.contributions import Basis, Person, PersonalData
from linli.kernel.privacy import Retention, nothing_rests, retain, stays
from linli.kernel.scope.devices import device_of, words_of

MODELS = (Authenticator, UserSession, SocialAccount)


def drop_second_step(user_id: UUID) -> int:
    """Take app and recovery codes off an account; how many rows went."""
    removed: int = Authenticator.objects.filter(user_id=user_id).delete()[0]
    return removed


def drop_all(user_id: UUID) -> None:
    """End every session, unlink every identity, take the second step off."""
    with transaction.atomic():
        for session in UserSession.objects.filter(user_id=user_id):
            session.end()
        SocialAccount.objects.filter(user_id=user_id).delete()
        drop_second_step(user_id)


def find(person: Person) -> int:
    """How many rows are about this account."""
    if person.user_id is None:
        return 0
    return sum(model.objects.filter(user_id=person.user_id).count() for model in MODELS)


def _told(agent: str) -> str:
    """A device in words anybody reads, and what the browser said of itself as it is kept."""
    return f"{' '.join(words_of(device_of(agent)))}（{agent}）"


def export(person: Person) -> list[dict[str, Any]]:
    """Kinds and dates; secrets are not given out, nor is the network's address."""
    if person.user_id is None:
        return []
    steps = Authenticator.objects.filter(user_id=person.user_id, type=Authenticator.Type.TOTP)
    sessions = UserSession.objects.filter(user_id=person.user_id)
    linked = SocialAccount.objects.filter(user_id=person.user_id)
    return [
        *({"第二步验证": "已设置", "时间": one.created_at.isoformat()} for one in steps),
        *({"登录设备": _told(one.user_agent), "时间": one.created_at.isoformat()} for one in sessions),
        *({"统一身份": one.uid, "时间": one.date_joined.isoformat()} for one in linked),
    ]


def erase(person: Person) -> str | Promise:
    """All of it."""
    if person.user_id is not None:
        drop_all(person.user_id)
    return ""


PERSONAL = PersonalData(
    name="site.signing_in",
    title=_("Second step, signed-in devices, linked identity"),
    models=MODELS,
    find=find,
    export=export,
    erase=erase,
    freeze=stays(_("Without them nobody could sign in; they are used for nothing else.")),
    unfreeze=nothing_rests,
    purpose=_("So that nobody else signs in to your account"),
    basis=Basis.DUTY,
    retention="site.signing_in",
)
retain(
    Retention(
        "site.signing_in", None, "个人信息保护法第十九条；网络安全法第二十一条", "A",
        title=_("Second step, signed-in devices, linked identity"),
        since=_("until you sign out or the account is closed"),
    )
)  # fmt: skip
