"""Streets full of needs by the thousand, with their parts, sums of days and searched words."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from random import Random
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction
from django.utils import timezone

from linli.algorithms.duplicates.inventing import message
from linli.apps.needs.models import Assignment, Category, CountedDay, DailySum, Need
from linli.apps.people.models import User
from linli.apps.people.services import give_post
from linli.apps.places.models import Level, Place
from linli.apps.places.services import found as found_place
from linli.kernel.refs.keys import new_key
from linli.kernel.scope import Role
from linli.kernel.search import plain_of
from linli.kernel.search.engines import Entry, engine
from linli.kernel.search.models import SearchRow, new_slot
from linli.kernel.search.tokens import tokens_of

COMMUNITIES, TEXTS, BATCH = 10, 20_000, 20_000
STATES = ("received", "analysed", "handling", "answered", *["closed"] * 16)
FIRST = date(2020, 1, 1)


@dataclass(frozen=True)
class Filled:
    """Who looks, and how many needs there are."""

    officer: UUID
    needs: int


@dataclass(frozen=True)
class _Texts:
    said: list[str]
    plain: list[str]
    tokens: list[list[str]]


def insert(base: models.Model, rows: Iterable[dict[str, Any]]) -> None:
    """Rows that are ``base`` but for the columns named, with one prepared statement, some thousand a transaction."""
    fields = list(base._meta.concrete_fields)
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(base._meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608  # our names
    usual = [field.get_db_prep_save(getattr(base, field.attname), connection) for field in fields]
    place = {field.attname: (at, field.get_db_prep_save) for at, field in enumerate(fields)}

    def told(row: dict[str, Any]) -> list[Any]:
        values = usual.copy()
        for name, value in row.items():
            at, prepared = place[name]
            values[at] = prepared(value, connection)
        return values

    source = iter(rows)
    while some := list(islice(source, BATCH)):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(statement, [told(row) for row in some])


def fill(streets: int, each: int) -> Filled:
    """So many streets with ``each`` needs of the last year; the first one's officer."""
    places = _places(streets)
    officer = User.objects.create_user("bench", name="赵明")
    give_post(user=officer, role=Role.STREET_OFFICER, place=places[0][0], started_on=FIRST, actor=None)
    categories = [Category.objects.create(code=f"bench{at}", name=f"类别{at}") for at in range(10)]
    _sums(fill_needs(places, each, categories))
    with connection.cursor() as cursor:
        # what the server's own housekeeping does after so many new rows; inside a transaction it sweeps nothing
        sweeps = connection.vendor == "postgresql" and not connection.in_atomic_block
        cursor.execute("VACUUM ANALYZE" if sweeps else "ANALYZE")
    return Filled(officer.pk, streets * each)


def fill_needs(
    places: Sequence[tuple[Place, list[Place]]], each: int, categories: Sequence[Category], *, before: int = 0
) -> Counter[tuple[Any, ...]]:
    """``each`` needs of the last year for every street, among its communities, with their parts and searched words.

    They are numbered from ``before`` + 1 on. Returns how many there are by street, place, day and category.
    """
    chance = Random(7)  # noqa: S311  # invented texts, no secret
    said = [message(chance) for _one in range(TEXTS)]
    plain = [plain_of(f"{text[:20]}\n{text}") for text in said]
    texts = _Texts(said, plain, [tokens_of(one) for one in plain])
    sums: Counter[tuple[Any, ...]] = Counter()
    rows = _needs(places, each, categories, texts.said, chance=chance, before=before)
    while some := list(islice(rows, BATCH)):
        insert(_need(), some)
        insert(Assignment(came="received"), (part for need in some for part in _parts(need)))
        sums.update(
            (need["street_id"], need["place_id"], need["received_at"].date(), need["category_id"]) for need in some
        )
        _searched(some, texts)
    return sums


def _places(streets: int) -> list[tuple[Place, list[Place]]]:
    known: dict[str, Any] = {"valid_from": FIRST, "actor": None}
    district = found_place(code="990101000000", name="和安区", level=Level.DISTRICT, **known)
    found = []
    for at in range(1, streets + 1):
        code = f"990101{at:03d}"
        street = found_place(code=f"{code}000", name=f"清河里{at}街道", level=Level.STREET, parent=district, **known)
        inside = [
            found_place(
                code=f"{code}{one:03d}", name=f"槐荫{at}-{one}社区", level=Level.COMMUNITY, parent=street, **known
            )
            for one in range(1, COMMUNITIES + 1)
        ]
        found.append((street, inside))
    return found


def _need() -> Need:
    """What all have in common."""
    return Need(year=2026, channel="hotline")


def _needs(
    places: Sequence[tuple[Place, list[Place]]],
    each: int,
    categories: Sequence[Category],
    said: Sequence[str],
    *,
    chance: Random,
    before: int,
) -> Iterator[dict[str, Any]]:
    """In the order of time, streets in turn."""
    now = timezone.now()
    many = each * len(places)
    step = timedelta(days=365) / many
    keys = [(street.pk, [one.pk for one in inside]) for street, inside in places]
    kinds = [one.pk for one in categories]
    for at in range(many):
        street, inside = keys[at % len(keys)]
        moment = now - step * (many - at)
        state = chance.choice(STATES)
        serial = before + at + 1
        text = said[(serial - 1) % TEXTS]
        yield {
            "id": new_key(), "street_id": street, "place_id": chance.choice(inside), "serial": serial,
            "number": f"2026-{serial}", "category_id": chance.choice(kinds), "title": text[:20], "matter": text,
            "state": state, "received_at": moment, "analysed_at": None if state == "received" else moment,
            "answered_at": moment if state in ("answered", "closed") else None,
            "closed_at": moment if state == "closed" else None, "promised": moment + timedelta(days=7),
        }  # fmt: skip


def _parts(need: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The owner's part, and the handler's once it is handled; what is closed has only parts that ended."""
    for duty in ("owner",) if need["state"] in ("received", "analysed") else ("owner", "handler"):
        yield {
            "id": new_key(), "need_id": need["id"], "duty": duty, "place_id": need["place_id"],
            "since": need["received_at"], "until": need["closed_at"],
        }  # fmt: skip


def _searched(needs: Sequence[dict[str, Any]], texts: _Texts) -> None:
    """Their rows of search, as indexing them one by one would write them."""
    rows, entries = [], []
    for need in needs:
        at, street = (need["serial"] - 1) % TEXTS, need["street_id"]
        key, slot = new_key(), new_slot(street)
        rows.append({"id": key, "ref_id": need["id"], "street": street, "plain": texts.plain[at], "slot": slot})
        entries.append(Entry(key, slot, texts.tokens[at], street))
    insert(SearchRow(kind="needs.need"), rows)
    with transaction.atomic():
        engine().put(entries)


def _sums(found: Counter[tuple[Any, ...]]) -> None:
    """Sums of days that say what was received."""
    now = timezone.now()
    days = {(street, day): new_key() for street, _place, day, _one in found}
    counted = ({"id": key, "street_id": street, "day": day} for (street, day), key in days.items())
    insert(CountedDay(counted_at=now), counted)
    insert(
        DailySum(),
        (
            {
                "id": new_key(), "counted_id": days[street, day], "street_id": street, "day": day, "place_id": place,
                "category_id": category, "received": count, "assessed": count,
            }
            for (street, place, day, category), count in found.items()
        ),
    )  # fmt: skip
