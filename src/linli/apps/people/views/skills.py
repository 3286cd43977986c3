"""Doors of skills: the matrix as counts, what expires, one's own, entering and ending one."""

import io
import tempfile
from pathlib import Path
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from linli.apps.people import queries, services
from linli.apps.people.forms import SkillForm
from linli.apps.people.models import Skill, User
from linli.apps.people.permissions import keeps_staff, opens_the_desk
from linli.apps.people.views.acting import act, me, press
from linli.kernel.files import files_of
from linli.kernel.refs import ref_of
from linli.kernel.scope import permission
from linli.kernel.tables import write_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@permission(opens_the_desk)
@require_safe
def skill_page(request: HttpRequest) -> HttpResponse:
    """How many have which skill in which community; what runs out; what I have entered myself."""
    actor, today = me(request), timezone.localdate()
    seen = queries.skills_visible_to(actor).select_related("user")
    own = list(actor.skills.in_force(today))
    context = {
        "matrix": queries.matrix(actor, today) if keeps_staff(actor, None) else None,
        "expiring": list(queries.expiring(seen, today)[:200]),
        "own": [(row, files_of(ref_of(row)).first()) for row in own],
        "today": today,
    }
    return render(request, "people/skills.html", context)


@permission(opens_the_desk)
def new(request: HttpRequest) -> HttpResponse:
    """Enter a skill: one's own, or that of somebody of one's staff."""
    actor = me(request)
    people = User.objects.filter(pk=actor.pk) | User.objects.filter(
        pk__in=queries.staff_of(actor).order_by().values("pk")
    )
    return act(
        request,
        SkillForm(
            request.POST or None,
            request.FILES or None,
            users=people.order_by("name"),
            initial={"user": actor.pk, "valid_from": timezone.localdate()},
        ),
        lambda data: services.add_skill(actor=actor, **data),
        back=reverse("people:skills"),
        done=_("Entered."),
        title=_("Enter a skill"),
        lead=_("Counted by community, so that every line of work has somebody. Nobody is ranked by it."),
        press=_("Enter"),
        crumb=_("Skills"),
    )


@permission(opens_the_desk)
@require_POST
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """It holds no more."""
    row: Skill = get_object_or_404(queries.skills_visible_to(me(request)).select_related("user"), pk=pk)
    return press(
        request,
        lambda: services.end_skill(row, actor=me(request)),
        back=reverse("people:skills"),
        done=_("Ended."),
    )


@permission(keeps_staff)
@require_safe
def export(request: HttpRequest) -> HttpResponseBase:
    """The matrix as a workbook: counts, no names."""
    found = queries.matrix(me(request), timezone.localdate())
    headings = ["社区", "工作人员", "持证人数", *(word.title for word in found.words)]
    rows = [[line.community.name, line.staff, line.certified, *line.counts] for line in found.lines]
    if found.total is not None:
        rows.append(["合计（每人计一次）", found.total.staff, found.total.certified, *found.total.counts])
    title = "社区工作人员技能一览"
    with tempfile.TemporaryDirectory(prefix="linli-people-") as folder:
        path = Path(folder) / "rows.xlsx"
        write_xlsx(path, headings, rows, title=title)
        body = io.BytesIO(path.read_bytes())
    return FileResponse(body, as_attachment=True, filename=f"{title}.xlsx", content_type=XLSX)
