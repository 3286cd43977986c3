"""Public pages of projects: the list, one page, its two pictures; nothing that was not signed off."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from linli.apps.projects.models import Showcase
from linli.kernel import files, publication
from linli.kernel.files.models import Photo
from linli.kernel.scope import everyone, permission

KIND = "projects.showcase"


def _shown(pk: UUID) -> Showcase:
    rows = Showcase.objects.filter(pk__in=publication.public(KIND)).select_related("project__place", "project__street")
    row: Showcase = get_object_or_404(rows, pk=pk)
    if not publication.is_public(row):
        raise Http404
    return row


@permission(everyone)
@require_safe
def showcases(request: HttpRequest) -> HttpResponse:
    """Projects that are shown to everybody."""
    rows = Showcase.objects.filter(pk__in=publication.public(KIND)).select_related("project__place")
    return render(request, "projects/closing/showcases.html", {"rows": rows.order_by("-written_at")[:200]})


@permission(everyone)
@require_safe
def showcase(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One project: before and after, figures, satisfaction with its n, what was reported."""
    row = _shown(pk)
    context = {"showcase": row, "project": row.project, "coverage": row.project.coverage.all()}
    return render(request, "projects/closing/showcase.html", context)


@permission(everyone)
@require_safe
def picture(request: HttpRequest, pk: UUID, side: str) -> HttpResponse:
    """The picture before or after: the stripped copy, blurred where it was blurred."""
    row = _shown(pk)
    key = {"before": row.before, "after": row.after}.get(side)
    photo = get_object_or_404(Photo.objects.select_related("stored"), pk=key, withdrawn_at__isnull=True)
    with files.opened(photo.stored) as body:
        return HttpResponse(body.read(), content_type=photo.stored.content_type)
