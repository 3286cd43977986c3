"""``python -m tests.load.filling RESIDENTS NEEDS``: the demo's street made large, a menu and a room opened in it.

Runs in the home and database of its environment; its last line is JSON: whom the day's people may ask for what.
"""

import json
import sys
from datetime import timedelta
from decimal import Decimal
from itertools import islice
from random import Random
from typing import Any

JUDGES, ENTRIES = 20, 100
ROOM, SERVICE = "压力演练评审", "压力演练服务"
NUMBERED = 1_000_000
"""Needs that are filled in are numbered beyond those of the demo."""
SOME = 60
"""So many records of each kind are asked for."""
STAFF = (
    "linhu.jiedao", "linhu.kezhang", "linhu.lingdao", "yinxing.shegong", "yinxing.shuji", "nanli.shegong",
    "yinxing.wangge",
)  # fmt: skip


def filled(residents: int, needs: int) -> dict[str, Any]:
    """The demo with so many residents, further needs of a year, a service in each community, a running review."""
    from django.db import connection
    from django.utils import timezone

    from linli.apps.needs.bench.filling import fill_needs
    from linli.apps.needs.models import Category
    from linli.apps.needs.services.counting import recount
    from linli.apps.places.models import Level, Place
    from linli.apps.places.queries import open_communities
    from linli.demo import build
    from linli.demo.streets import STREET
    from linli.kernel.jobs.worker import run_waiting

    build.build(print=build.silence, residents=residents)
    street = Place.objects.get(name=STREET, level=Level.STREET)
    communities = list(open_communities(timezone.localdate()).filter(street=street))
    facts = {"services": _menu(communities), **_room(street)}
    if needs:
        fill_needs([(street, communities)], needs, list(Category.objects.all()[:10]), before=NUMBERED)
        today = timezone.localdate()
        recount(street, [today - timedelta(days=ago) for ago in range(366)])
    run_waiting()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    return {
        "password": build.password(), "staff": STAFF, "communities": [str(one.pk) for one in communities],
        **facts, **_records(communities),
    }  # fmt: skip


def _menu(communities: list[Any]) -> list[str]:
    """A service without limit in each community, open this month."""
    from django.utils import timezone

    from linli.apps.ordering.kinds import service_kinds
    from linli.apps.ordering.services import ItemText, open_items, write_item

    kind = next(one.code for one in service_kinds().values() if not one.at_home)
    text = ItemText(kind, SERVICE, price=Decimal(5))
    month = timezone.localdate().replace(day=1)
    items = [write_item(place=place, month=month, text=text, actor=None) for place in communities]
    open_items(items, actor=None)
    return [str(item.pk) for item in items]


def _room(street: Any) -> dict[str, Any]:
    """A running review with all sheets open, the PINs of its judges and the tops of its criteria."""
    from django.utils import timezone

    from linli.apps.needs.models import Need
    from linli.apps.reviews import services
    from linli.apps.reviews.models import SeatPass
    from linli.apps.reviews.services.room import issue_pins, pin_of
    from linli.kernel import rubric
    from linli.kernel.refs import ref_of

    criteria = rubric.sample("pitch_review")
    session = services.open_session(
        title=ROOM, place=street, first_day=timezone.localdate(), actor=None,
        rubric=rubric.define("load", title=ROOM, criteria=criteria),
    )  # fmt: skip
    panel = services.add_panel(session, name="第一组", actor=None)
    for number in range(JUDGES):
        services.seat_judge(panel, name=f"评委{number + 1}", actor=None)
    entries = [
        services.enter(session, title=f"项目{number}", subject=ref_of(need), panel=panel, actor=None)
        for number, need in enumerate(Need.objects.filter(street=street).order_by("pk")[:ENTRIES], start=1)
    ]
    issue_pins(session, actor=None)
    services.start(session, actor=None)
    services.open_panel(panel, actor=None)
    passes = SeatPass.objects.filter(session=session).select_related("session", "seat")
    return {
        "room": session.code, "entries": [str(entry.pk) for entry in entries],
        "pins": {str(one.seat_id): pin_of(one) for one in passes},
        "criteria": {one.code: int(one.top) for one in criteria},
    }  # fmt: skip


def _records(communities: list[Any]) -> dict[str, list[str]]:
    """Keys of some records of each kind that have pages of their own."""
    from linli.apps.needs.models import Need
    from linli.apps.people.models import Person
    from linli.apps.projects.models import Project
    from linli.apps.rounds.models import Round

    chance = Random(11)  # which pages are looked at

    def some(rows: Any) -> list[str]:
        keys = list(islice(rows.values_list("pk", flat=True), 2_000))
        return [str(key) for key in chance.sample(keys, min(SOME, len(keys)))]

    mine = next(one for one in communities if one.name == "银杏社区")
    return {
        "needs": some(Need.objects.filter(place=mine, sensitivity="").order_by("-received_at")),
        "persons": some(Person.objects.filter(community=mine).order_by("pk")),
        "projects": some(Project.objects.filter(street=mine.street).order_by("pk")),
        "rounds": some(Round.objects.order_by("pk")),
    }


if __name__ == "__main__":
    import django

    django.setup()
    json.dump(filled(int(sys.argv[1]), int(sys.argv[2])), sys.stdout)
