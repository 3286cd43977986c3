"""The table of organizations: filled in by a street, checked against its own places, handed out again."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_noop

from linli.apps.organizations import queries, services
from linli.apps.organizations.models import Organization
from linli.apps.organizations.permissions import KEEPERS
from linli.apps.places.models import Place
from linli.kernel.tables import Column, Problem, Sheet, Type, add_reason

add_reason("organization-place", gettext_noop("is no place within the reach of your posts"))
add_reason("organization-code", gettext_noop("is not a unified social credit code; compare all 18 characters"))
add_reason("organization-code-taken", gettext_noop("belongs to another organization"))

KINDS = (
    ("social_organization", "社会组织"),
    ("supporting_agency", "支持机构"),
    ("department", "部门"),
    ("enterprise", "企业"),
    ("property_company", "物业企业"),
    ("school", "学校"),
    ("member_unit", "共建成员单位"),
    ("resident_team", "居民团队"),
    ("task_team", "临时任务队"),
)
"""What stands in the cells: data are Chinese whatever language somebody reads the pages in."""
HEADINGS = ("名称", "类别", "所在地编码", "统一社会信用代码", "起始日期", "所在地")


def review(rows: Sequence[dict[str, Any]], *, actor: Any) -> list[list[Problem]]:
    """Places within the actor's reach, credit codes that can be one and belong to nobody else. Two queries."""
    codes = {row["place_code"] for row in rows}
    reached = set(_places(actor).filter(code__in=codes).values_list("code", flat=True))
    for row in rows:
        if row.get("credit_code"):
            row["credit_code"] = row["credit_code"].upper()
    owners = queries.owners_of({row["credit_code"] for row in rows if row.get("credit_code")})
    seen: dict[str, tuple[str, str]] = {}
    return [_problems(row, reached, owners, seen) for row in rows]


def _problems(
    row: Mapping[str, Any],
    reached: set[str],
    owners: Mapping[str, tuple[str, str]],
    seen: dict[str, tuple[str, str]],
) -> list[Problem]:
    """``owners`` and ``seen`` tell whose a credit code is, in the database and further up in the file."""
    key, code = (row["name"], row["place_code"]), row.get("credit_code")
    found = [] if row["place_code"] in reached else [Problem("place_code", "organization-place")]
    if code and not services.is_credit_code(code):
        found.append(Problem("credit_code", "organization-code"))
    elif code and (owners.get(code, key) != key or seen.setdefault(code, key) != key):
        found.append(Problem("credit_code", "organization-code-taken"))
    return found


def _places(actor: Any) -> QuerySet[Place]:
    return Place.objects.filter(pk__in=actor.reach(*KEEPERS).places)


def existing(keys: Sequence[tuple[Any, ...]], *, actor: Any) -> Mapping[tuple[Any, ...], Mapping[str, Any]]:
    """The organizations of these names, by name and code of the place. One query."""
    rows = Organization.objects.filter(name__in={name for name, _code in keys}).select_related("place")
    return {(row.name, row.place.code): _as_row(row) for row in rows}


def _as_row(row: Organization) -> dict[str, Any]:
    return {"kind": row.kind, "credit_code": row.credit_code or "", "valid_from": row.valid_from.isoformat()}


def take_over(rows: QuerySet[Any], *, actor: Any) -> None:
    """The good rows of an import, in the order of the file."""
    services.take_over([row.data for row in rows.order_by("number")], actor=actor)


def written(rows: QuerySet[Organization]) -> Iterator[tuple[Any, ...]]:
    """Rows under :data:`HEADINGS`; what is written can be imported again and then changes nothing."""
    words = dict(KINDS)
    for row in rows.select_related("place").order_by("name", "id").iterator(chunk_size=500):
        yield row.name, words[row.kind], row.place.code, row.credit_code or "", row.valid_from, row.place.name


ORGANIZATIONS = Sheet(
    name="organizations.organization",
    title="组织",
    columns=(
        Column("name", "名称", synonyms=("单位名称",), required=True, max_length=120, example="和风助老服务社"),
        Column("kind", "类别", Type.CHOICE, synonyms=("组织类别",), required=True, choices=KINDS),
        Column(
            "place_code",
            "所在地编码",
            synonyms=("地点编码", "社区编码"),
            required=True,
            max_length=18,
            note="所在街道、社区或网格的编码，在「地点」页面可以查到",
            example="990101001001",
        ),
        Column(
            "credit_code",
            "统一社会信用代码",
            synonyms=("信用代码",),
            max_length=18,
            note="没有登记的队伍留空",
            example="52990101MJ000101AL",
        ),
        Column("valid_from", "起始日期", Type.DATE, synonyms=("成立日期",), required=True, example="2026-01-05"),
    ),
    key=("name", "place_code"),
    review=review,
    existing=existing,
    commit=take_over,
)
