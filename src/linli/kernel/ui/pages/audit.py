"""The audit view: who did what, when, from where; is the chain whole; CSV."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from linli.kernel import audit
from linli.kernel.audit.export import lines
from linli.kernel.audit.models import AuditRow
from linli.kernel.audit.reading import READERS as READING
from linli.kernel.audit.reading import actor_names, visible_to
from linli.kernel.events.jobs import check_chains
from linli.kernel.jobs import Job, enqueue_once
from linli.kernel.refs import Ref, kinds, resolve
from linli.kernel.scope import holds, permission
from linli.kernel.scope.doors import actor_of
from linli.kernel.ui.lists import Column, Filter, ListPage

READERS = holds(*READING)
DAYS = ((1, _("Last 24 hours")), (7, _("Last 7 days")), (30, _("Last 30 days")))


def _list(request: HttpRequest) -> ListPage:
    told = {action.name.rsplit(".", 1)[0] for action in audit.actions()}
    return ListPage(
        request,
        visible_to(AuditRow.objects.all(), actor_of(request)),
        columns=(
            Column("at", _("When"), sort="at"),
            Column("actor", _("Who")),
            Column("action", _("What")),
            Column("ref", _("Record")),
            Column("facts", _("Facts")),
            Column("number", _("Chain and number"), numeric=True),
        ),
        filters=(
            Filter("days", _("Days"), DAYS, narrow=_since),
            Filter("kind", _("Records"), [(kind.name, kind.title) for kind in kinds() if kind.name in told]),
            *_narrowed(request),
        ),
        first_sort="-at",
    )


def _since(rows: QuerySet[AuditRow], days: int) -> QuerySet[AuditRow]:
    return rows.filter(at__gte=timezone.now() - timedelta(days=days))


def _narrowed(request: HttpRequest) -> list[Filter]:
    """The person and the action a reader pressed in a row; both stand as chips while they narrow the list."""
    found = []
    action = next((one for one in audit.actions() if one.name == request.GET.get("action")), None)
    if action is not None:
        found.append(Filter("action", _("What"), [(action.name, action.title)]))
    try:
        who = UUID(request.GET.get("who", ""))
    except ValueError:
        return found
    return [*found, Filter("who", _("Who"), [(who, actor_names([who]).get(who, who.hex[:8]))], "actor_id")]


@permission(READERS)
@require_safe
def audit_view(request: HttpRequest) -> HttpResponse:
    """One page of rows as sentences, with what is known about the chains."""
    page = _list(request)
    told = audit.entries(page.rows)
    registered = {kind.name for kind in kinds()}
    refs = [Ref(row.kind, row.ref_id) for row in page.rows if row.ref_id and row.kind in registered]
    known = resolve(refs, actor=None, everything=True)
    shown = [
        (entry, known.get(Ref(entry.row.kind, entry.row.ref_id))) if entry.row.ref_id else (entry, None)
        for entry in told
    ]
    context = {"page": page, "shown": shown, "last": _last_check()}
    return render(request, "ui/audit.html", context)


def _last_check() -> Job | None:
    return Job.objects.filter(task=check_chains.module_path).order_by("-id").first()


@permission(READERS)
@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """Have every chain checked by a job; at most one a minute."""
    actor = actor_of(request)
    minute = timezone.now().strftime("%Y%m%d%H%M")
    enqueue_once(check_chains, key=f"audit-check:{minute}", owner=actor.actor_id if actor else None)
    messages.info(request, _("The chains are being checked. The result appears on this page."))
    return redirect("ui:audit")


@permission(READERS)
@require_safe
def download(request: HttpRequest) -> HttpResponseBase:
    """The rows of the present filter as CSV, oldest first."""
    rows = _list(request).matching.order_by("at", "id")
    audit_download = timezone.localtime().strftime("audit-%Y%m%d-%H%M.csv")
    answer = StreamingHttpResponse(lines(rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{audit_download}"'
    return answer
