"""The summary of proposals (documents.md 6): one row a proposal the reader may see."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from linli.apps.rounds.models import HANDED_IN, Discussion, Proposal, ProposerShare, Round
from linli.apps.rounds.queries import visible_to
from linli.kernel.scope import Actor

HEADINGS = (
    "序号", "单位", "项目名称", "类别", "实施主体", "受益人数", "总预算", "申请额", "自筹",
    "四议日期", "联系人", "备注",
)  # fmt: skip


def summary_rows(intake: Round, *, actor: Actor | None) -> Iterator[list[Any]]:
    """The rows, by number, for what the reader may see; sealed proposals are in nobody's. Three queries."""
    rows = visible_to(actor, Proposal.objects.filter(round=intake, state__in=HANDED_IN))
    found = list(rows.select_related("place", "category").order_by("serial"))
    keys = [one.pk for one in found]
    names: dict[Any, list[str]] = {}
    for share in ProposerShare.objects.filter(proposal__in=keys).select_related("organization", "place"):
        names.setdefault(share.proposal_id, []).append(share.shown)
    days = dict(
        Discussion.objects.filter(proposal__in=keys, step="resolution").order_by().values_list("proposal", "held_on")
    )
    for number, one in enumerate(found, 1):
        yield [
            number, one.place.name, one.title, str(one.category or ""), "、".join(names.get(one.pk, [])),
            one.beneficiary_count or 0, one.asked + one.own, one.asked, one.own, days.get(one.pk),
            str(one.contact_name), f"{one.serial} {one.get_state_display()}",
        ]  # fmt: skip


def totals(rows: list[list[Any]]) -> list[Any]:
    """The last line: 合计."""

    def column(place: int) -> Decimal:
        return sum((row[place] for row in rows), Decimal(0))

    return ["合计", "", f"{len(rows)} 项", "", "", int(column(5)), column(6), column(7), column(8), None, "", ""]
