"""The table of organizations: filled in by a street, checked against its own places, handed out again."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_noop

from linli.apps.organizations import queries, services
from linli.apps.organizations.kinds import pairs, words
from linli.apps.organizations.models import TEAMS, LegalForm, Organization
from linli.apps.organizations.permissions import KEEPERS
from linli.apps.organizations.services.credit_code import SENTENCES, tidy_credit_code
from linli.apps.organizations.services.organization import TELEPHONE
from linli.apps.places.models import Place
from linli.kernel.tables import Column, Problem, Sheet, Type, add_reason

add_reason("organization-place", gettext_noop("is no place within the reach of your posts"))
add_reason("organization-code-taken", gettext_noop("belongs to another organization"))
add_reason("organization-former", gettext_noop("is a former name; today it is called %(today)s"))
add_reason("organization-phone", gettext_noop("is no office telephone such as 010-62880011"))
add_reason("organization-team", gettext_noop("is kept for teams only, number and day together"))
add_reason("organization-no-team", gettext_noop("does not go with a team, which has no legal person"))
for _code, _sentence in SENTENCES.items():
    add_reason(_code, _sentence)

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
LEGAL_FORMS = (
    ("association", "社会团体"),
    ("social_service", "社会服务机构"),
    ("foundation", "基金会"),
    ("company", "公司"),
    ("public_institution", "事业单位"),
    ("state_organ", "机关"),
    ("cooperative", "合作社"),
    ("self_government", "居（村）民委员会"),
    ("other_legal_person", "其他法人"),
    ("branch", "分支机构（无法人资格）"),
    ("sole_trader", "个体工商户"),
    ("none", "无法人资格"),
)
STATUSES = {"active": "正常", "suspended": "暂停", "ended": "终止"}


def review(rows: Sequence[dict[str, Any]], *, actor: Any) -> list[list[Problem]]:
    """Places within reach, names of today, codes that can be one and belong to nobody else. Three queries."""
    codes = {row["place_code"] for row in rows}
    reached = set(_places(actor).filter(code__in=codes).values_list("code", flat=True))
    for row in rows:
        if row.get("credit_code"):
            row["credit_code"] = tidy_credit_code(row["credit_code"])
        if row["kind"] in TEAMS and row.get("legal_form") == LegalForm.NONE:
            row["legal_form"] = None
    owners = queries.owners_of({row["credit_code"] for row in rows if row.get("credit_code")})
    former = queries.former_names_at((row["name"], row["place_code"]) for row in rows)
    seen: dict[str, tuple[str, str]] = {}
    return [[*_names(row, reached, former), *_codes(row, owners, seen), *_of_team(row)] for row in rows]


def _names(row: Mapping[str, Any], reached: set[str], former: Mapping[tuple[str, str], str]) -> Iterator[Problem]:
    if row["place_code"] not in reached:
        yield Problem("place_code", "organization-place")
    today = former.get((row["name"], row["place_code"]))
    if today:
        yield Problem("name", "organization-former", {"today": today})
    if row.get("office_phone") and not TELEPHONE.fullmatch(row["office_phone"]):
        yield Problem("office_phone", "organization-phone")


def _codes(
    row: Mapping[str, Any], owners: Mapping[str, tuple[str, str]], seen: dict[str, tuple[str, str]]
) -> Iterator[Problem]:
    """``owners`` and ``seen`` tell whose a credit code is, in the database and further up in the file."""
    key, code = (row["name"], row["place_code"]), row.get("credit_code")
    problem = services.credit_code_problem(code) if code else None
    if problem is not None:
        yield Problem("credit_code", problem.code, problem.facts)
    elif code and (owners.get(code, key) != key or seen.setdefault(code, key) != key):
        yield Problem("credit_code", "organization-code-taken")


def _of_team(row: Mapping[str, Any]) -> Iterator[Problem]:
    count, counted_on = row.get("member_count"), row.get("member_count_on")
    if row["kind"] in TEAMS:
        for column in ("credit_code", "legal_form"):
            if row.get(column):
                yield Problem(column, "organization-no-team")
        if (count is None) != (counted_on is None):
            yield Problem("member_count" if count is None else "member_count_on", "organization-team")
    elif count is not None or counted_on is not None:
        yield Problem("member_count" if count is not None else "member_count_on", "organization-team")


def _places(actor: Any) -> QuerySet[Place]:
    return Place.objects.filter(pk__in=actor.reach(*KEEPERS).places)


def existing(keys: Sequence[tuple[Any, ...]], *, actor: Any) -> Mapping[tuple[Any, ...], Mapping[str, Any]]:
    """The organizations of these names, by name and code of the place. One query."""
    rows = Organization.objects.filter(name__in={name for name, _code in keys}).select_related("place")
    return {(row.name, row.place.code): _as_row(row) for row in rows}


def _as_row(row: Organization) -> dict[str, Any]:
    """The organization as its row in a table is read: empty text "", everything else empty None."""
    days = ("valid_from", "registered_on", "founded_on", "member_count_on")
    texts = ("short_name", "registered_with", "about", "address", "office_phone", "office_hours")
    return {
        "kind": row.kind,
        "credit_code": row.credit_code or "",
        "legal_form": None if row.is_team else row.legal_form or None,
        "business": row.business or None,
        "member_count": row.member_count,
        **{name: getattr(row, name) for name in texts},
        **{name: value.isoformat() if (value := getattr(row, name)) else None for name in days},
    }


def take_over(rows: QuerySet[Any], *, actor: Any) -> None:
    """The good rows of an import, in the order of the file."""
    services.take_over([row.data for row in rows.order_by("number")], actor=actor)


def written(rows: QuerySet[Organization]) -> Iterator[tuple[Any, ...]]:
    """Rows under :data:`HEADINGS`; what is written can be imported again and then changes nothing."""
    shown = {column.key: dict(column.choices) for column in ORGANIZATIONS.columns if column.choices}
    for row in rows.select_related("place").order_by("name", "id").iterator(chunk_size=500):
        cells = {**_as_row(row), "name": row.name, "place_code": row.place.code}
        for key, words_of in shown.items():
            cells[key] = words_of.get(cells[key], "")
        yield (
            *(cells[column.key] if cells[column.key] is not None else "" for column in ORGANIZATIONS.columns),
            STATUSES[row.status],
            row.place.name,
        )


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
            max_length=30,
            note="没有登记的队伍留空",
            example="52990101MJ000101AL",
        ),
        Column("valid_from", "起始日期", Type.DATE, required=True, example="2026-01-05"),
        Column("short_name", "简称", max_length=40),
        Column("legal_form", "法人形式", Type.CHOICE, synonyms=("组织形式",), choices=LEGAL_FORMS, note="团队留空"),
        Column("registered_with", "登记机关", synonyms=("登记管理机关",), max_length=80),
        Column("registered_on", "登记日期", Type.DATE),
        Column("founded_on", "成立日期", Type.DATE),
        Column("business", "服务领域", Type.CHOICE, synonyms=("活动类别",), choices=pairs(words("business").values())),
        Column("about", "服务内容", synonyms=("业务范围",), max_length=600),
        Column("address", "地址", synonyms=("办公地址",), max_length=160),
        Column("office_phone", "办公电话", max_length=20, note="座机；不填个人手机号码"),
        Column("office_hours", "办公时间", max_length=120),
        Column("member_count", "成员人数", Type.WHOLE, least=0, most=99999, note="只有团队填写；不填姓名"),
        Column("member_count_on", "人数统计日期", Type.DATE),
    ),
    key=("name", "place_code"),
    review=review,
    existing=existing,
    commit=take_over,
)
HEADINGS = (*(column.title for column in ORGANIZATIONS.columns), "状态", "所在地")
