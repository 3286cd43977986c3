"""The invented roster of 临湖街道: residents behind their doors, and the rolls of 柳塘二里社区 in full."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from random import Random

from django.db.models import QuerySet

from linli.apps.people import services
from linli.apps.people.models import Gender, Person, RollKind
from linli.apps.people.services.persons import PersonText
from linli.apps.places.models import Household, Place
from linli.demo.names import birthday, document_number, draw, mobile, person_name
from linli.demo.streets import MAIN, MANY_STAIRWELLS, Here

REPRESENTATIVES = 61
ELECTED, TERM = date(2024, 5, 18), date(2029, 5, 18)
HEADS_DOOR = "202"
"""Behind this door of each stairwell of 柳塘二里社区 lives its head."""
SHARES = {MAIN: 60, "南里社区": 20, "和煦家园社区": 10, "桥头社区": 5}
"""Residents of the small demo beside those who hold a seat."""
SEATS = (
    "building__estate__name", "building__number", "stairwell__order", "order", "room",
)  # fmt: skip


class Roster:
    """Draws residents one after the other; no two have one number."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.born: Counter[date] = Counter()
        self.count = 0

    def text(self, chance: Random, home: Household | None, *, at_least: int) -> PersonText:
        """A resident of at least so many years behind this door."""
        female, reachable = chance.random() < 0.53, chance.random()
        born_on = birthday(chance, self.today, at_least=at_least)
        text = PersonText(
            name=person_name(chance, female=female),
            phone=mobile(100_000 + self.count) if reachable < 0.85 and born_on.year < self.today.year - 12 else "",
            landline=f"010-6288{self.count % 10_000:04}" if 0.8 < reachable < 0.95 else "",
            id_number=document_number(born_on, self.born[born_on], female=female),
            gender=Gender.FEMALE if female else Gender.MALE,
            household=home,
        )
        self.born[born_on] += 1
        self.count += 1
        return text


def enter_residents(here: Here, *, residents: int, tell: Callable[[str, int, int], object]) -> None:
    """Fill the roster to ``residents`` at least: holders of all seats, some neighbours, then every community alike.

    ``tell`` hears of each community of a larger one: its name, how many stand now, how many of all.
    """
    seats = here.places[MANY_STAIRWELLS]
    heads = _doors(seats).filter(room=HEADS_DOOR)
    counts = {seats: len(heads) + REPRESENTATIVES, **{here.places[name]: count for name, count in SHARES.items()}}
    more = max(0, residents - sum(counts.values()))
    communities = here.communities()
    for number, place in enumerate(communities):
        counts[place] = counts.get(place, 0) + more // len(communities) + (number < more % len(communities))
    roster = Roster(here.first_day)
    for place, count in counts.items():
        texts = _texts(roster, place, list(heads) if place == seats else [], count)
        services.enter_persons(texts, community=place, actor=None, is_demo=True, at=here.on(4))
        if more:
            tell(place.name, roster.count, sum(counts.values()))
    _fill_rolls(here, seats)
    _join_doubles(here)


def _doors(place: Place) -> QuerySet[Household]:
    return Household.objects.filter(building__community=place).order_by(*SEATS)


def _texts(roster: Roster, place: Place, heads: Sequence[Household], count: int) -> Iterator[PersonText]:
    chance = draw(f"residents {place.code}")
    for home in heads:
        yield roster.text(chance, home, at_least=26)
    homes = list(_doors(place).exclude(room=HEADS_DOOR)) if heads else list(_doors(place))
    chance.shuffle(homes)
    for number in range(count - len(heads)):
        grown = number < REPRESENTATIVES if heads else chance.random() < 0.85
        yield roster.text(chance, homes[number % len(homes)] if homes else None, at_least=26 if grown else 1)


def _fill_rolls(here: Here, place: Place) -> None:
    """A head for each stairwell, and the representatives (G15)."""
    living = Person.objects.filter(community=place).select_related("household__stairwell__building")
    heads = living.filter(household__room=HEADS_DOOR).order_by(*(f"household__{name}" for name in SEATS))
    for person in heads:
        assert person.household is not None
        _put(here, person, RollKind.STAIRWELL_HEAD, place, person.household)
    grown = living.exclude(household__room=HEADS_DOOR).filter(born_on__lt=here.first_day - timedelta(days=26 * 365))
    for person in grown.order_by("born_on", "name")[:REPRESENTATIVES]:
        _put(here, person, RollKind.REPRESENTATIVE, place, None)


def _put(here: Here, person: Person, kind: RollKind, place: Place, home: Household | None) -> None:
    services.put_on_roll(
        person=person,
        kind=kind,
        community=place,
        stairwell=home.stairwell if home else None,
        started_on=ELECTED,
        term_ends_on=TERM,
        actor=None,
        at=here.on(5),
    )


def _join_doubles(here: Here) -> None:
    """Somebody was entered twice, at the counter without papers: the secretary joined the two rows."""
    place, secretary = here.places[MAIN], here.people["yinxing.shuji"]
    grown = Person.objects.filter(community=place, born_on__lt=date(1965, 1, 1)).exclude(phone_print="")
    kept = grown.order_by("born_on", "name")[0]
    text = PersonText(name=kept.name, landline="010-62880088", household=kept.household)
    gone = services.enter_person(community=place, text=text, actor=secretary, is_demo=True, at=here.on(6))
    reason = "同一人，窗口登记时没带证件，重复录入"
    services.merge_persons(kept=kept, gone=gone, reason=reason, actor=secretary, at=here.on(7))
    child = Person.objects.filter(community=place, born_on__gt=here.today - timedelta(days=13 * 365)).order_by(
        "born_on"
    )
    for ward in child[:1]:
        services.name_guardian(
            ward=ward, guardian=kept, relation="grandparent", consent_on=here.first_day, actor=secretary, at=here.on(7)
        )
