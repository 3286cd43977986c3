"""The tables of party organizations and of their numbers of members (in and out), and of coverage (out)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop

from linli.apps.organizations import queries, services
from linli.apps.organizations.kinds import pairs
from linli.apps.organizations.models import PartyOrganization
from linli.apps.organizations.permissions import PARTY_KEEPERS
from linli.apps.organizations.rubric import count_kinds, stands_under
from linli.apps.organizations.tables.organization import KINDS
from linli.apps.places.models import Place
from linli.kernel.tables import Column, Problem, Sheet, Type, add_reason

add_reason("party-place", gettext_noop("is no place within the reach of your posts"))
add_reason("party-unit", gettext_noop("is no organization at this place within the reach of your posts"))
add_reason("party-parent", gettext_noop("is neither in the register once nor further up in this file"))
add_reason("party-under", gettext_noop("does not stand under a party organization of that kind"))
add_reason("party-there", gettext_noop("stands in the register with other facts; change it on its own page"))
add_reason("party-unknown", gettext_noop("is no party organization at this place within the reach of your posts"))
add_reason("party-ahead", gettext_noop("lies ahead"))

PARTY_KINDS = (
    ("committee", "党委"),
    ("general_branch", "党总支"),
    ("branch", "党支部"),
    ("joint_branch", "联合党支部"),
    ("group", "党小组"),
    ("area_committee", "片区联合党委"),
    ("property_alliance_branch", "物业联盟党支部"),
)
FORMS = {"own": "单独组建", "joint": "联合组建", "instructor": "派驻指导员", "none": "未覆盖"}
Key = tuple[Any, ...]


def review(rows: Sequence[dict[str, Any]], *, actor: Any) -> list[list[Problem]]:
    """Places and units within reach, parents that are there or further up, days that have come. Four queries."""
    reach = actor.reach(*PARTY_KEEPERS)
    places = Place.objects.filter(pk__in=reach.places, code__in={row["place_code"] for row in rows})
    codes = {code: str(pk) for pk, code in places.values_list("pk", "code")}
    units = _units(rows, reach)
    above = _kinds_by_name({row["parent"] for row in rows if row.get("parent")})
    there = existing([(row["name"], row["place_code"]) for row in rows], actor=actor)
    found = []
    for row in rows:
        row["place"] = codes.get(row["place_code"], "")
        row["unit"] = units.get((row.get("organization") or "", row["place_code"]), "")
        found.append(list(_problems(row, above, there.get((row["name"], row["place_code"])))))
        above.setdefault(row["name"], {})[row["place_code"]] = row["kind"]
    return found


def _units(rows: Sequence[Mapping[str, Any]], reach: Any) -> dict[tuple[str, str], str]:
    names = {row["organization"] for row in rows if row.get("organization")}
    units = queries.in_force(timezone.localdate()).filter(pk__in=reach.organizations, name__in=names)
    return {(name, code): str(pk) for pk, name, code in units.values_list("pk", "name", "place__code")}


def _kinds_by_name(names: Iterable[str]) -> dict[str, dict[str, str]]:
    """Name -> code of the place -> kind, of the party organizations that bear it."""
    found: dict[str, dict[str, str]] = {}
    rows = PartyOrganization.objects.filter(name__in=list(names), valid_to__isnull=True)
    for name, code, kind in rows.values_list("name", "place__code", "kind"):
        found.setdefault(name, {})[code] = kind
    return found


def _problems(
    row: Mapping[str, Any], above: Mapping[str, dict[str, str]], there: Mapping[str, Any] | None
) -> Iterator[Problem]:
    if not row["place"]:
        yield Problem("place_code", "party-place")
    if row.get("organization") and not row["unit"]:
        yield Problem("organization", "party-unit")
    if date.fromisoformat(row["valid_from"]) > timezone.localdate():
        yield Problem("valid_from", "party-ahead")
    kinds = list(above.get(row.get("parent") or "", {}).values())
    if row.get("parent") and len(kinds) != 1:
        yield Problem("parent", "party-parent")
    elif (row.get("parent") or row["kind"] == "group") and not set(kinds) & set(stands_under(row["kind"])):
        yield Problem("kind", "party-under")
    if there is not None and any(there[name] != (row.get(name) or there[name]) for name in ("kind", "parent")):
        yield Problem("name", "party-there")


def existing(keys: Sequence[Key], *, actor: Any) -> Mapping[Key, Mapping[str, Any]]:
    """Party organizations of these names by name and code of the place. One query."""
    rows = PartyOrganization.objects.filter(valid_to__isnull=True, name__in={key[0] for key in keys})
    found = {}
    for row in rows.select_related("place", "parent", "organization").prefetch_related("statuses"):
        status = next(one for one in row.statuses.all() if one.valid_to is None)
        found[(row.name, row.place.code)] = {
            "kind": row.kind,
            "parent": row.parent.name if row.parent else "",
            "organization": row.organization.name if row.organization else "",
            "valid_from": row.valid_from.isoformat(),
            "elected_on": row.elected_on.isoformat() if row.elected_on else None,
            "source": status.source,
        }
    return found


def take_over(rows: QuerySet[Any], *, actor: Any) -> None:
    """The good rows of an import, in the order of the file: parents come before their children."""
    services.take_over_parties([row.data for row in rows.order_by("number")], actor=actor)


def written_parties(rows: QuerySet[PartyOrganization], on: date) -> Iterator[Key]:
    """Rows under :data:`PARTY_HEADINGS`, with the newest numbers until ``on``."""
    titles = dict(PARTY_KINDS)
    ordered = rows.select_related("place", "parent", "organization").prefetch_related("statuses").order_by("name", "id")
    parties = list(ordered)
    counts = queries.latest_counts(parties, on)
    for row in parties:
        mine = counts.get(row.pk, {})
        days = [one.as_of for one in mine.values()]
        yield (
            row.name, titles[row.kind], row.place.code, row.organization.name if row.organization else "",
            row.parent.name if row.parent else "", row.valid_from, row.elected_on or "",
            max(row.statuses.all(), key=lambda one: one.valid_from).source, row.valid_to or "", row.place.name,
            *(mine[code].count if code in mine else "" for code in count_kinds()), max(days, default=""),
        )  # fmt: skip


def review_counts(rows: Sequence[dict[str, Any]], *, actor: Any) -> list[list[Problem]]:
    """Whose numbers they are, and days that have come. One query."""
    mine = PartyOrganization.objects.filter(
        valid_to__isnull=True, place__in=actor.reach(*PARTY_KEEPERS).places, name__in={row["name"] for row in rows}
    )
    known = {(name, code): str(pk) for pk, name, code in mine.values_list("pk", "name", "place__code")}
    found = []
    for row in rows:
        row["party"] = known.get((row["name"], row["place_code"]), "")
        problems = [] if row["party"] else [Problem("name", "party-unknown")]
        if date.fromisoformat(row["as_of"]) > timezone.localdate():
            problems.append(Problem("as_of", "party-ahead"))
        found.append(problems)
    return found


def existing_counts(keys: Sequence[Key], *, actor: Any) -> Mapping[Key, Mapping[str, Any]]:
    """Numbers of these days by name, place and day. One query."""
    days = [date.fromisoformat(key[2]) for key in keys]
    found: dict[Key, dict[str, Any]] = {}
    for row in queries.counts_of_parties({key[0] for key in keys}, days):
        assert row.party is not None  # only those of party organizations were asked for
        key = (row.party.name, row.party.place.code, row.as_of.isoformat())
        found.setdefault(key, dict.fromkeys(count_kinds()))[row.kind] = row.count
        found[key]["source"] = row.source
    return found


def take_over_counts(rows: QuerySet[Any], *, actor: Any) -> None:
    """The good rows of an import of numbers."""
    services.take_over_counts([row.data for row in rows.order_by("number")], actor=actor)


def written_coverage(lines: Iterable[Mapping[str, Any]]) -> Iterator[Key]:
    """Rows under :data:`COVERAGE_HEADINGS`."""
    for line in lines:
        one = line["coverage"]
        numbers = [number for _form, number in one.cells]
        yield (str(one.title), line["on"], one.total, *numbers, one.organization_rate, one.work_rate)


def written_units(rows: QuerySet[Any]) -> Iterator[Key]:
    """Rows under :data:`UNIT_HEADINGS`, of organizations with form and members."""
    titles = dict(KINDS)
    for row in rows.select_related("place").order_by("name", "id").iterator(chunk_size=500):
        advice = queries.advice_for(row)
        yield (
            row.name, titles[row.kind], row.place.name, FORMS[row.form],
            "" if row.full is None else row.full, "" if row.probationary is None else row.probationary,
            advice.form.title if advice else "",
        )  # fmt: skip


PARTIES = Sheet(
    name="organizations.party",
    title="党组织",
    columns=(
        Column("name", "党组织名称", synonyms=("名称",), required=True, max_length=120, example="槐荫社区第一党支部"),
        Column("kind", "类别", Type.CHOICE, required=True, choices=PARTY_KINDS),
        Column("place_code", "所在地编码", synonyms=("社区编码",), required=True, max_length=18),
        Column("organization", "所属单位", max_length=120, note="单位的党组织才填，须已登记在同一所在地"),
        Column("parent", "上级党组织", max_length=120, note="填名称；上级写在下级前面"),
        Column("valid_from", "成立日期", Type.DATE, required=True, example="2021-07-01"),
        Column("elected_on", "最近换届日期", Type.DATE),
        Column("source", "依据", synonyms=("来源",), required=True, max_length=160),
    ),
    key=("name", "place_code"),
    review=review,
    existing=existing,
    commit=take_over,
)
PARTY_COUNTS = Sheet(
    name="organizations.member_count",
    title="党员人数",
    columns=(
        Column("name", "党组织名称", synonyms=("党组织",), required=True, max_length=120),
        Column("place_code", "所在地编码", synonyms=("社区编码",), required=True, max_length=18),
        Column("as_of", "统计日期", Type.DATE, synonyms=("日期",), required=True, example="2026-06-30"),
        *(
            Column(code, title, Type.WHOLE, least=0, most=1_000_000, note="只填人数；没有统计的留空")
            for code, title in pairs(count_kinds().values())
        ),
        Column("source", "来源", synonyms=("依据",), required=True, max_length=160, example="半年党内统计"),
    ),
    key=("name", "place_code", "as_of"),
    review=review_counts,
    existing=existing_counts,
    commit=take_over_counts,
)
PARTY_HEADINGS = (
    *(column.title for column in PARTIES.columns), "撤销日期", "所在地",
    *(word.title for word in count_kinds().values()), "统计日期",
)  # fmt: skip
COVERAGE_HEADINGS = ("范围", "日期", "单位总数", *FORMS.values(), "组织覆盖率（%）", "工作覆盖率（%）")
UNIT_HEADINGS = ("名称", "类别", "所在地", "覆盖形式", "正式党员", "预备党员", "建议")
