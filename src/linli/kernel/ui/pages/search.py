"""The search of the desk: one field, results as rows, only what the reader may see."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from linli.kernel.refs import Resolved, kind_of
from linli.kernel.scope import permission, signed_in
from linli.kernel.scope.doors import actor_of
from linli.kernel.search import find

SIZE = 20
FURTHEST = 1000


def _skip(request: HttpRequest) -> int:
    """How many results were shown before; anything odd in the address is left out."""
    asked = request.GET.get("skip", "")
    return min(int(asked), FURTHEST) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 0


def _row(found: Resolved) -> dict[str, Any]:
    return {"label": found.label, "address": found.address, "kind": kind_of(found.ref.kind).title}


def _address(query: str, skip: int) -> str:
    words = {"q": query, "skip": str(skip)} if skip else {"q": query}
    return f"{reverse('ui:search')}?{urlencode(words)}"


@permission(signed_in)
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Results for ``?q=``, twenty a page; without it, what can be looked for."""
    query = request.GET.get("q", "").strip()[:200]
    skip = _skip(request)
    found = find(query, actor=actor_of(request), limit=SIZE + 1, skip=skip)
    context = {
        "query": query,
        "found": [_row(one) for one in found[:SIZE]],
        "earlier": _address(query, max(skip - SIZE, 0)) if skip else "",
        "later": _address(query, skip + SIZE) if len(found) > SIZE and skip < FURTHEST else "",
    }
    return render(request, "ui/search.html", context)
