"""A small interface of its own, so that the shell is tested without any app."""

from typing import Any

from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Query, Schema
from pydantic import ConfigDict, Field

from linli.kernel.api import NO_TOKEN, Call, Doors, Page, Paging, Shell, declare, page
from linli.kernel.api.scopes import _declared
from linli.kernel.errors import Missing, Refusal
from linli.kernel.scope import everyone, nobody, signed_in

for _name in ("groups:read", "groups:write"):
    if _name not in _declared:
        declare(_name, _name)

DOORS = Doors("groups")


class GroupIn(Schema):
    model_config = ConfigDict(extra="forbid", strict=True)
    name: str = Field(min_length=1, max_length=80)
    size: int = Field(0, ge=0, le=9)


class GroupOut(Schema):
    id: int
    name: str


def rows() -> QuerySet[Group, Group]:
    return Group.objects.all()


@DOORS.get("/groups", scope="groups:read", permission=signed_in, answers=Page[GroupOut], summary="List")
def groups(request: Call, response: HttpResponse, paging: Query[Paging]) -> dict[str, Any]:
    return page(rows(), request, response, paging, order="name")


@DOORS.post("/groups", scope="groups:write", permission=signed_in, answers=GroupOut, summary="Make")
def make(request: Call, data: GroupIn) -> Group:
    if data.name == "refused":
        Group.objects.create(name="left behind")
        raise Refusal("Not this name.", field="name", code="bad-name")
    if data.name == "slow":
        _wait()
    return Group.objects.create(name=data.name)


@DOORS.get("/groups/{int:pk}", scope="groups:read", permission=signed_in, answers=GroupOut, summary="One")
def one(request: Call, pk: int) -> Group:
    found = rows().filter(pk=pk).first()
    if found is None:
        raise Missing("There is no such group.")
    return found


@DOORS.get("/closed", scope="groups:read", permission=nobody, answers=GroupOut, summary="Closed to all")
def closed(request: Call) -> None:
    raise AssertionError("never reached")


@DOORS.get("/broken", scope=NO_TOKEN, permission=everyone, answers=GroupOut, summary="Fails")
def broken(request: HttpRequest) -> None:
    raise RuntimeError("the secret of the house")


def _wait() -> None:
    import sys

    print("inside", flush=True)
    sys.stdin.readline()


SHELL = Shell(version="test")
SHELL.mount(DOORS)
urlpatterns = SHELL.addresses()
