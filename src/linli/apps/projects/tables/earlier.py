"""The register of earlier projects and their score tables, as streets keep them in Excel."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop

from linli.apps.organizations.models import Organization
from linli.apps.organizations.queries import visible_to as organizations_visible_to
from linli.apps.places.models import Level, Place
from linli.apps.projects import services
from linli.apps.projects.models import EarlierProject, EarlierScore
from linli.apps.projects.permissions import KEEPERS
from linli.kernel.tables import Column, Problem, Sheet, Type, add_reason

add_reason("earlier-place", gettext_noop("is no community within the reach of your posts, or several have this name"))
add_reason("earlier-street", gettext_noop("is no street within the reach of your posts; write its name or code"))
add_reason("earlier-year", gettext_noop("lies ahead"))
add_reason("earlier-amounts", gettext_noop("says something else than the column in units of ten thousand"))
add_reason("earlier-days", gettext_noop("lies before the first day"))
add_reason("earlier-unknown", gettext_noop("is no earlier project of this year here; import the register first"))
add_reason("earlier-no-mark", gettext_noop("is empty, and so are all marks of this line"))

TEN_THOUSAND = Decimal(10_000)
SEATS = range(1, 16)
"""Seats of judges a score table may have."""
MARKS = tuple(f"mark_{seat}" for seat in SEATS)
STAGE = "评审"
Key = tuple[Any, ...]


class Ground:
    """The places an importer's posts reach: streets and communities by code, and by name where it is the only one."""

    def __init__(self, actor: Any) -> None:
        inside = list(Place.objects.filter(pk__in=actor.reach(*KEEPERS).places).select_related("street"))
        self.communities = {one.code: one for one in inside if one.level in (Level.COMMUNITY, Level.VILLAGE)}
        streets = {one.street.code: one.street for one in self.communities.values() if one.street}
        self.streets = {**streets, **{one.code: one for one in inside if one.level == Level.STREET}}
        self.named = [*self.communities.values(), *self.streets.values()]

    def code(self, words: str, among: Mapping[str, Place]) -> str:
        """The code of a place told by code or name; empty where it is none or not the only one."""
        if words in among:
            return words
        found = [one.code for one in among.values() if words in (one.name, str(one))]
        return found[0] if len(found) == 1 else ""


def review(rows: Sequence[dict[str, Any]], *, actor: Any) -> list[list[Problem]]:
    """Places, years, amounts and days; places become codes, an amount in ten thousands becomes yuan. Two queries."""
    ground = Ground(actor)
    return [list(_problems(row, ground)) for row in rows]


def _problems(row: dict[str, Any], ground: Ground) -> Iterator[Problem]:
    if row["year"] > timezone.localdate().year:
        yield Problem("year", "earlier-year")
    yield from _placed(row, ground)
    thousands = row.pop("amount_wan", None)
    if thousands is not None:
        yuan = f"{Decimal(thousands) * TEN_THOUSAND:.2f}"
        if row.get("amount") is not None and Decimal(row["amount"]) != Decimal(yuan):
            yield Problem("amount", "earlier-amounts")
        row["amount"] = yuan
    if row.get("starts_on") and row.get("ends_on") and row["ends_on"] < row["starts_on"]:
        yield Problem("ends_on", "earlier-days")


def _placed(row: dict[str, Any], ground: Ground) -> Iterator[Problem]:
    """The codes of community and street; a single street needs no telling."""
    if row.get("place"):
        code = ground.code(row["place"], ground.communities)
        if not code:
            yield Problem("place", "earlier-place")
            return
        row["place"] = code
        street = ground.communities[code].street
        row["street"] = street.code if street else ""
    elif row.get("street"):
        code = ground.code(row["street"], ground.streets)
        if not code:
            yield Problem("street", "earlier-street")
        row["street"] = code
    elif len(ground.streets) == 1:
        row["street"] = next(iter(ground.streets))
    else:
        yield Problem("street", "earlier-street")


def _streets(actor: Any) -> dict[str, Place]:
    return Ground(actor).streets


def existing(keys: Sequence[Key], *, actor: Any) -> Mapping[Key, Mapping[str, Any]]:
    """Lines that are there, by year, number, title and street. Two queries more than the places."""
    by_key = {(key[3], key[0], key[1] or key[2]): key for key in keys}
    rows = EarlierProject.objects.filter(
        street__in=[one.pk for one in _streets(actor).values()], year__in={key[0] for key in keys},
        key__in={key[2] for key in by_key},
    ).select_related("street", "place")  # fmt: skip
    found = {(row.street.code, row.year, row.key): row for row in rows}
    return {key: _as_row(found[place]) for place, key in by_key.items() if place in found}


def _as_row(row: EarlierProject) -> dict[str, Any]:
    """The line as its row in a table is read."""
    return {
        **{name: getattr(row, name) for name in ("year", *services.TEXTS)},
        **{name: _decimal(getattr(row, name)) for name in services.DECIMALS},
        **{name: _day(getattr(row, name)) for name in services.DAYS},
        "place": row.place.code if row.place else "",
        "street": row.street.code,
    }


def _decimal(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.2f}"


def _day(value: Any) -> str | None:
    return value.isoformat() if value else None


def take_over(rows: QuerySet[Any], *, actor: Any) -> None:
    """The good rows of a register, in the order of the file."""
    found, ground = [row.data for row in rows.order_by("number")], Ground(actor)
    services.take_over_earlier(
        found, streets=ground.streets, places=ground.communities,
        organizations=named(actor, {row["bearer_name"] for row in found if row.get("bearer_name")}),
    )  # fmt: skip


def named(actor: Any, names: Iterable[str]) -> dict[str, Organization]:
    """Organizations by their name, where exactly one that the reader sees has it. One query."""
    rows = list(organizations_visible_to(actor).filter(name__in=set(names)))
    every = [row.name for row in rows]
    return {row.name: row for row in rows if every.count(row.name) == 1}


NUMBER = Column("number", "项目编号", synonyms=("编号", "立项编号", "项目代码"), max_length=60)
YEAR = Column(
    "year", "年度", Type.WHOLE, synonyms=("年份", "立项年度"), required=True, least=1990, most=2199, example="2025"
)
REGISTER = Sheet(
    name="projects.earlier",
    title="往年项目",
    columns=(
        YEAR,
        NUMBER,
        Column(
            "title", "项目名称", synonyms=("名称", "项目"), required=True, max_length=80, example="楼道微更新"
        ),
        Column(
            "place", "社区",
            synonyms=("所属社区", "实施社区", "社区名称", "社区编码"),
            max_length=80, note="名称或编码；全街道的项目留空",
        ),
        Column("street", "街道", synonyms=("街道名称", "所属街道"), max_length=80, note="只有一个街道时可不填"),
        Column(
            "bearer_name", "承接单位",
            synonyms=("申报单位", "实施单位", "承办单位", "承接组织", "社会组织"),
            max_length=120,
        ),
        Column("kind", "项目类别", synonyms=("类别", "项目类型"), max_length=40),
        Column(
            "amount", "金额（元）", Type.DECIMAL,
            synonyms=("金额", "资助金额", "立项金额", "项目经费", "批准金额"),
            least=0,
        ),
        Column(
            "amount_wan", "金额万元", Type.DECIMAL,
            synonyms=("万元", "资助金额万元", "项目经费万元"),
            least=0, places=6, note="以万元为单位时填这一列",
        ),
        Column("own", "自筹（元）", Type.DECIMAL, synonyms=("自筹", "自筹资金", "配套资金"), least=0),
        Column("starts_on", "开始日期", Type.DATE, synonyms=("起始日期", "开始时间", "实施开始")),
        Column("ends_on", "结束日期", Type.DATE, synonyms=("完成日期", "结束时间", "实施结束")),
        Column("state", "状态", synonyms=("项目状态", "进展"), max_length=40),
        Column("grade", "结项等次", synonyms=("等次", "等级", "评定等次"), max_length=40),
        Column("score", "结项得分", Type.DECIMAL, synonyms=("得分", "评审得分"), least=0, most=1000),
        Column(
            "satisfaction", "满意度（%）", Type.DECIMAL,
            synonyms=("满意度", "满意率", "居民满意度"),
            least=0, most=100, note="百分数，如96.5",
        ),
        Column("note", "备注", synonyms=("说明",), max_length=600),
    ),
    key=("year", "number", "title", "street"),
    review=review,
    existing=existing,
    commit=take_over,
)  # fmt: skip
"""The register: a line a project."""


def review_scores(rows: Sequence[dict[str, Any]], *, actor: Any) -> list[list[Problem]]:
    """The projects they belong to, and whether there is a figure at all. The seats' marks become one list."""
    there = _projects(rows, actor)
    return [list(_score_problems(row, there)) for row in rows]


def _projects(rows: Sequence[Mapping[str, Any]], actor: Any) -> dict[tuple[int, str], list[EarlierProject]]:
    """Earlier projects by year and number, and by year and title. Two queries."""
    found: dict[tuple[int, str], list[EarlierProject]] = {}
    streets = [one.pk for one in _streets(actor).values()]
    for one in EarlierProject.objects.filter(street__in=streets, year__in={row["year"] for row in rows}):
        for word in {one.number, one.title} - {""}:
            found.setdefault((one.year, word), []).append(one)
    return found


def _score_problems(row: dict[str, Any], there: Mapping[tuple[int, str], list[EarlierProject]]) -> Iterator[Problem]:
    word = row.get("number") or row.get("title") or ""
    found = there.get((row["year"], word), [])
    if len(found) != 1:
        yield Problem("number" if row.get("number") else "title", "earlier-unknown")
    else:
        row["project"] = found[0].pk.hex
    row["stage"] = row.get("stage") or STAGE
    row["marks"] = [row.pop(name) for name in MARKS if row.get(name) is not None]
    for name in MARKS:
        row.pop(name, None)
    if not row["marks"] and row.get("told") is None:
        yield Problem("told", "earlier-no-mark")


def existing_scores(keys: Sequence[Key], *, actor: Any) -> Mapping[Key, Mapping[str, Any]]:
    """Scores that are there, by year, number, title and stage."""
    found = _projects([{"year": key[0]} for key in keys], actor)
    wanted = {key: one[0] for key in keys if len(one := found.get((key[0], key[1] or key[2] or ""), [])) == 1}
    rows = EarlierScore.objects.filter(project__in=[one.pk for one in wanted.values()])
    scores = {(row.project_id, row.stage): row for row in rows}
    return {
        key: {"marks": row.marks, "told": _decimal(row.told), "rank": row.rank, "grade": row.grade}
        for key, one in wanted.items()
        if (row := scores.get((one.pk, key[3]))) is not None
    }


def take_over_scores(rows: QuerySet[Any], *, actor: Any) -> None:
    """The good rows of a score table."""
    found = [row.data for row in rows.order_by("number")]
    streets = [one.pk for one in _streets(actor).values()]
    projects = EarlierProject.objects.filter(street__in=streets, pk__in={row["project"] for row in found})
    services.take_over_scores(found, projects={one.pk.hex: one for one in projects})


SCORES = Sheet(
    name="projects.earlier_scores",
    title="往年评分",
    columns=(
        YEAR,
        NUMBER,
        Column("title", "项目名称", synonyms=("名称", "项目"), max_length=80, note="没有编号时按名称对应"),
        Column(
            "stage", "评审环节",
            synonyms=("环节", "阶段", "评审阶段"),
            max_length=20, note="初审、中期、结项等；留空为评审",
        ),
        *(
            Column(
                name, f"评委{seat}", Type.DECIMAL, least=0, most=1000,
                synonyms=(f"专家{seat}", f"评委{seat}评分", f"专家{seat}评分"),
                note="只认序号，不收评委姓名" if seat == 1 else "",
            )
            for seat, name in zip(SEATS, MARKS, strict=True)
        ),
        Column(
            "told", "得分", Type.DECIMAL,
            synonyms=("平均分", "最终得分", "总分", "平均得分", "综合得分"),
            least=0, most=100_000,
        ),
        Column("rank", "名次", Type.WHOLE, synonyms=("排名",), least=1, most=9999),
        Column("grade", "等次", synonyms=("等级", "评定等次"), max_length=40),
    ),
    key=("year", "number", "title", "stage"),
    review=review_scores,
    existing=existing_scores,
    commit=take_over_scores,
)  # fmt: skip
"""Score tables: a line a project and stage, a column a seat."""
HEADINGS = tuple(column.title for column in REGISTER.columns if column.key != "amount_wan")


def lines_of(rows: Iterable[EarlierProject]) -> Iterator[list[Any]]:
    """Rows of the register as it goes out, under :data:`HEADINGS`; it comes in again as it is."""
    for row in rows:
        yield [
            row.year, row.number, row.title, row.place.code if row.place else "", row.street.code, row.bearer_name,
            row.kind, row.amount, row.own, row.starts_on, row.ends_on, row.state, row.grade, row.score,
            row.satisfaction, row.note,
        ]  # fmt: skip
