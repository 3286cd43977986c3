"""Tables of reviews: the pool of experts comes in and goes out; results and fees go out."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_noop

from linli.apps.organizations.models import Organization
from linli.apps.places.models import Place
from linli.apps.places.queries import COMMUNITIES
from linli.apps.reviews import queries, services
from linli.apps.reviews.models import Expert, ReviewSession
from linli.apps.reviews.permissions import pays_fees
from linli.kernel.errors import Refusal
from linli.kernel.privacy import PHONE
from linli.kernel.scope import Actor
from linli.kernel.tables import Column, Problem, Sheet, add_reason

add_reason("expert-organization", gettext_noop("is no organization of the register"))
add_reason("expert-community", gettext_noop("is no community of this code"))
add_reason("expert-phone", gettext_noop("is no telephone number"))


def review(rows: Sequence[dict[str, Any]], *, actor: Any) -> list[list[Problem]]:
    """Units and communities that exist, telephones that can be one. Two queries."""
    codes = {row["credit_code"] for row in rows if row.get("credit_code")}
    units = set(Organization.objects.filter(credit_code__in=codes).values_list("credit_code", flat=True))
    homes = {row["community_code"] for row in rows if row.get("community_code")}
    known = set(Place.objects.filter(code__in=homes, level__in=COMMUNITIES).values_list("code", flat=True))
    return [[*_problems(row, units, known)] for row in rows]


def _problems(row: Mapping[str, Any], units: set[Any], known: set[str]) -> Iterator[Problem]:
    if row.get("credit_code") and row["credit_code"] not in units:
        yield Problem("credit_code", "expert-organization")
    if row.get("community_code") and row["community_code"] not in known:
        yield Problem("community_code", "expert-community")
    if row.get("phone"):
        try:
            PHONE.tidy(row["phone"])
        except Refusal:
            yield Problem("phone", "expert-phone")


def existing(keys: Sequence[tuple[Any, ...]], *, actor: Any) -> Mapping[tuple[Any, ...], Mapping[str, Any]]:
    """The experts of these names and units. One query."""
    rows = Expert.objects.filter(name__in={name for name, _unit in keys}).select_related("organization", "lives_in")
    return {(row.name, row.unit): _as_row(row) for row in rows}


def _as_row(row: Expert) -> dict[str, Any]:
    return {
        "specialty": row.specialty,
        "service": row.service,
        "credit_code": (row.organization.credit_code or "") if row.organization else "",
        "community_code": row.lives_in.code if row.lives_in else "",
        "phone": "",
    }


def take_over(rows: QuerySet[Any], *, actor: Any) -> None:
    """The good rows of an import, in the order of the file."""
    services.take_over_experts([row.data for row in rows.order_by("number")], actor=actor)


EXPERTS = Sheet(
    name="reviews.experts",
    title="评审专家库",
    columns=(
        Column("name", "姓名", required=True, max_length=60, example="赵某"),
        Column("unit", "单位及职务", required=True, max_length=120, example="和安大学社会学院副教授"),
        Column("specialty", "专长", synonyms=("研究方向",), required=True, max_length=120, example="社区治理"),
        Column("service", "以往评审经历", max_length=600),
        Column("credit_code", "单位统一社会信用代码", max_length=18, note="在组织名录中的单位填写，用于查找回避情形"),
        Column("community_code", "居住社区编码", max_length=12, note="用于查找回避情形，不填详细住址"),
        Column("phone", "联系电话", max_length=20, note="加密保存；留空则保留原号码"),
    ),
    key=("name", "unit"),
    review=review,
    existing=existing,
    commit=take_over,
)
EXPERT_HEADINGS = ("姓名", "单位及职务", "专长", "以往评审经历", "可邀请", "参加评审次数", "最近一次")
HEADINGS = ("评审组", "名次", "项目", "得分", "最高分", "最低分", "评分表数", "同意票", "结论", "入选")
FEE_HEADINGS = (
    "姓名", "证件号", "单位及职务", "事由", "天/次", "标准", "应发", "代扣税", "实发", "账号及开户行", "签字",
)  # fmt: skip
WHY = "编制评审费发放表"


def written_experts(rows: QuerySet[Expert]) -> Iterator[tuple[Any, ...]]:
    """The pool under :data:`EXPERT_HEADINGS`; no telephone leaves the house in a list."""
    for row in queries.with_service(rows).order_by("name", "id"):
        served, last = row.served, row.served_last  # type: ignore[attr-defined]  # annotated
        may = "是" if row.is_active else "否"
        yield (row.name, row.unit, row.specialty, row.service, may, served, last.isoformat() if last else "")


def written(session: ReviewSession) -> Iterator[tuple[Any, ...]]:
    """What was revealed under :data:`HEADINGS`."""
    passed = {True: "是", False: "否", None: ""}
    verdicts = {"approve": "通过", "revise": "修改后通过", "refuse": "不通过"}
    for result in queries.results_of(session):
        high, low = result.dropped or ("", "")
        panel = result.entry.panel
        yield (
            panel.name if panel else "", result.rank or "", result.entry.title,
            result.score if result.score is not None else "", high, low, result.counted or "",
            result.yes if result.yes is not None else "", verdicts.get(result.verdict, ""), passed[result.passed],
        )  # fmt: skip


def written_fees(session: ReviewSession, actor: Actor) -> Iterator[tuple[Any, ...]]:
    """The list of fees under :data:`FEE_HEADINGS`; opening numbers leaves a row in the record each."""
    for line in queries.fees_of(session, actor):
        seat = line.seat
        number, account = _sealed(seat.expert, actor)
        yield (
            seat.name, number, seat.unit, session.title, line.times, line.rate, line.gross, line.tax, line.net,
            account, "",
        )  # fmt: skip


def _sealed(expert: Expert | None, actor: Actor) -> tuple[str, str]:
    """Identity number and account in full where the finance officer may see them; masked elsewhere."""
    if expert is None:
        return "", ""
    columns = (expert.id_number, expert.account)
    if not pays_fees(actor, expert):
        return str(columns[0] or ""), str(columns[1] or "")
    found = [column.reveal(reason=WHY, actor=actor) if column else "" for column in columns]
    return found[0], found[1]
