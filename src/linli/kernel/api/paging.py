"""Lists page by key: a stable order, an opaque cursor, a link to what follows."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Generic, TypeVar

from django.core import signing
from django.core.exceptions import FieldError
from django.core.exceptions import ValidationError as FieldProblem
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Schema
from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from linli.kernel.api.problems import Problem

Item = TypeVar("Item")
MOST = 100
NOT_GIVEN: Any = None
"""Default of a filter that may be left out, but is never null."""


def _written(value: Any) -> Any:
    """A day as it is written. Raises for anything else: bare seconds would be taken for a moment since 1970."""
    if isinstance(value, date) or (isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value)):
        return value
    raise PydanticCustomError("date_parsing", "not a day")


Day = Annotated[date, BeforeValidator(_written)]
"""A day asked for, written 2026-12-31 and in no other way."""


class Page(Schema, Generic[Item]):
    """Rows in their order and the address of the next page, or null on the last."""

    items: list[Item]
    next: str | None


class Paging(Schema):
    """What every list takes."""

    limit: int = Field(50, ge=1, le=MOST, description="Rows on one page")
    after: str = Field(
        "", max_length=600, pattern="^[A-Za-z0-9_:=.-]*$", description="Cursor from the link to the next page"
    )


def _salt(request: HttpRequest, order: str) -> str:
    return f"api.after:{request.path}:{order}"


def _position(after: str, salt: str) -> tuple[Any, str]:
    try:
        value, key = signing.loads(after, salt=salt)
        return value, str(key)
    except (signing.BadSignature, ValueError, TypeError) as error:
        sentence = _("This cursor does not belong to this list. Start again without it.")
        raise Problem(400, sentence, code="bad-cursor") from error


def _beyond(rows: QuerySet[Any], order: str, position: tuple[Any, str]) -> QuerySet[Any]:
    value, key = position
    if order == "pk":
        return rows.filter(pk__gt=key)
    return rows.filter(Q(**{f"{order}__gt": value}) | Q(**{order: value}, pk__gt=key))


def page(
    rows: QuerySet[Any], request: HttpRequest, response: HttpResponse, asked: Paging, *, order: str = "pk"
) -> dict[str, Any]:
    """One page of ``rows`` by ``order`` and key: {"items", "next"}; sets the ``Link`` header. One query.

    ``order`` names an indexed column that holds no NULL. Raises Problem 400 for a foreign cursor.
    """
    salt = _salt(request, order)
    if asked.after:
        rows = _beyond(rows, order, _position(asked.after, salt))
    sorting = ("pk",) if order == "pk" else (order, "pk")
    try:
        found: Sequence[Any] = list(rows.order_by(*sorting)[: asked.limit + 1])
    except (FieldProblem, FieldError, ValueError) as error:
        raise Problem(400) from error
    following = None
    if len(found) > asked.limit:
        found = found[: asked.limit]
        last = found[-1]
        cursor = signing.dumps([None if order == "pk" else getattr(last, order), str(last.pk)], salt=salt)
        query = request.GET.copy()
        query["after"] = cursor
        following = request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
        response["Link"] = f'<{following}>; rel="next"'
    return {"items": found, "next": following}
