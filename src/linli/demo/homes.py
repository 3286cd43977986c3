"""Estates, buildings, stairwells and doors of 临湖街道, in the numbers of the public reports."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random

from linli.apps.places.models import EstateKind, Level, Place, Stairwell
from linli.apps.places.services.taking_over import take_buildings, take_estates, take_households
from linli.demo.names import draw
from linli.demo.streets import FROM_VILLAGES, MAIN, MANY_STAIRWELLS, Here
from linli.kernel.scope import Actor

KIND = EstateKind


@dataclass(frozen=True)
class EstatePlan:
    """An estate: stairwells of each of its buildings, storeys, doors on a storey; 0 doors: none is entered."""

    name: str
    kind: EstateKind
    address: str
    stairwells: tuple[int, ...]
    storeys: int
    doors: int = 0


THREE_ESTATES = (
    EstatePlan("银杏里小区", KIND.OLD, "临湖路12号", (4,) * 12, 6, 2),
    EstatePlan("湖畔名苑", KIND.COMMERCIAL, "临湖路30号", (2,) * 8, 16, 3),
    EstatePlan("安和家园", KIND.RESETTLEMENT, "银杏东街5号", (1,) * 5, 11, 5),
)
"""Three estates, 1,619 doors (H01)."""
SEVEN_ESTATES = (
    EstatePlan("柳塘北里", KIND.OLD, "柳塘路1号", (5,) * 5, 6, 3),
    EstatePlan("柳塘南里", KIND.OLD, "柳塘路2号", (5,) * 5, 6, 3),
    EstatePlan("纺机宿舍", KIND.OLD, "柳塘路7号", (5,) * 5, 6, 3),
    EstatePlan("邮电小区", KIND.OLD, "柳塘西街3号", (5,) * 5, 6, 3),
    EstatePlan("塘西花园", KIND.COMMERCIAL, "柳塘西街9号", (5,) * 5, 6, 3),
    EstatePlan("荷风苑", KIND.COMMERCIAL, "荷风路8号", (5, 5, 5, 4, 4), 6, 3),
    EstatePlan("新柳家园", KIND.RESETTLEMENT, "荷风路20号", (4,) * 4, 6, 3),
)
"""Seven natural estates, 34 buildings, 164 stairwells (G13, G15)."""
ELSEWHERE = {KIND.OLD: 10, KIND.COMMERCIAL: 57, KIND.RESETTLEMENT: 15, KIND.OTHER: 1}
"""With the ten above 93 estates: about 16, 65 and 18 of a hundred, as E01 says."""
FIRST = (
    "云水", "晴川", "枫林", "竹影", "松涛", "听雨", "揽月", "春晓", "秋实", "清荷", "碧波", "金桂", "玉兰", "紫藤",
    "海棠", "望江", "和风", "朗润", "溪山", "锦绣", "雅居", "芳草", "朝阳里", "新城", "滨湖", "翠屏", "景明", "怡然",
    "星河", "嘉禾",
)  # fmt: skip
LAST = {
    KIND.OLD: ("小区", "里", "新村"),
    KIND.COMMERCIAL: ("花园", "名邸", "雅苑", "府", "华庭"),
    KIND.RESETTLEMENT: ("家园", "安居苑", "新居"),
    KIND.OTHER: ("自建房片区",),
}


def build_homes(here: Here, actor: Actor, *, all_doors: bool) -> None:
    """Enter estates, buildings with stairwells in the care of grids, and the doors of two communities or of all."""
    plans = [
        *((here.places[MAIN], plan) for plan in THREE_ESTATES),
        *((here.places[MANY_STAIRWELLS], plan) for plan in SEVEN_ESTATES),
        *_plans_elsewhere(here, draw("homes")),
    ]
    take_estates(list(_estate_rows(plans)), actor=actor)
    take_buildings(list(_building_rows(plans)), actor=actor, today=here.first_day)
    fill_with_doors(here.places[MAIN], {plan.name: plan.doors for plan in THREE_ESTATES})
    fill_with_doors(here.places[MANY_STAIRWELLS], {plan.name: plan.doors for plan in SEVEN_ESTATES})
    for place in here.communities() if all_doors else ():
        if place.name not in (MAIN, MANY_STAIRWELLS):
            fill_with_doors(place, {plan.name: 4 for there, plan in plans if there == place})


def _plans_elsewhere(here: Here, chance: Random) -> Iterator[tuple[Place, EstatePlan]]:
    places = [place for place in here.communities() if place.name not in (MAIN, MANY_STAIRWELLS)]
    kinds = [kind for kind, count in ELSEWHERE.items() for _one in range(count)]
    chance.shuffle(kinds)
    united = here.places[FROM_VILLAGES]
    kinds.sort(key=lambda kind: kind == KIND.RESETTLEMENT)  # the last ones stand where villages made way
    names: set[str] = set()
    for number, kind in enumerate(kinds):
        place = united if number >= len(kinds) - 8 else places[number % len(places)]
        name = next(name for name in _names(kind, chance) if name not in names)
        names.add(name)
        street = f"{place.name[:2]}路{chance.randrange(1, 90)}号"
        stairwells = (chance.randrange(2, 5),) * chance.randrange(2, 6)
        storeys = 6 if kind == KIND.OLD else chance.choice((11, 18, 26))
        yield place, EstatePlan(name, kind, street, stairwells, storeys)


def _names(kind: EstateKind, chance: Random) -> Iterator[str]:
    while True:
        yield chance.choice(FIRST) + chance.choice(LAST[kind])


def _estate_rows(plans: list[tuple[Place, EstatePlan]]) -> Iterator[dict[str, object]]:
    for place, plan in plans:
        yield {
            "community_code": place.code,
            "name": plan.name,
            "kind": plan.kind,
            "address": plan.address,
            "aliases": "",
        }


def _building_rows(plans: list[tuple[Place, EstatePlan]]) -> Iterator[dict[str, object]]:
    for place, plan in plans:
        grids = place.children.filter(level=Level.GRID).count()
        for number, stairwells in enumerate(plan.stairwells, start=1):
            yield {
                "community_code": place.code,
                "estate": plan.name,
                "name": f"{number}号楼",
                "storeys": plan.storeys,
                "stairwells": stairwells,
                "grid_code": f"{place.code}{number % grids + 1:03}",
            }


def fill_with_doors(place: Place, doors: dict[str, int]) -> None:
    """The doors of a community: on each storey of a stairwell as many as ``doors`` says for its estate."""
    stairwells = Stairwell.objects.filter(building__community=place).select_related("building__estate")
    take_households(_doors(stairwells, doors))


def _doors(stairwells: Iterable[Stairwell], doors: dict[str, int]) -> Iterator[dict[str, object]]:
    for stairwell in stairwells:
        building = stairwell.building
        on_a_storey = doors.get(building.estate.name, 0) if building.estate else 0
        for storey in range(1, (building.storeys or 0) + 1):
            for door in range(1, on_a_storey + 1):
                yield {
                    "building_id": building.pk,
                    "stairwell_id": stairwell.pk,
                    "room": f"{storey}{door:02}",
                }
