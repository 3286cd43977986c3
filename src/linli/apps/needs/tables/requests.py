"""The form by which a ticket's return or exclusion is asked for (paper 32)."""

from django.urls import reverse
from django.utils import timezone

from linli.apps.needs.models import RequestKind, TicketRequest
from linli.apps.needs.tables.cells import shown_moment
from linli.kernel.audit import in_chinese
from linli.kernel.documents import Cell, Grid, Layout, Opinion, Paper, Signatures
from linli.kernel.files import files_of
from linli.kernel.refs import ref_of

TITLES = {RequestKind.RETURN: "12345工单退单申请表", RequestKind.EXCLUDE: "12345工单剔除申请表"}


def _label(text: str) -> Cell:
    return Cell(text, label=True)


def request_paper(row: TicketRequest) -> Paper:
    """The form, filled from the request; what the street and the hotline say stays blank. No name, no telephone."""
    ticket, need = row.ticket, row.ticket.need
    papers = "、".join(file.name for file in files_of(ref_of(row))) or "无"
    tries = need.attempts.order_by("at")
    tried = "；".join(
        f"{shown_moment(one.at)} {in_chinese(one.get_way_display())} {'已联系' if one.reached else '未联系上'}"
        for one in tries
    )
    point = ticket.point or str(need.place)
    grid = Grid(
        [
            [_label("工单编号"), Cell(ticket.number), _label("派单时间"), Cell(shown_moment(ticket.dispatched_at))],
            [_label("办理时限"), Cell(shown_moment(ticket.due_at)), _label("点位"), Cell(point)],
            [_label("诉求事项"), Cell(need.title, 3)],
            [_label("联系诉求人"), Cell(tried or "未联系", 3)],
            [_label("理由类别"), Cell(in_chinese(row.get_ground_display()), 3)],
            [_label("经核实情况及依据"), Cell(row.reason, 3, tall=60)],
            [_label("附件"), Cell(papers, 3)],
        ],
        4, (1.2, 2, 1, 2),
    )  # fmt: skip
    return Paper(
        Layout.FORM, TITLES[RequestKind(row.kind)], str(ticket.street), timezone.localdate(row.asked_at), need.number,
        [
            grid, Opinion("承办单位\n意见"), Opinion("街道\n意见"), Opinion("热线管理\n部门意见"),
            Signatures(["经办人", "联系电话"]),
        ],
        inside=True, address=reverse("needs:ticket", args=[ticket.pk]),
    )  # fmt: skip
