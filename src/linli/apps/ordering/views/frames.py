"""What the doors of delivery share: the record of the address, the reader's frame, a verb as data."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise

from linli.apps.ordering.views.desk import NOT_YOURS
from linli.kernel.errors import NotAllowed
from linli.kernel.scope import Actor
from linli.kernel.scope.roles import STAFF
from linli.kernel.ui.acting import me

DESK, PORTAL = "ui/desk.html", "ui/portal.html"


@dataclass(frozen=True)
class Doing:
    """A verb of a page: its form, for whom, what it does with the form, and what the page says."""

    form: Callable[..., forms.Form]
    may: Any
    do: Callable[[Any, Any, Actor], Any]
    title: str | Promise
    done: str | Promise
    lead: str | Promise = ""
    first: Callable[[Any], dict[str, Any]] = lambda _row: {}


def frame_of(request: HttpRequest) -> str:
    """The desk's frame for staff, the portal's for whoever speaks for a contractor."""
    return DESK if me(request).roles() & STAFF else PORTAL


def found(request: HttpRequest, rows: QuerySet[Any], pk: Any, may: Any = None, about: Any = None) -> Any:
    """The record of the address, if the reader sees it; refused when he may not do what he came for."""
    row = get_object_or_404(rows, pk=pk)
    if may is not None and not may(me(request), about(row) if about else row):
        raise NotAllowed(NOT_YOURS)
    return row
