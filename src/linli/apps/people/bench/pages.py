"""Processor seconds of the pages that show residents."""

import statistics
import time
from collections.abc import Callable
from datetime import date
from typing import Any

from linli.apps.people.bench.filling import BUILDINGS, fill, worker_of

TURNS, WARM = 15, 3


def pages_of(client: Any, community: Any) -> dict[str, Callable[[], Any]]:
    """Name → a call that asks for the page."""
    from linli.apps.people.models import Person, User
    from linli.apps.places.models import Building

    residents = User.objects.filter(username__startswith="r")
    account = residents[residents.count() // 2]
    rows = Person.objects.filter(community=community).order_by("pk")
    grown = _borne_by(rows, 1).filter(born_on__lt=date(1990, 1, 1))
    lone = grown.filter(household__isnull=False, user__isnull=True, rolls__isnull=True)
    person = lone[lone.count() // 2]  # the same stands on his page whatever the size
    pair = _borne_by(rows, 2).first() or person
    phone = rows.exclude(phone_print="")[rows.count() // 3].phone.for_machine(because="bench")
    building = Building.objects.filter(community=community)[BUILDINGS // 2]
    address = "/desk/roster/"
    deep = address
    for _page in range(10):
        deep = client.get(deep).context["page"].later or deep

    def ask(path: str, **asked: str) -> Callable[[], Any]:
        return lambda: client.get(path, asked) if asked else client.get(path)

    return {
        "list, by pinyin": ask(address),
        "list, by strokes": ask(address, sort="stroke_key"),
        "list, eleventh page": ask(deep),
        "list, 65 and over": ask(address, age="old"),
        "list, no telephone": ask(address, call="none"),
        "list, one building": ask(address, building=str(building.pk)),
        "search, a surname": ask(address, q="王"),
        "search, a name": ask(address, q=pair.name),
        "search, pinyin": ask(address, q="zhang"),
        "search, initials": ask(address, q=_initials_of_two(rows)),
        "search, a telephone": ask(address, q=phone),
        "search, nobody": ask(address, q="诸葛孔明"),
        "person": ask(f"/desk/roster/{person.pk}/"),
        "merge a person": ask(f"/desk/roster/{person.pk}/merge/"),
        **_others(ask, community, person.name),
        "one account": ask(f"/desk/residents/{account.pk}/"),
    }


def _borne_by(rows: Any, many: int) -> Any:
    """Residents whose name so many have."""
    from django.db.models import Count

    keys = rows.order_by().values("name_key").annotate(bearers=Count("pk")).filter(bearers=many)
    return rows.filter(name_key__in=keys.values("name_key"))


def _initials_of_two(rows: Any) -> str:
    """Three initials that two residents have, so that the page shows as much at either size."""
    from django.db.models import Count

    pairs = rows.order_by("initials").values_list("initials").annotate(bearers=Count("pk")).filter(bearers=2)
    return next(
        str(initials) for initials, _bearers in pairs if len(initials) == 3 and not set("aeiou") & set(initials)
    )


def _others(ask: Callable[..., Callable[[], Any]], community: Any, name: str) -> dict[str, Callable[[], Any]]:
    """Lists beside the roster that may grow with it."""
    return {
        "rolls": ask("/desk/rolls/"),
        "accounts of residents": ask("/desk/residents/"),
        "desk": ask("/desk/"),
        "search everything": ask("/desk/search/", q=name),
        "community": ask(f"/desk/places/{community.pk}/"),
        "places": ask("/desk/places/"),
        "estates and buildings": ask("/desk/estates/"),
    }


def time_pages(size: int, *, turns: int = TURNS) -> dict[str, Any]:
    """Median seconds of each page, and how long it took to fill the street."""
    from django.test import Client

    began = time.perf_counter()
    community = fill(size)
    filling = time.perf_counter() - began

    worker = worker_of(community)
    client = Client()
    client.force_login(worker, backend="django.contrib.auth.backends.ModelBackend")
    pages = pages_of(client, community)
    seconds: dict[str, list[float]] = {name: [] for name in pages}
    for turn in range(turns + WARM):
        for name, ask in pages.items():
            before = time.process_time()
            if ask().status_code != 200:
                raise RuntimeError(name)
            if turn >= WARM:
                seconds[name].append(time.process_time() - before)
    return {"filling": filling, "pages": {name: statistics.median(all_) for name, all_ in seconds.items()}}
