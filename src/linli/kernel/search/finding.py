"""Finding: the engine gives the set, our own order sorts it, ``visible_to`` cuts it to what the reader may see."""

from collections.abc import Callable, Collection, Iterable
from typing import Any
from uuid import UUID

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import StrIndex

from linli.kernel.refs import Ref, Resolved, kind_of, resolve
from linli.kernel.scope.actors import Actor
from linli.kernel.search.engines import engine
from linli.kernel.search.models import SearchRow
from linli.kernel.search.query import condition_of, phrase_of
from linli.kernel.search.sources import searchables

BEGINS, CONTAINS, SCATTERED = 0, 1, 2
MOST_STREETS = 20
"""A search in more streets than this looks everywhere."""


Cut = Callable[[str], QuerySet[Any]]


def _visible(cut: Cut, kinds: Iterable[str]) -> Q:
    """Rows of these kinds whose record ``cut`` keeps, by one subquery a kind."""
    seen = Q(pk__in=[])
    for name in kinds:
        seen |= Q(kind=name, ref_id__in=cut(name).order_by().values("pk"))
    return seen


def _ordered(rows: QuerySet[SearchRow], phrase: str) -> QuerySet[SearchRow]:
    """First what begins with the phrase, then what contains it, then what has its parts; the newest record first."""
    closeness = Case(
        When(place=1, then=Value(BEGINS)),
        When(place__gt=1, then=Value(CONTAINS)),
        default=Value(SCATTERED),
        output_field=IntegerField(),
    )
    placed = rows.annotate(place=StrIndex("plain", Value(phrase))).annotate(closeness=closeness)
    return placed.order_by("closeness", "-ref_id", "-id")


def find(
    query: str,
    *,
    actor: Actor | None,
    kinds: Iterable[str] | None = None,
    limit: int = 20,
    skip: int = 0,
    streets: Collection[UUID] | None = None,
) -> list[Resolved]:
    """Up to ``limit`` records that match ``query`` and that ``actor`` may see, the closest first.

    ``streets``: who asks knows that everything he may see of these kinds belongs to them (``Kind.street``); the
    search then costs what they hold, whatever the others hold.

    Every word must match: Chinese by neighbouring characters, letters and digits by the beginning of a word,
    names also by pinyin and its initials. One query, and one a kind found. Nothing to look for gives nothing.
    """
    known = searchables()
    wanted = [name for name in (known if kinds is None else kinds) if name in known]
    near = streets if streets is None or len(streets) <= MOST_STREETS else None
    refs = _refs(query, wanted, _cut_to(actor), slice(skip, skip + limit), near)
    resolved = resolve(refs, actor=actor)
    return [resolved[ref] for ref in refs if ref in resolved]


def _cut_to(actor: Actor | None) -> Cut:
    def cut(name: str) -> QuerySet[Any]:
        kind = kind_of(name)
        return kind.visible_to(kind.rows(), actor)

    return cut


def _refs(query: str, kinds: list[str], cut: Cut, part: slice, streets: Collection[UUID] | None = None) -> list[Ref]:
    phrase = phrase_of(query)
    condition = condition_of(phrase)
    if condition is None or not kinds:
        return []
    rows = SearchRow.objects.filter(engine().matches(condition, streets)).filter(_visible(cut, kinds))
    found = _ordered(rows, phrase).values_list("kind", "ref_id")[part]
    return [Ref(kind, key) for kind, key in found]


def find_public(query: str, *, kinds: Iterable[str] | None = None, limit: int = 20, skip: int = 0) -> list[Resolved]:
    """The same over what anybody may read, each with its page on the portal. One query, and one a kind found."""
    known = {name: source for name, source in searchables().items() if source.public and source.public_address}
    wanted = [name for name in (known if kinds is None else kinds) if name in known]

    def cut(name: str) -> QuerySet[Any]:
        keep = known[name].public
        rows: QuerySet[Any] = keep(kind_of(name).rows()) if keep else kind_of(name).rows().none()
        return rows

    refs = _refs(query, wanted, cut, slice(skip, skip + limit))
    found: dict[Ref, Resolved] = {}
    for name in {ref.kind for ref in refs}:
        address = known[name].public_address
        for row in cut(name).filter(pk__in=[ref.id for ref in refs if ref.kind == name]):
            ref = Ref(name, row.pk)
            found[ref] = Resolved(ref, kind_of(name).label(row), address(row) if address else "", row)
    return [found[ref] for ref in refs if ref in found]
