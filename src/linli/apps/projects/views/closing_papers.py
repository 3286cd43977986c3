"""What leaves the closing review: papers as PDF and Word, the slides, the archive as it streams."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from linli.apps.projects.forms.closing import SlidesForm
from linli.apps.projects.models import ClosingFile, Prize, ProgrammeSummary, ProjectStory
from linli.apps.projects.permissions import keeps_pages, reads_projects, reads_reviews
from linli.apps.projects.queries.closing.reviews import grades_of
from linli.apps.projects.services.closing import add_slides
from linli.apps.projects.tables.archive import stream
from linli.apps.projects.tables.closing import (
    account_paper,
    certificate,
    closing_report,
    grades_notice,
    opinion_paper,
    satisfaction_paper,
    story_paper,
)
from linli.apps.projects.tables.slides import slides_of
from linli.apps.projects.tables.summary import summary_paper
from linli.apps.projects.views.acting import act, found
from linli.apps.projects.views.closing import file_of, sent
from linli.apps.projects.views.reviewing import found_review
from linli.apps.rounds.queries import programmes_visible_to
from linli.kernel import documents
from linli.kernel.documents import Paper
from linli.kernel.scope import permission
from linli.kernel.ui.acting import DOCX, PDF, me
from linli.kernel.ui.acting import paper as file_response

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
OF_FILE = {"report": closing_report, "account": account_paper, "satisfaction": satisfaction_paper}


def _given(described: Paper, suffix: str) -> HttpResponse:
    name = described.name or "文书"
    if suffix == "docx":
        return file_response(documents.write_paper(described), f"{name}.docx", DOCX)  # type: ignore[return-value]  # a response
    if suffix != "pdf":
        raise Http404
    return file_response(documents.print_paper(described), f"{name}.pdf", PDF)  # type: ignore[return-value]  # a response


@permission(reads_projects)
@require_safe
def paper(request: HttpRequest, pk: UUID, what: str, suffix: str) -> HttpResponse:
    """Report, account, satisfaction or opinions of one project."""
    project = found(request, pk)
    row = file_of(project)
    with override("zh-hans"):
        if what == "opinions" and hasattr(project, "opinions"):
            return _given(opinion_paper(project.opinions), suffix)
        if what not in OF_FILE or row is None:
            raise Http404
        return _given(OF_FILE[what](row), suffix)


@permission(reads_projects)
@require_safe
def told(request: HttpRequest, pk: UUID, what: str, item: UUID, suffix: str) -> HttpResponse:
    """The certificate of a prize, or a story, of one project."""
    project = found(request, pk)
    with override("zh-hans"):
        if what == "certificate":
            return _given(certificate(get_object_or_404(Prize, pk=item, project=project)), suffix)
        if what != "story":
            raise Http404
        return _given(story_paper(get_object_or_404(ProjectStory, pk=item, project=project)), suffix)


@permission(reads_projects)
@require_safe
def summary(request: HttpRequest, item: UUID, suffix: str) -> HttpResponse:
    """The summary of a programme's year."""
    rows = ProgrammeSummary.objects.filter(programme__in=programmes_visible_to(me(request)).order_by().values("pk"))
    row = get_object_or_404(rows.select_related("programme__place"), pk=item)
    with override("zh-hans"):
        return _given(summary_paper(row), suffix)


@permission(reads_reviews)
@require_safe
def notice(request: HttpRequest, pk: UUID, suffix: str) -> HttpResponse:
    """The notice of the results of a closing review, as a draft for the office."""
    session = found_review(request, pk)
    grades = grades_of(session)
    if not grades:
        raise Http404
    shining = [one.closing.project for one in grades if hasattr(one.closing.project, "highlight")]
    with override("zh-hans"):
        return _given(grades_notice(f"关于{session.title}结果的通报", grades, shining), suffix)


@permission(reads_projects)
@require_safe
def slides(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The slides of the closing review, from the street's own template or the shipped one."""
    row: ClosingFile | None = file_of(found(request, pk))
    if row is None:
        raise Http404
    with override("zh-hans"):
        content = slides_of(row)
    return file_response(content, f"{row.project.title}路演稿.pptx", PPTX)  # type: ignore[return-value]  # a response


@permission(reads_projects)
@require_safe
def archive(request: HttpRequest, pk: UUID) -> StreamingHttpResponse:
    """The archive as a zip that streams: nothing of it is put together beforehand."""
    project = found(request, pk)
    with override("zh-hans"):
        parts: Any = stream(project)
    answer = StreamingHttpResponse(parts, content_type="application/zip")
    answer["Content-Disposition"] = content_disposition_header(True, f"{project.number}归档.zip")
    return answer


@permission(keeps_pages)
def own_slides(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take in the street's own slides; a placeholder nobody knows is refused by name."""
    project = found(request, pk, keeps_pages)
    form = SlidesForm(sent(request), request.FILES or None)
    return act(
        request, form, lambda data: add_slides(street=project.street, actor=me(request), **data),
        back=reverse("projects:closing", args=[project.pk]), done=_("The slides are in use from now on."),
        title=_("The street's own slides"), press=_("Take in"), crumb=project.title,
        lead=_("Write placeholders in double braces where the title, the table of indicators or the photos go."),
    )  # fmt: skip
