"""403, 404, 429, 500 and the like, as sentences."""

from django.http import HttpRequest, HttpResponse


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Placeholder until the interface lands."""
    return HttpResponse(status=403)
