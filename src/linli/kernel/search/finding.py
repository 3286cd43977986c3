"""Finding: the engine gives the set, our own order sorts it, ``visible_to`` cuts it to what the reader may see."""

from collections.abc import Iterable

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import StrIndex

from linli.kernel.refs import Ref, Resolved, kind_of, resolve
from linli.kernel.scope.actors import Actor
from linli.kernel.search.engines import engine
from linli.kernel.search.models import SearchRow
from linli.kernel.search.query import condition_of, phrase_of
from linli.kernel.search.sources import searchables

BEGINS, CONTAINS, SCATTERED = 0, 1, 2


def _visible(actor: Actor | None, kinds: Iterable[str]) -> Q:
    """Rows of these kinds whose record the actor may see, by one subquery a kind."""
    seen = Q(pk__in=[])
    for name in kinds:
        kind = kind_of(name)
        mine = kind.visible_to(kind.rows(), actor).order_by().values("pk")
        seen |= Q(kind=name, ref_id__in=mine)
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
    query: str, *, actor: Actor | None, kinds: Iterable[str] | None = None, limit: int = 20, skip: int = 0
) -> list[Resolved]:
    """Up to ``limit`` records that match ``query`` and that ``actor`` may see, the closest first.

    Every word must match: Chinese by neighbouring characters, letters and digits by the beginning of a word,
    names also by pinyin and its initials. One query, and one a kind found. Nothing to look for gives nothing.
    """
    phrase = phrase_of(query)
    condition = condition_of(phrase)
    known = searchables()
    wanted = [name for name in (known if kinds is None else kinds) if name in known]
    if condition is None or not wanted:
        return []
    rows = SearchRow.objects.filter(engine().matches(condition)).filter(_visible(actor, wanted))
    found = _ordered(rows, phrase).values_list("kind", "ref_id")[skip : skip + limit]
    refs = [Ref(kind, key) for kind, key in found]
    resolved = resolve(refs, actor=actor)
    return [resolved[ref] for ref in refs if ref in resolved]
