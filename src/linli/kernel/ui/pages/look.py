"""The reader's own choices: text size, colours, language; and the sign of life that keeps a session open."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from linli.kernel.scope import everyone, permission, signed_in
from linli.kernel.ui.colours import Rgb, readable, sheet
from linli.kernel.ui.context import ELDER_COOKIE, THEME_COOKIE, THEMES

YEAR = 365 * 86400


def way_back(request: HttpRequest, default: str = "/") -> str:
    """The address to return to after a small form; never another site."""
    address = request.POST.get("next", "")
    return address if url_has_allowed_host_and_scheme(address, {request.get_host()}) else default


@permission(everyone)
@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Remember one choice in a cookie and go back. Works without JavaScript."""
    answer = HttpResponseRedirect(way_back(request))
    kept: dict[str, Any] = {"max_age": YEAR, "samesite": "Lax", "secure": request.is_secure()}
    theme, elder = request.POST.get("theme"), request.POST.get("elder")
    language = request.POST.get("language", "")
    if theme in THEMES:
        answer.set_cookie(THEME_COOKIE, theme, **kept)
    if elder in ("0", "1"):
        answer.set_cookie(ELDER_COOKIE, elder, **kept)
    if language in dict(settings.LANGUAGES) and check_for_language(language):
        answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, **kept)
    return answer


@permission(signed_in)
@require_POST
def keep_alive(request: HttpRequest) -> HttpResponse:
    """The person is still there; the session is saved again by its own middleware."""
    return JsonResponse({"signed_in": True})


@permission(everyone)
@require_safe
@cache_control(public=True, max_age=YEAR, immutable=True)
def colours(request: HttpRequest, colour: str) -> HttpResponse:
    """The shades of one colour as a style sheet; the colour stands in its address, so it may be kept for ever."""
    try:
        found = Rgb.of(colour)
    except ValueError as error:
        raise Http404 from error
    if not readable(found):
        raise Http404
    return HttpResponse(sheet(found), content_type="text/css; charset=utf-8")
