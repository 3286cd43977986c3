"""The ledger of tickets (paper 31): the columns of the dispatch export, in its order, from the rows."""

from collections.abc import Iterator
from typing import Any

from linli.apps.needs.models import Content, Ticket
from linli.apps.needs.tables.cells import shown_moment
from linli.kernel.audit import in_chinese

HEADINGS = (
    "工单编号", "派单时间", "办理时限", "截止时间", "标题", "诉求内容", "点位", "一级分类",
    "二级分类", "三级分类", "承办单位", "来源渠道", "诉求类型", "转派次数", "是否吹哨", "是否退单",
    "是否剔除", "办理状态", "本系统编号", "首次联系", "答复内容", "答复时间", "是否联系", "是否解决",
    "是否满意", "回访时间",
)  # fmt: skip
"""No name and no telephone: the ledger is printed and passed round."""
SHOWN = {Content.SATISFIED: "满意", Content.ACCEPTABLE: "基本满意", Content.DISSATISFIED: "不满意", "": ""}


YES_NO = {None: "", True: "是", False: "否"}


def ledger_rows(tickets: Any, answers: dict[Any, str]) -> Iterator[list[Any]]:
    """A row of cells for each ticket; ``answers`` by need where our own goes before the platform's."""
    for one in tickets:
        yield cells_of(one, answers.get(one.need_id, ""))


def cells_of(one: Ticket, answer: str = "") -> list[Any]:
    """The cells of one ticket in the order of the headings."""
    need = one.need
    return [
        one.number, shown_moment(one.dispatched_at), one.limit, shown_moment(one.due_at), need.title, need.matter,
        one.point, one.class_1, one.class_2, one.class_3, one.unit, one.source, one.nature,
        "" if one.transfers is None else one.transfers, YES_NO[one.whistled], YES_NO[one.returned],
        YES_NO[one.excluded], in_chinese(need.get_state_display()), need.number,
        shown_moment(need.first_at), answer or one.reply, shown_moment(need.answered_at or one.replied_at),
        YES_NO[one.reached], YES_NO[one.solved], SHOWN[one.satisfied], shown_moment(one.called_back_at),
    ]  # fmt: skip
