"""The first list of places: code and name; level and parent are read from the code."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop

from linli.apps.places.models import Level, Place
from linli.apps.places.permissions import TREE_KEEPERS
from linli.apps.places.queries import codes, history
from linli.apps.places.services.taking_over import Entry, take_list
from linli.kernel.scope import holds_everywhere
from linli.kernel.tables import Column, ImportState, Problem, Sheet, StagedRow, Type, add_reason

LEVELS = (
    ("district", "区"),
    ("street", "街道"),
    ("community", "社区"),
    ("village", "村"),
    ("grid", "网格"),
    ("point", "点位"),
)
NAME = "places.place"
add_reason("place-code", gettext_noop("is not a code of 12 digits (grids 15, points 18)"))
add_reason("place-level", gettext_noop("does not fit the level"))
add_reason("place-parent", gettext_noop("begins with no code of a place that is there, or within your reach"))
add_reason("place-renamed", gettext_noop("has another name here; enter a change of name in the table of changes"))


def review(rows: Sequence[dict[str, Any]], *, actor: Any) -> list[list[Problem]]:
    """Well-formed codes below places that are there, or further up in the file. Three queries."""
    wanted = {code for row in rows for code in (row["code"], *_parents(row))}
    there = history.carriers_of(wanted)
    reached = _reached(actor, there.values())
    known = {place.code for place in there.values() if place.pk in reached} | _staged(wanted, actor)
    found = []
    for row in rows:
        problems = _problems(row, there, known, actor)
        if not problems:
            known.add(row["code"])
        found.append(problems)
    return found


def _problems(row: dict[str, Any], there: Mapping[str, Place], known: set[str], actor: Any) -> list[Problem]:
    level = codes.level_of(row["code"])
    if level is None:
        return [Problem("code", "place-code")]
    said = row.get("level")
    if said and not codes.is_code(row["code"], Level(said)):
        return [Problem("level", "place-level")]
    if level == Level.STREET and codes.township_of(row["code"]) is None:
        return [Problem("code", "place-level")]
    same = there.get(row["code"])
    if same is not None:
        return [] if same.name == row["name"] else [Problem("name", "place-renamed")]
    if level == Level.DISTRICT:
        return [] if holds_everywhere(actor, *TREE_KEEPERS) else [Problem("code", "place-parent")]
    return [] if known & set(_parents(row)) else [Problem("code", "place-parent")]


def _parents(row: Mapping[str, Any]) -> list[str]:
    level = codes.level_of(row["code"])
    return list(codes.parents_of(row["code"], level)) if level else []


def _reached(actor: Any, places: Any) -> set[Any]:
    keys = [place.pk for place in places]
    return set(
        Place.objects.filter(pk__in=actor.reach(*TREE_KEEPERS).places).filter(pk__in=keys).values_list("pk", flat=True)
    )


def _staged(wanted: set[str], actor: Any) -> set[str]:
    """Codes that stand further up in a file this actor is having read, in batches before this one."""
    rows = StagedRow.objects.filter(
        batch__sheet=NAME, batch__uploader_id=actor.actor_id, batch__state=ImportState.READING, problems=[]
    )
    return set(rows.filter(key__in=wanted).values_list("key", flat=True))


def existing(keys: Sequence[tuple[Any, ...]], *, actor: Any) -> Mapping[tuple[Any, ...], Mapping[str, Any]]:
    """The places in force that carry these codes: nothing in them is changed by this table. One query."""
    return {(code,): {} for code in history.carriers_of(code for (code,) in keys)}


def commit(rows: QuerySet[Any], *, actor: Any) -> None:
    """The good rows of an import, parents first."""
    today = timezone.localdate()
    take_list([_entry(row.data, today) for row in rows.order_by("number")], actor=actor)


def _entry(row: Mapping[str, Any], today: date) -> Entry:
    level = Level(row["level"]) if row.get("level") else codes.level_of(row["code"])
    assert level is not None  # the review looked
    begun = date.fromisoformat(row["valid_from"]) if row.get("valid_from") else today
    return Entry(code=row["code"], name=row["name"], level=level, valid_from=begun, region=row.get("region") or "")


PLACES = Sheet(
    name=NAME,
    title="地点",
    columns=(
        Column(
            "code",
            "编码",
            synonyms=("统计用区划代码", "区划代码", "代码"),
            required=True,
            max_length=18,
            note="12位统计用区划代码；网格15位，点位18位。层级和上级由编码得出",
            example="990101001001",
        ),
        Column("name", "名称", synonyms=("地点名称",), required=True, max_length=80, example="槐荫社区"),
        Column("level", "层级", Type.CHOICE, choices=LEVELS, note="一般留空；社区和村的编码不合惯例时填写"),
        Column("valid_from", "起始日期", Type.DATE, note="留空为导入当天", example="2026-01-01"),
        Column("region", "所属省市", max_length=80, note="只在区这一行填写"),
    ),
    key=("code",),
    review=review,
    existing=existing,
    commit=commit,
)
