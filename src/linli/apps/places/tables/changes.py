"""A year's changes of codes and names: checked in order against the places as they would then be."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_noop

from linli.apps.places.models import Level, Place
from linli.apps.places.permissions import TREE_KEEPERS
from linli.apps.places.queries import codes
from linli.apps.places.queries.changes import applied
from linli.apps.places.services.yearly import Change, apply_changes
from linli.apps.places.tables.listing import LEVELS
from linli.kernel.tables import Column, Problem, Sheet, Type, add_reason

KINDS = (
    ("found", "新增"),
    ("rename", "更名"),
    ("end", "撤销"),
    ("merge", "合并"),
    ("split", "拆分"),
    ("recode", "变更代码"),
)
NEEDS = {
    "found": ("new_code", "name"),
    "rename": ("old_code", "name"),
    "end": ("old_code",),
    "merge": ("old_code", "new_code"),
    "split": ("old_code", "new_code", "name"),
    "recode": ("old_code", "new_code"),
}
add_reason("change-missing", gettext_noop("is needed for this kind of change"))
add_reason("change-unknown", gettext_noop("is no place in force within the reach of your posts"))
add_reason("change-taken", gettext_noop("belongs to another place already"))
add_reason("change-itself", gettext_noop("is the same place; leave this row out"))


def review(rows: Sequence[dict[str, Any]], *, actor: Any) -> list[list[Problem]]:
    """Every change against what the changes before it leave. Four queries."""
    asked = {code for row in rows for code in _codes(row)}
    reach = Place.objects.filter(pk__in=actor.reach(*TREE_KEEPERS).places)
    there = set(reach.filter(code__in=asked, valid_to__isnull=True).values_list("code", flat=True))
    others = set(Place.objects.filter(code__in=asked, valid_to__isnull=True).values_list("code", flat=True)) - there
    done = applied([_change(row) for row in rows])
    made: set[str] = set()
    found = []
    for row, is_done in zip(rows, done, strict=True):
        problems = [] if is_done else _problems(row, there, others, made)
        if not problems and not is_done:
            _carry_out(row, there, made)
        found.append(problems)
    return found


def _codes(row: Mapping[str, Any]) -> set[str]:
    old, new = row.get("old_code") or "", row.get("new_code") or ""
    level = codes.level_of(new)
    return {code for code in (old, new) if code} | (set(codes.parents_of(new, level)) if level else set())


def _problems(row: Mapping[str, Any], there: set[str], others: set[str], made: set[str]) -> list[Problem]:
    kind, old, new = row["kind"], row.get("old_code") or "", row.get("new_code") or ""
    missing = [Problem(name, "change-missing") for name in NEEDS[kind] if not row.get(name)]
    if missing:
        return missing
    if "old_code" in NEEDS[kind] and old not in there and not (kind == "split" and f"split:{old}" in made):
        return [Problem("old_code", "change-unknown")]
    if "new_code" not in NEEDS[kind]:
        return []
    if old == new and kind in {"merge", "recode"}:
        return [Problem("new_code", "change-itself")]
    if new in others or (new in there and kind != "merge" and new != old):
        return [Problem("new_code", "change-taken")]
    return _new_place(row, new, there)


def _new_place(row: Mapping[str, Any], new: str, there: set[str]) -> list[Problem]:
    if new in there:
        return []
    level = codes.level_of(new)
    if level is None:
        return [Problem("new_code", "place-code")]
    if row.get("level") and not codes.is_code(new, Level(row["level"])):
        return [Problem("level", "place-level")]
    if level != Level.DISTRICT and not there & set(codes.parents_of(new, level)):
        return [Problem("new_code", "place-parent")]
    return [Problem("name", "change-missing")] if row["kind"] == "merge" and not row.get("name") else []


def _carry_out(row: Mapping[str, Any], there: set[str], made: set[str]) -> None:
    """What is there after this change. A place that is divided goes on being named by its other rows."""
    kind, old, new = row["kind"], row.get("old_code") or "", row.get("new_code") or ""
    if kind in {"end", "merge", "recode", "split"}:
        there.discard(old)
    if kind == "split":
        made.add(f"split:{old}")
    if "new_code" in NEEDS[kind]:
        there.add(new)


def existing(keys: Sequence[tuple[Any, ...]], *, actor: Any) -> Mapping[tuple[Any, ...], Mapping[str, Any]]:
    """Those of the changes that were made already."""
    rows = [_change(dict(zip(("kind", "old_code", "new_code", "day"), key, strict=True))) for key in keys]
    return {key: {} for key, is_done in zip(keys, applied(rows), strict=True) if is_done}


def _change(row: Mapping[str, Any], number: int = 0) -> Change:
    return Change(
        kind=row["kind"],
        old_code=row.get("old_code") or "",
        new_code=row.get("new_code") or "",
        name=row.get("name") or "",
        level=Level(row["level"]) if row.get("level") else None,
        day=date.fromisoformat(row["day"]),
        document=row.get("document") or "",
        number=number,
    )


def commit(rows: QuerySet[Any], *, actor: Any) -> None:
    """The good rows of an import, in the order of the file."""
    apply_changes([_change(row.data, row.number) for row in rows.order_by("number")], actor=actor)


CHANGES = Sheet(
    name="places.change",
    title="地点年度变更",
    columns=(
        Column("kind", "变更类型", Type.CHOICE, synonyms=("类型",), required=True, choices=KINDS),
        Column("old_code", "原代码", synonyms=("原编码",), max_length=18, note="新增留空", example="990101001002"),
        Column("new_code", "新代码", synonyms=("新编码",), max_length=18, note="更名撤销留空", example="990101001009"),
        Column("name", "新名称", max_length=80, note="新增、更名、拆分和合并新设时填写", example="九合社区"),
        Column("level", "层级", Type.CHOICE, choices=LEVELS, note="一般留空，由编码得出"),
        Column("day", "生效日期", Type.DATE, synonyms=("变更日期",), required=True, example="2026-06-01"),
        Column("document", "文号", synonyms=("批准文号",), max_length=80, example="和政发〔2026〕3号"),
    ),
    key=("kind", "old_code", "new_code", "day"),
    review=review,
    existing=existing,
    commit=commit,
)
