"""Hands a stored file to whoever may see the record that owns it; the bytes can do nothing in our name."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from linli.kernel.errors import Missing
from linli.kernel.files import StoredFile, file_for, opened
from linli.kernel.scope import everyone, permission
from linli.kernel.scope.doors import actor_of

PDF = "application/pdf"
SHUT_IN = "default-src 'none'; img-src 'self'; media-src 'self'; frame-ancestors 'none'; sandbox"
PDF_VIEW = "default-src 'none'; object-src 'self'; style-src 'self'; frame-ancestors 'none'"
"""Browsers draw no PDF in a sandbox; their viewer runs apart from the site anyway."""


def is_shown_inline(stored: StoredFile) -> bool:
    """Pictures (drawn anew by us), speech and PDF open in the browser; everything else is saved."""
    return stored.content_type.startswith(("image/", "audio/")) or stored.content_type == PDF


@require_safe
@permission(everyone)
def download(request: HttpRequest, file_id: UUID) -> HttpResponseBase:
    """The bytes of a file; for whoever may not see its owner there is no such page."""
    try:
        stored = file_for(file_id, actor=actor_of(request))
    except Missing as missing:
        raise Http404(str(missing)) from missing
    inline = is_shown_inline(stored) and request.GET.get("save") != "1"
    media = "application/octet-stream" if stored.content_type.startswith("text/") else stored.content_type
    response = FileResponse(opened(stored), as_attachment=not inline, filename=stored.name, content_type=media)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = PDF_VIEW if inline and stored.content_type == PDF else SHUT_IN
    response["Cache-Control"] = "private, no-cache"
    return response
