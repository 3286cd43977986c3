"""What the boards add: the kind of proactive issues, verbs as told, the figure below which nothing is published."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.apps.needs import queries
from linli.apps.needs.models import ProactiveIssue
from linli.apps.needs.permissions import reads_needs
from linli.kernel.audit import register_action
from linli.kernel.contributions import NavItem, NavSection, PortalDoor
from linli.kernel.contributions import contribute as add
from linli.kernel.refs import Kind, register
from linli.kernel.settings import Declared, declare

LEAST = Declared(
    "needs.least_in_public", _("Figures of fewer needs than this are not told to the public"), int, 5,
    source="防止从小数字认出个人，由街道确认", grade="K", least=3, most=50, unit="件",
)  # fmt: skip


def contribute() -> None:
    """Make them known."""
    declare(LEAST)
    register_action("needs.need.leave_out", _("left the need out of the figures"), words={"reason": _("reason")})
    register_action("needs.proactive_issue.notice", _("put the issue on the board"), words={"title": _("issue")})
    register(
        Kind(
            "needs.proactive_issue", ProactiveIssue, _("Proactive issue"),
            lambda rows, actor: queries.issues_for(actor, rows),
            address=lambda row: reverse("needs:issue", args=[row.pk]), street=lambda row: row.street_id,
        )
    )  # fmt: skip
    add(
        NavSection("needs", _("Needs"), order=10),
        NavItem(
            "needs_board", _("Board of needs"), "needs:board", reads_needs, icon="chart-bar", section="needs", order=30
        ),
        NavItem(
            "needs_issues", _("Before anybody complains"), "needs:issues", reads_needs, icon="eye", section="needs",
            order=40,
        ),
        PortalDoor(
            "needs_figures", _("How needs were handled"), "needs:figures", "chart-bar",
            _("Figures of a month by community, and how they are reckoned."), order=95,
        ),
    )  # fmt: skip
