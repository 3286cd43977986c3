"""A street with invented residents, filled through the verbs; half of them live in its first community."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

BUILDINGS = 40
FIRST_DAY = date(2026, 1, 1)
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "伟芳秀兰敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红建国志文淑珍海燕春梅"


def invented(size: int, homes: Sequence[Any], *, seed: int = 7) -> Iterator[Any]:
    """Texts of ``size`` residents: 85 in 100 with a mobile, 5 with neither, one in six over sixty-five."""
    from linli.apps.people.services.persons import PersonText

    chance = Random(seed)  # noqa: S311  # invented people, not secrets
    for number in range(size):
        reach = chance.random()
        yield PersonText(
            name=chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=chance.choice((1, 2, 2)))),
            phone=f"139{seed:02}{number:06}" if reach < 0.85 else "",
            landline=f"010-6{number % 10_000_000:07}" if 0.80 < reach < 0.95 else "",
            born_on=date(2024, 1, 1) - timedelta(days=int(chance.random() * 80 * 365)),
            household=homes[number // 3 % len(homes)] if homes else None,
        )


def fill(size: int) -> Any:
    """A street of twenty communities; half of the residents live in the first. Returns that community."""
    from linli.apps.people.services.rosters import enter_persons
    from linli.apps.places.models import Level
    from linli.apps.places.services import found

    def place(code: str, name: str, level: Level, parent: Any = None) -> Any:
        return found(code=code, name=name, level=level, parent=parent, valid_from=FIRST_DAY, actor=None)

    district = place("990101000000", "和安区", Level.DISTRICT)
    street = place("990101001000", "清河里街道", Level.STREET, district)
    communities = [
        place(f"990101001{number:03}", f"第{number}社区", Level.COMMUNITY, street) for number in range(1, 21)
    ]
    enter_persons(invented(size // 2, _homes(communities[0], size // 2)), community=communities[0], actor=None)
    for number, community in enumerate(communities[1:], start=8):
        enter_persons(invented(size // 38, [], seed=number), community=community, actor=None)
    _put_on_rolls(communities[0])
    return communities[0]


def _put_on_rolls(community: Any) -> None:
    """One resident in ten represents the others, and one in five has an account."""
    from linli.apps.people.models import Person, Post, RollEntry, RollKind, User
    from linli.kernel.refs.inserting import insert_many
    from linli.kernel.scope import Role

    persons = list(Person.objects.filter(community=community).order_by("pk").values_list("pk", "name"))
    seat = {"community": community, "kind": RollKind.REPRESENTATIVE, "started_on": FIRST_DAY}
    insert_many([RollEntry(person_id=pk, **seat) for pk, _name in persons[::10]])
    users = [User(username=f"r{number:06}", name=name, person_id=pk) for number, (pk, name) in enumerate(persons[::5])]
    insert_many(users)
    insert_many([Post(user=user, role=Role.RESIDENT, place=community, started_on=FIRST_DAY) for user in users])


def _homes(community: Any, residents: int) -> list[Any]:
    """Three residents a door, in forty buildings."""
    from linli.apps.places.models import Household
    from linli.apps.places.services import add_building

    buildings = [
        add_building(community=community, name=f"{number}号楼", valid_from=FIRST_DAY, actor=None)
        for number in range(1, BUILDINGS + 1)
    ]
    doors = max(BUILDINGS, residents // 3)
    homes = [Household(building=buildings[one % BUILDINGS], room=str(101 + one // BUILDINGS)) for one in range(doors)]
    return list(Household.objects.bulk_create(homes, batch_size=500))


def worker_of(community: Any) -> Any:
    """An account of somebody who works in the community."""
    from linli.apps.people.services import give_post, open_account
    from linli.kernel.scope import Role

    worker = open_account(username="worker", name="李某", password=None, actor=None)
    give_post(user=worker, role=Role.COMMUNITY_WORKER, place=community, started_on=FIRST_DAY, actor=None)
    return worker
