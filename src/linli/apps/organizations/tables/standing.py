"""The table of standings: grades, stars, yearly checks and lists of many organizations at once."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_noop

from linli.apps.organizations import services
from linli.apps.organizations.kinds import pairs, standing_kinds
from linli.apps.organizations.models import Organization, Standing
from linli.apps.organizations.permissions import KEEPERS
from linli.apps.organizations.rubric import after_years
from linli.kernel.tables import Column, Problem, Sheet, Type, add_reason

add_reason("organization-unknown", gettext_noop("is no organization at this place within the reach of your posts"))
add_reason("standing-value", gettext_noop("is not one of: %(values)s"))
add_reason("standing-order", gettext_noop("lies before the first day"))
add_reason("standing-overlap", gettext_noop("shares days with another value of this kind"))

Span = tuple[str, str | None]


def organizations_at(rows: Sequence[Mapping[str, Any]], actor: Any) -> dict[tuple[str, str], str]:
    """(name, code of the place) -> id of the organizations of ``rows`` within the actor's reach. One query."""
    names = {row["name"] for row in rows}
    found = Organization.objects.filter(pk__in=actor.reach(*KEEPERS).organizations, name__in=names)
    return {(name, code): str(pk) for pk, name, code in found.values_list("pk", "name", "place__code")}


def review(rows: Sequence[dict[str, Any]], *, actor: Any) -> list[list[Problem]]:
    """Known organizations, values of the registry, days that no other value of the kind has. Two queries."""
    known = organizations_at(rows, actor)
    for row in rows:
        row["organization"] = known.get((row["name"], row["place_code"]), "")
        first = date.fromisoformat(row["valid_from"])
        last = after_years(first, standing_kinds()[row["kind"]].years)
        row["valid_to"] = row.get("valid_to") or (last.isoformat() if last else None)
    held = _held(rows)
    return [list(_problems(row, held)) for row in rows]


def _held(rows: Sequence[Mapping[str, Any]]) -> dict[tuple[str, str], dict[str, str | None]]:
    """(organization, kind) -> first day -> last day, of what stands in the register; the file's rows join as read."""
    found: dict[tuple[str, str], dict[str, str | None]] = {}
    stored = Standing.objects.filter(organization__in={row["organization"] for row in rows if row["organization"]})
    for row in stored:
        spans = found.setdefault((str(row.organization_id), row.kind), {})
        spans[row.valid_from.isoformat()] = row.valid_to.isoformat() if row.valid_to else None
    return found


def _problems(row: Mapping[str, Any], held: dict[tuple[str, str], dict[str, str | None]]) -> Iterator[Problem]:
    kind, first, last = standing_kinds()[row["kind"]], row["valid_from"], row["valid_to"]
    if not row["organization"]:
        yield Problem("name", "organization-unknown")
        return
    if row["value"] not in kind.values:
        yield Problem("value", "standing-value", {"values": "、".join(kind.values)})
    if last is not None and last <= first:
        yield Problem("valid_to", "standing-order")
        return
    spans = held.setdefault((row["organization"], row["kind"]), {})
    if any(_share((first, last), other) for other in spans.items() if other[0] != first):
        yield Problem("valid_from", "standing-overlap")
        return
    spans[first] = last


def _share(one: Span, other: Span) -> bool:
    """Whether two times have a day in common; days are written year first, so that text compares as they do."""
    return (other[1] is None or one[0] < other[1]) and (one[1] is None or other[0] < one[1])


def existing(keys: Sequence[tuple[Any, ...]], *, actor: Any) -> Mapping[tuple[Any, ...], Mapping[str, Any]]:
    """Standings of these organizations by name, place, kind and first day. One query."""
    rows = Standing.objects.filter(organization__name__in={key[0] for key in keys})
    found = {}
    for row in rows.select_related("organization__place"):
        key = (row.organization.name, row.organization.place.code, row.kind, row.valid_from.isoformat())
        last = row.valid_to.isoformat() if row.valid_to else None
        found[key] = {"value": row.value, "valid_to": last, "source": row.source, "reason": row.reason}
    return found


def take_over(rows: QuerySet[Any], *, actor: Any) -> None:
    """The good rows of an import, in the order of the file."""
    services.take_over_standings([row.data for row in rows.order_by("number")], actor=actor)


def written(rows: QuerySet[Standing]) -> Iterator[tuple[Any, ...]]:
    """Rows under :data:`STANDING_HEADINGS`."""
    ordered = rows.select_related("organization__place").order_by("organization__name", "kind", "valid_from")
    for row in ordered.iterator(chunk_size=500):
        holder = row.organization
        yield (
            holder.name, holder.place.code, row.title, row.value, row.valid_from, row.valid_to or "", row.source,
            row.reason,
        )  # fmt: skip


STANDINGS = Sheet(
    name="organizations.standing",
    title="组织资格与等级",
    columns=(
        Column("name", "组织名称", synonyms=("名称", "单位名称"), required=True, max_length=120),
        Column("place_code", "所在地编码", synonyms=("地点编码", "社区编码"), required=True, max_length=18),
        Column("kind", "种类", Type.CHOICE, required=True, choices=pairs(standing_kinds().values())),
        Column("value", "结果", synonyms=("等级", "结论"), required=True, max_length=24),
        Column("valid_from", "起始日期", Type.DATE, required=True, example="2026-01-05"),
        Column("valid_to", "失效日期", Type.DATE, note="从这一天起不再有效；留空按种类的年限计算"),
        Column("source", "依据", synonyms=("来源",), required=True, max_length=160),
        Column("reason", "原因", max_length=200),
    ),
    key=("name", "place_code", "kind", "valid_from"),
    review=review,
    existing=existing,
    commit=take_over,
)
STANDING_HEADINGS = tuple(column.title for column in STANDINGS.columns)
