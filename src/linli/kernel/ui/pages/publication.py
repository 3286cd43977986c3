"""The common door of submit, check, sign-off and withdrawal, for records whose app has none of its own."""

from uuid import UUID

from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from linli.kernel.errors import Refusal
from linli.kernel.publication import public_kind
from linli.kernel.refs import kind_of
from linli.kernel.scope import permission, signed_in
from linli.kernel.scope.doors import actor_of
from linli.kernel.ui.publications import press


@permission(signed_in)
@require_POST
def move(request: HttpRequest, kind_name: str, key: UUID, verb: str) -> HttpResponse:
    """Press one verb on a record within reach; a refusal is a page with its sentence and the way back."""
    try:
        kind = kind_of(public_kind(kind_name).kind)
    except ImproperlyConfigured as error:
        raise Http404 from error
    record = get_object_or_404(kind.visible_to(kind.rows(), actor_of(request)), pk=key)

    def show(refusal: Refusal) -> HttpResponse:
        context = {"refusal": refusal, "label": kind.label(record), "back": kind.address(record)}
        return render(request, "ui/publication_refused.html", context, status=refusal.status)

    return press(request, record, verb, show=show)
