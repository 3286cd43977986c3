"""Keeping how a proposal stood at one moment, as plain data under Chinese headings."""

from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils import timezone

from linli.apps.rounds.kinds import heads
from linli.apps.rounds.models import Proposal, Revision
from linli.apps.rounds.rubric import Content
from linli.apps.rounds.services.keeping import user_key
from linli.kernel.audit import in_chinese
from linli.kernel.money import format_yuan
from linli.kernel.scope import Actor


def content_as_data(proposal: Proposal, content: Content) -> dict[str, Any]:
    """What a reader sees of a proposal: heading -> text, or a list of lines. No telephone and no resident's name."""
    return {
        "项目名称": proposal.title,
        "类别": str(proposal.category or ""),
        "方向": str(proposal.direction or ""),
        "主题": str(proposal.theme or ""),
        "实施主体类型": in_chinese(proposal.get_provider_display()) if proposal.provider else "",
        "社区品牌": "是" if proposal.is_brand else "否",
        "申报主体": [_share(one) for one in content.shares],
        "资金代管主体": str(proposal.fund_holder or proposal.holder_place or ""),
        "实施地点": proposal.site,
        "起止": f"{proposal.starts_on or ''}—{proposal.ends_on or ''}" if proposal.starts_on else "",
        "背景与需求": proposal.background,
        "需求调研": [
            f"{in_chinese(one.get_method_display())} {one.held_on} {one.count}份：{one.findings}"
            for one in content.surveys
        ],
        "目标": proposal.goal,
        "受益人群": proposal.beneficiaries,
        "受益人数": proposal.beneficiary_count,
        "内容与步骤": proposal.steps,
        "党组织作用和参与力量": proposal.party_role,
        "指标": [
            f"{one.name}：{_number(one.baseline)}→{_number(one.target)}{one.unit}（{one.due_on}）"
            for one in content.indicators
        ],
        "申请额": _money(proposal.asked),
        "自筹": _money(proposal.own),
        "预算明细": [_line(one) for one in content.lines],
        "风险": proposal.risks,
        "可持续": proposal.sustainability,
        "四议一承诺": [
            f"{in_chinese(one.get_step_display())} {one.held_on}：{one.minutes}" for one in content.discussions
        ],
        "支持者": [f"{in_chinese(one.get_kind_display())} {one.count}" for one in content.supporters],
    }


def _share(one: Any) -> str:
    name = one.shown if one.kind != "resident" else f"居民{str(one.resident_name)[:1]}某"
    return f"{name} {_number(one.share)}%"


def _line(one: Any) -> str:
    head = heads().get(one.head, one.head)
    source = in_chinese(one.get_source_display())
    reckoned = f"{_money(one.unit_price)}×{_number(one.quantity)}{one.unit}＝{_money(one.amount)}"
    return f"{head} {one.item}：{reckoned}（{source}）{one.grounds}"


def _money(amount: Any) -> str:
    return "" if amount is None else format_yuan(amount)


def _number(value: Any) -> str:
    return f"{value.normalize():f}"


def keep_revision(
    proposal: Proposal, content: Content, *, occasion: str, actor: Actor | None, at: datetime | None = None
) -> Revision:
    """A new revision, inside the caller's transaction, which holds the proposal's row."""
    last = Revision.objects.filter(proposal=proposal).aggregate(last=Max("number"))["last"]
    return Revision.objects.create(
        proposal=proposal, number=(last or 0) + 1, content=content_as_data(proposal, content),
        made_at=at or timezone.now(), author_id=user_key(actor), occasion=occasion,
    )  # fmt: skip
