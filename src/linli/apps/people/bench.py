"""``linli bench house``: the pages of the roster at 2,000 and at 200,000 residents, one beside the other.

Each size stands in a SQLite file of its own, filled by a process of its own through the verbs; half of the residents
live in one community, whose pages are asked for. Seconds are processor time of the whole answer, database included.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

SIZES = (2_000, 200_000)
GOAL = 1.5
BUILDINGS = 40
TURNS = 15
FIRST_DAY = date(2026, 1, 1)
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "伟芳秀兰敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红建国志文淑珍海燕春梅"


def run(words: Sequence[str] = ()) -> int:
    """``linli bench house [small large]``: prints both sizes and their ratios; 1 when one is above 1.5.

    ``linli bench house import [rows]`` takes a roster over, then reads the same file again.
    """
    if words[:1] == ["import"]:
        found = _answer("import", str(words[1]) if len(words) > 1 else "100000")
        sys.stdout.write("\n".join(f"{name}: {value}" for name, value in found.items()) + "\n")
        return 0
    sizes = tuple(int(word) for word in words) or SIZES
    answers = [_answer("pages", str(size)) for size in sizes]
    small, large = answers[0]["pages"], answers[-1]["pages"]
    ratios = {name: large[name] / small[name] for name in small}

    def line(name: str, cells: Sequence[str], last: str) -> str:
        return f"{name:24}" + "".join(f"{cell:>12}" for cell in cells) + f"{last:>8}"

    lines = [line("page", [f"{size:,}" for size in sizes], "ratio")]
    for name, ratio in ratios.items():
        lines.append(line(name, [f"{one['pages'][name] * 1000:.1f} ms" for one in answers], f"{ratio:.2f}"))
    lines.append(line("filled in", [f"{one['filling']:.0f} s" for one in answers], ""))
    sys.stdout.write("\n".join(lines) + "\n")
    return int(max(ratios.values()) > GOAL)


def _answer(*words: str) -> dict[str, Any]:
    """What a process of its own, with a fresh home, finds."""
    with tempfile.TemporaryDirectory(prefix="linli-bench-") as home:
        environment = {
            **os.environ,
            "LINLI_HOME": home,
            "DATABASE_URL": f"sqlite:///{Path(home) / 'bench.sqlite3'}",
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        }
        command = [sys.executable, "-m", "linli.apps.people.bench", *words]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603  # us
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    measured: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return measured


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


def _fill(size: int) -> Any:
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
    return communities[0]


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


def _pages(client: Any, community: Any) -> dict[str, Callable[[], Any]]:
    """Name → a call that asks for the page."""
    from linli.apps.people.models import Person
    from linli.apps.places.models import Building

    rows = Person.objects.filter(community=community).order_by("pk")
    person = rows[rows.count() // 2]
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
        "search, a name": ask(address, q="王秀兰"),
        "search, pinyin": ask(address, q="zhang"),
        "search, initials": ask(address, q="wxl"),
        "search, a telephone": ask(address, q=phone),
        "search, nobody": ask(address, q="诸葛孔明"),
        "person": ask(f"/desk/roster/{person.pk}/"),
    }


def _start() -> None:
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)


def _worker(community: Any) -> Any:
    from linli.apps.people.services import give_post, open_account
    from linli.kernel.scope import Role

    worker = open_account(username="worker", name="李某", password=None, actor=None)
    give_post(user=worker, role=Role.COMMUNITY_WORKER, place=community, started_on=FIRST_DAY, actor=None)
    return worker


def _time_import(rows: int) -> dict[str, Any]:
    """Seconds of reading and taking over, and of reading the same file again; memory of this process."""
    import resource

    from django.core.files.base import ContentFile

    from linli.kernel import tables
    from linli.kernel.tables.staging import read

    community = _fill(0)
    worker = _worker(community)
    lines = ["姓名,出生日期,手机,座机,社区,楼栋,门牌"]
    for number, one in enumerate(invented(rows, [])):
        building, door = number // 3 % BUILDINGS, 101
        lines.append(f"{one.name},{one.born_on},{one.phone},{one.landline},{community.name},{building + 1}号楼,{door}")
    body = "\n".join(lines).encode("utf-8-sig")
    found: dict[str, Any] = {"rows": rows}
    for name in ("first", "again"):
        batch = tables.start(ContentFile(body, name="册.csv"), sheet="people.roster", actor=worker, name="册.csv")
        began = time.perf_counter()
        read(batch.pk)
        found[f"{name}, read"] = f"{time.perf_counter() - began:.1f} s"
        batch.refresh_from_db()
        found[f"{name}, rows"] = f"new {batch.new} changed {batch.changed} same {batch.same} bad {batch.bad}"
        if batch.new:
            tables.decide_all(batch, same=False, actor=worker)
            tables.confirm(batch, actor=worker)
            began = time.perf_counter()
            tables.commit(batch.pk)
            found[f"{name}, taken over"] = f"{time.perf_counter() - began:.1f} s"
    found["memory"] = f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB"
    return found


def _time_pages(size: int) -> dict[str, Any]:
    """Median seconds of each page, and how long it took to fill the street."""
    from django.test import Client
    from django.test.utils import setup_test_environment

    began = time.perf_counter()
    community = _fill(size)
    filling = time.perf_counter() - began

    setup_test_environment()
    worker = _worker(community)
    client = Client()
    client.force_login(worker, backend="django.contrib.auth.backends.ModelBackend")
    pages = _pages(client, community)
    seconds: dict[str, list[float]] = {name: [] for name in pages}
    for turn in range(TURNS + 3):
        for name, ask in pages.items():
            before = time.process_time()
            if ask().status_code != 200:
                raise RuntimeError(name)
            if turn >= 3:
                seconds[name].append(time.process_time() - before)
    return {"filling": filling, "pages": {name: statistics.median(all_) for name, all_ in seconds.items()}}


if __name__ == "__main__":
    _start()
    measured = {"pages": _time_pages, "import": _time_import}[sys.argv[1]](int(sys.argv[2]))
    print(json.dumps(measured))  # noqa: T201  # the answer to the process that started this one
