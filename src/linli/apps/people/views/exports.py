"""Lists of people as workbooks: all rows the filters of the page keep, headings in Chinese, no telephone."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.apps.people import queries
from linli.apps.people.models import Absence, DataIncident, ImpactAssessment, User
from linli.apps.people.permissions import keeps_registers, keeps_staff, opens_the_desk, reads_cards, reads_posts
from linli.apps.people.views import absences, accounts, cards, data_requests, handovers, posts
from linli.apps.people.views.filling_in import workbook
from linli.kernel.publication import PublicationState
from linli.kernel.scope import permission

AT_A_TIME = 500


def _day(moment: Any) -> Any:
    """The local day of a moment; "" for none."""
    return timezone.localdate(moment) if moment else ""


@permission(keeps_staff)
@require_safe
def export_posts(request: HttpRequest) -> HttpResponseBase:
    """The posts I look after."""
    headings = ("岗位", "姓名", "任职地点或单位", "开始日期", "任期至", "结束日期")
    rows = (
        (
            str(row.get_role_display()), row.user.name, str(row.where), row.started_on, row.term_ends_on or "",
            row.ended_on or "",
        )
        for row in posts.page_of(request).matching.iterator(chunk_size=AT_A_TIME)
    )  # fmt: skip
    return workbook("岗位", headings, rows)


@permission(reads_posts)
@require_safe
def export_accounts(request: HttpRequest) -> HttpResponseBase:
    """The accounts I look after, with their open posts."""
    rows = (
        (row.username, row.name, _posts_of(row), str(_("account in use") if row.is_active else _("account closed")))
        for row in accounts.page_of(request).matching.iterator(chunk_size=AT_A_TIME)
    )
    return workbook("账号", ("用户名", "姓名", "岗位", "状态"), rows)


def _posts_of(user: User) -> str:
    return "；".join(f"{post.where} {post.get_role_display()}" for post in user.posts.all() if not post.ended_on)


@permission(opens_the_desk)
@require_safe
def export_absences(request: HttpRequest) -> HttpResponseBase:
    """My absences and those of my staff; why somebody is away is his own affair."""
    today = timezone.localdate()
    rows = (
        (row.user.name, row.first_day, row.last_day, str(_state(row, today)))
        for row in absences.page_of(request).matching.iterator(chunk_size=AT_A_TIME)
    )
    return workbook("不在岗", ("姓名", "起始日期", "最后一天", "状态"), rows)


def _state(row: Absence, today: Any) -> str:
    if row.called_off_at:
        return _("called off")
    if row.last_day < today:
        return _("over")
    return _("to come") if row.first_day > today else _("away today")


@permission(opens_the_desk)
@require_safe
def export_handovers(request: HttpRequest) -> HttpResponseBase:
    """The slips I see."""
    rows = (
        (
            row.title, row.giver.name, row.taker.name, row.witness.name, str(row.get_state_display()),
            _day(row.drawn_up_at), _day(row.done_at),
        )
        for row in handovers.page_of(request).matching.iterator(chunk_size=AT_A_TIME)
    )  # fmt: skip
    return workbook("工作交接", ("岗位", "移交人", "接收人", "监交人", "状态", "制单日期", "完成日期"), rows)


@permission(data_requests.works_on_requests)
@require_safe
def export_requests(request: HttpRequest) -> HttpResponseBase:
    """The register of requests about personal data."""
    headings = ("申请", "谁的信息", "社区", "状态", "提出日期", "答复日期")
    rows = (
        (
            str(row.get_kind_display()), str(row.user or row.person), row.community.name if row.community else "",
            str(row.get_state_display()), _day(row.asked_at), _day(row.decided_at),
        )
        for row in data_requests.page_of(request).matching.iterator(chunk_size=AT_A_TIME)
    )  # fmt: skip
    return workbook("个人信息申请", headings, rows)


@permission(reads_cards)
@require_safe
def export_cards(request: HttpRequest) -> HttpResponseBase:
    """The contact cards of my communities; their telephones are those of offices."""
    headings = ("社区", "事项", "岗位", "办公电话", "时间", "状态", "最近修改")
    rows = (
        (
            row.community.name, row.title, row.office, row.phone, row.hours,
            str(PublicationState(row.publication_state).label),
            _day(row.changed_at),
        )
        for row in cards.page_of(request).matching.iterator(chunk_size=AT_A_TIME)
    )  # fmt: skip
    return workbook("联系卡", headings, rows)


@permission(keeps_registers)
@require_safe
def export_consent_texts(request: HttpRequest) -> HttpResponseBase:
    """Every version of every consent, and how many agree to it now."""
    headings = ("用途", "版本", "启用日期", "内容", "涉及信息", "保存期限", "撤回后", "现同意人数")
    rows = _written(queries.texts_with_counts().order_by("purpose", "version"))
    return workbook("同意书", headings, rows)


def _written(texts: Any) -> Iterator[tuple[Any, ...]]:
    for row in texts.iterator(chunk_size=AT_A_TIME):
        yield (
            str(row.get_purpose_display()), row.version, row.valid_from, row.text, row.kinds, row.retention,
            row.on_withdrawal, row.agreed,
        )  # fmt: skip


@permission(keeps_registers)
@require_safe
def export_assessments(request: HttpRequest) -> HttpResponseBase:
    """The register of impact assessments."""
    headings = ("日期", "拟开展的处理", "合法正当必要", "影响与风险", "保护措施", "结论", "录入人")
    rows = (
        (row.made_on, row.title, row.lawful, row.effects, row.measures, row.conclusion, row.made_by.name)
        for row in ImpactAssessment.objects.select_related("made_by").iterator(chunk_size=AT_A_TIME)
    )
    return workbook("影响评估", headings, rows)


@permission(keeps_registers)
@require_safe
def export_incidents(request: HttpRequest) -> HttpResponseBase:
    """The register of incidents with personal data."""
    headings = (
        "发现日期",
        "事件",
        "涉及信息",
        "原因与危害",
        "措施",
        "报告主管部门",
        "告知本人",
        "未告知原因",
        "录入人",
    )
    rows = (
        (
            _day(row.found_at), row.title, row.kinds, row.cause, row.measures, _day(row.authority_told_at),
            _day(row.people_told_at), row.why_not_told, row.made_by.name,
        )
        for row in DataIncident.objects.select_related("made_by").iterator(chunk_size=AT_A_TIME)
    )  # fmt: skip
    return workbook("个人信息安全事件", headings, rows)
