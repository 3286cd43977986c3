"""The interface's own routes: what this is, and who asks."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Schema

from linli.kernel.api.doors import Call, Doors
from linli.kernel.api.scopes import ANY_TOKEN, NO_TOKEN
from linli.kernel.scope import everyone, signed_in

DOORS = Doors("linli")


class About(Schema):
    """What answers here."""

    name: str
    version: str


class Me(Schema):
    """Whom the token acts for, and what it is good for."""

    id: UUID
    name: str
    roles: list[str]
    scopes: list[str]


@DOORS.get("/", scope=NO_TOKEN, permission=everyone, answers=About, summary="What answers here")
def about(request: HttpRequest) -> dict[str, Any]:
    return {"name": "Linli 邻里", "version": "0.1.0"}


@DOORS.get("/me", scope=ANY_TOKEN, permission=signed_in, answers=Me, summary="Whom the token acts for")
def me(request: Call) -> dict[str, Any]:
    actor = request.actor
    return {
        "id": actor.actor_id,
        "name": actor.actor_label,
        "roles": sorted(actor.roles()),
        "scopes": sorted(actor.scopes),
    }
