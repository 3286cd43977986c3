"""Issuing, revoking and reading tokens. The token itself is shown once and kept by nobody."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.kernel import audit, events
from linli.kernel.api import scopes as known_scopes
from linli.kernel.api.models import ApiToken, TokenUse
from linli.kernel.api.problems import unauthenticated
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.privacy import frozen
from linli.kernel.scope import Actor, ApiActor, Role, holds_everywhere
from linli.kernel.scope.sources import Door, Source
from linli.kernel.seals import fingerprint

audit.register_action(
    "api.token.issue",
    _("made an API token"),
    words={"name": _("name"), "scopes": _("scopes"), "owner": _("owner")},
)
audit.register_action("api.token.revoke", _("revoked an API token"), words={"name": _("name")})

MOST_DAYS = 366
PREFIX = "linli_"


class Issued(NamedTuple):
    """The row and the secret, to be shown once."""

    token: ApiToken
    secret: str


def _hash(secret: str) -> str:
    return fingerprint(f"api-token:{secret}")


def among(rows: QuerySet[ApiToken], actor: Actor | None) -> QuerySet[ApiToken]:
    """Those of ``rows`` the actor may see: his own; the system administrator sees all."""
    if actor is None:
        return rows.none()
    if holds_everywhere(actor, Role.SYSTEM_ADMINISTRATOR):
        return rows
    return rows.filter(owner_id=actor.actor_id)


def visible_to(actor: Actor | None) -> QuerySet[ApiToken]:
    """The tokens the actor may see, with owner and use."""
    return among(ApiToken.objects.select_related("owner", "use"), actor)


def issue(
    *, name: str, owner: Any, scopes: Iterable[str], actor: Actor, days: int = 90, at: datetime | None = None
) -> Issued:
    """A new token of ``owner`` for ``scopes``, valid for ``days``. Raises Refusal, NotAllowed."""
    wanted = sorted(set(scopes))
    names = {scope.name for scope in known_scopes.declared()}
    if actor.actor_id != owner.pk:
        raise NotAllowed(_("A token acts with the posts of its owner, so only the owner makes it."))
    if not wanted or not set(wanted) <= names:
        raise Refusal(_("Choose at least one scope from the list."), field="scopes")
    if not 1 <= days <= MOST_DAYS:
        raise Refusal(_("A token is valid for 1 to 366 days."), field="days")
    if not name.strip():
        raise Refusal(_("Give the token a name, such as the system that uses it."), field="name")
    at = at or timezone.now()
    secret = PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        token = ApiToken.objects.create(
            name=name.strip(), owner=owner, hashed=_hash(secret), shown=secret[:12], scopes=wanted,
            made_at=at, expires_at=at + timedelta(days=days),
        )  # fmt: skip
        TokenUse.objects.create(token=token)
        facts = {"name": token.name, "scopes": wanted, "owner": str(owner.pk)}
        events.record("api.token.issue", token, actor=actor, facts=facts, at=at)
    return Issued(token, secret)


def revoke(token: ApiToken, *, actor: Actor, at: datetime | None = None) -> None:
    """End a token now and for good. Raises NotAllowed, Conflict."""
    if actor.actor_id != token.owner_id and not holds_everywhere(actor, Role.SYSTEM_ADMINISTRATOR):
        raise NotAllowed(_("Only its owner or the system administrator revokes a token."))
    with transaction.atomic():
        changed = ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=at or timezone.now())
        if not changed:
            raise Conflict(_("This token was revoked already."))
        events.record("api.token.revoke", token, actor=actor, facts={"name": token.name}, at=at)


def bearer(header: str, *, at: datetime) -> ApiToken:
    """The token of an ``Authorization`` header. Raises Problem 401, the same whatever is wrong with it."""
    kind, _space, secret = header.partition(" ")
    if kind.lower() != "bearer" or not secret.startswith(PREFIX):
        raise unauthenticated()
    found = ApiToken.objects.select_related("owner").filter(hashed=_hash(secret.strip()))
    token = found.exclude(owner__in=frozen("api.tokens")).first()
    if token is None or token.revoked_at or token.expires_at <= at or not token.owner.is_active:
        raise unauthenticated()
    return token


def actor_of(token: ApiToken) -> ApiActor:
    """The client that acts with the posts of the token's owner, cut to its scopes."""
    owner: Any = token.owner
    label = f"{owner.actor_label} · {token.name}"
    return ApiActor(owner.actor_id, label, owner, frozenset(token.scopes), Source(Door.API, token.name))
