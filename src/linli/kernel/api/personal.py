"""What the API keeps about a person: the tokens and webhook addresses the account set up."""

from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.kernel.api.models import ApiToken, WebhookEndpoint
from linli.kernel.contributions import Basis, Person, PersonalData
from linli.kernel.privacy import Retention, freezes, retain, unfreezes


def find(person: Person) -> int:
    """How many tokens and addresses belong to this account."""
    if person.user_id is None:
        return 0
    return (
        ApiToken.objects.filter(owner=person.user_id).count()
        + WebhookEndpoint.objects.filter(owner=person.user_id).count()
    )


def export(person: Person) -> list[dict[str, Any]]:
    """Names, scopes and dates; a token itself is not kept, so it cannot be given out."""
    tokens = ApiToken.objects.filter(owner=person.user_id) if person.user_id else ApiToken.objects.none()
    endpoints = WebhookEndpoint.objects.filter(owner=person.user_id) if person.user_id else ()
    return [
        *({"接口令牌": token.name, "范围": token.scopes, "有效至": token.expires_at.isoformat()} for token in tokens),
        *({"推送地址": endpoint.name, "网址": endpoint.url} for endpoint in endpoints),
    ]


def erase(person: Person) -> str | Promise:
    """Revoke every token and stop every webhook of the account; the rows go with it."""
    if person.user_id is not None:
        ApiToken.objects.filter(owner=person.user_id, revoked_at__isnull=True).update(revoked_at=timezone.now())
        WebhookEndpoint.objects.filter(owner=person.user_id).update(active=False)
    return ""


PERSONAL = PersonalData(
    name="api.tokens",
    title=_("API tokens and webhook addresses"),
    models=(ApiToken, WebhookEndpoint),
    find=find,
    export=export,
    erase=erase,
    freeze=freezes("api.tokens"),
    unfreeze=unfreezes("api.tokens"),
    purpose=_("So that another system can act for you within the limits you set"),
    basis=Basis.CONSENT,
    retention="api.tokens",
)
retain(
    Retention(
        "api.tokens", None, "个人信息保护法第十九条", "A", title=_("API tokens and webhook addresses"),
        since=_("until you end them"),
    )
)  # fmt: skip
