"""Telling places of one name apart: the name, with as much of what lies above as is needed."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from linli.apps.places.models import Place, PlacePath


def chains(places: Collection[UUID]) -> dict[UUID, list[Place]]:
    """For every place itself and those above it, the nearest first. One query."""
    rows = PlacePath.objects.filter(descendant__in=list(places)).select_related("ancestor").order_by("depth")
    found: dict[UUID, list[Place]] = defaultdict(list)
    for row in rows:
        found[row.descendant_id].append(row.ancestor)
    return dict(found)


def full_name(place: Place) -> str:
    """The whole chain as an address says it: 和安区清河里街道槐荫社区. One query."""
    return "".join(reversed(_words(chains([place.pk])[place.pk])))


def full_names(places: Iterable[Place]) -> dict[UUID, str]:
    """The whole chain of each. One query."""
    found = chains([place.pk for place in places])
    return {key: "".join(reversed(_words(chain))) for key, chain in found.items()}


def labels_of(names: Collection[str]) -> dict[UUID, str]:
    """The shortest names that tell all places called one of ``names`` apart. Two queries."""
    rows = list(Place.objects.filter(name__in=list(names)).values_list("pk", "name"))
    above = chains([key for key, _name in rows])
    same: dict[str, dict[UUID, list[str]]] = defaultdict(dict)
    for key, name in rows:
        same[name][key] = _words(above[key]) if key in above else [name]
    found: dict[UUID, str] = {}
    for namesakes in same.values():
        found.update(_told_apart(namesakes, {key: chain[0].code for key, chain in above.items()}))
    return found


def _words(chain: list[Place]) -> list[str]:
    """Names from the place upwards; what lies above the district comes last."""
    words = [place.name for place in chain]
    return [*words, chain[-1].region] if chain and chain[-1].region else words


def _told_apart(namesakes: Mapping[UUID, list[str]], codes: Mapping[UUID, str]) -> dict[UUID, str]:
    deepest = max(map(len, namesakes.values()))
    found: dict[UUID, str] = {}
    for depth in range(1, deepest + 1):
        texts = {key: "".join(reversed(words[:depth])) for key, words in namesakes.items()}
        counts = Counter(texts.values())
        for key, text in texts.items():
            if counts[text] == 1:
                found.setdefault(key, text)
    for key, words in namesakes.items():
        found.setdefault(key, f"{''.join(reversed(words))}（{codes.get(key, '')}）")
    return found


def office_name(place: Place) -> str:
    """The unit as papers name it: 清河里街道办事处, 槐荫社区居民委员会. No query."""
    return f"{place.name}办事处" if place.name.endswith("街道") else f"{place.name}居民委员会"
