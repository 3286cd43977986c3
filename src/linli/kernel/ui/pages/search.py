"""The two searches: on the desk all the reader may see, on the portal what anybody may read; grouped by kind."""

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from linli.kernel.contributions import Searchable
from linli.kernel.refs import Resolved, kind_of
from linli.kernel.scope import everyone, permission, signed_in
from linli.kernel.scope.doors import actor_of
from linli.kernel.search import find, find_public
from linli.kernel.search.sources import searchables
from linli.kernel.ui.lists import Chip, ChipRow

SIZE = 20
FURTHEST = 1000


def _skip(request: HttpRequest) -> int:
    """How many results were shown before; anything odd in the address is left out."""
    asked = request.GET.get("skip", "")
    return min(int(asked), FURTHEST) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 0


def _row(found: Resolved, sources: dict[str, Searchable]) -> dict[str, Any]:
    where = sources[found.ref.kind].where
    return {
        "label": found.label,
        "address": found.address,
        "kind": kind_of(found.ref.kind).title,
        "where": where(found.record) if where and found.record else "",
    }


def _grouped(found: Iterable[Resolved], sources: dict[str, Searchable]) -> list[dict[str, Any]]:
    """Results by kind: the kind of the closest result first, within a kind the closest first."""
    order: dict[str, int] = {}
    for one in found:
        order.setdefault(one.ref.kind, len(order))
    ordered = sorted(found, key=lambda one: order[one.ref.kind])
    return [
        {"title": kind_of(name).title, "rows": [_row(one, sources) for one in group]}
        for name, group in groupby(ordered, key=lambda one: one.ref.kind)
    ]


def _answer(
    request: HttpRequest, route: str, sources: dict[str, Searchable], look: Callable[..., list[Resolved]]
) -> dict[str, Any]:
    """What both pages show: twenty results, those before and after, chips of kinds."""
    query = request.GET.get("q", "").strip()[:200]
    kind = request.GET.get("kind", "")
    kind = kind if kind in sources else ""
    skip = _skip(request)
    found = look(query, kinds=[kind] if kind else list(sources), limit=SIZE + 1, skip=skip)

    def address(**changed: str) -> str:
        words = {"q": query, "kind": kind, **changed}
        return f"{reverse(route)}?{urlencode({name: value for name, value in words.items() if value})}"

    titles = sorted((str(kind_of(name).title), name) for name in sources)
    chips = [Chip(title, address(kind=name), name == kind) for title, name in titles]
    return {
        "query": query,
        "groups": _grouped(found[:SIZE], sources),
        "kinds": {"chip_rows": [ChipRow(_("Kind"), [Chip("", address(kind=""), not kind), *chips])]} if query else None,
        "earlier": (address(skip=str(skip - SIZE)) if skip > SIZE else address()) if skip else "",
        "later": address(skip=str(skip + SIZE)) if len(found) > SIZE and skip < FURTHEST else "",
    }


@permission(signed_in)
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Results for ``?q=``, twenty a page; without it, what can be looked for."""

    def look(query: str, **options: Any) -> list[Resolved]:
        return find(query, actor=actor_of(request), **options)

    return render(request, "ui/search.html", _answer(request, "ui:search", searchables(), look))


@permission(everyone)
@require_safe
def public_search(request: HttpRequest) -> HttpResponse:
    """The same for anybody, over public things only."""
    sources = {name: source for name, source in searchables().items() if source.public}
    return render(request, "ui/public_search.html", _answer(request, "ui:public_search", sources, find_public))
