"""The shell around all routes: what it cannot understand, answer or find becomes a problem document."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, path, re_path
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from ninja import NinjaAPI, Router

from linli.kernel.api.doors import SAFE, Doors
from linli.kernel.api.limits import BODY_BYTES
from linli.kernel.api.openapi import described
from linli.kernel.api.parsing import CarefulParser, clean_query
from linli.kernel.api.problems import Problem, answer, problem_of
from linli.kernel.scope import everyone

Patterns = list[URLPattern | URLResolver]


def _negotiate(request: HttpRequest) -> None:
    """Raise Problem 406, 413 or 415 for what is not JSON in, JSON out, in a fitting size."""
    if not (request.accepts("application/json") or request.accepts("application/problem+json")):
        raise Problem(406)
    clean_query(request)
    if request.method in SAFE:
        return
    size = request.META.get("CONTENT_LENGTH") or "0"
    if not size.isdigit() or int(size) > BODY_BYTES:
        raise Problem(413)
    if int(size) and request.content_type != "application/json":
        raise Problem(415)


def in_shell(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """``view`` with every failure turned into a problem document."""

    @wraps(view)
    def shelled(request: HttpRequest, *args: Any, **values: Any) -> HttpResponseBase:
        try:
            _negotiate(request)
            response = view(request, *args, **values)
        except Exception as error:  # noqa: BLE001  # the outermost door: nothing may leave as a traceback
            response = answer(problem_of(error), request)
        if response.status_code == 405 and isinstance(response, HttpResponse):
            response = answer(Problem(405, headers={"Allow": response["Allow"]}), request)
        response.setdefault("Cache-Control", "private, no-store")
        response["Content-Language"] = get_language() or ""
        patch_vary_headers(response, ("Accept-Language", "Authorization"))
        return response

    shelled.csrf_exempt = True  # type: ignore[attr-defined]  # no cookie is ever read here
    shelled.permission = everyone  # type: ignore[attr-defined]  # each route's own door decides: Doors.routes
    return shelled


def _unknown(request: HttpRequest, *args: Any) -> HttpResponseBase:
    raise Problem(404)


class Shell(NinjaAPI):
    """The interface of this house: routes mounted from the apps, one shape of error, no page of its own."""

    def __init__(self, version: str) -> None:
        super().__init__(
            title="Linli", version=version, urls_namespace="api", openapi_url=None, docs_url=None,
            parser=CarefulParser(),
        )  # fmt: skip
        self.doors: list[Doors] = []

    def mount(self, *doors: Doors) -> None:
        """Add the routes of apps."""
        for each in doors:
            self.doors.append(each)
            router: Router = each.router
            self.add_router("", router)

    def on_exception(self, request: HttpRequest, exc: Any) -> HttpResponse:
        return answer(problem_of(exc), request)

    def addresses(self, prefix: str = "api/v1/") -> Patterns:
        """URL patterns: the routes under ``prefix`` and a problem for anything else under /api/."""
        patterns, app_name, namespace = self.urls
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                pattern.callback = in_shell(pattern.callback)
        return [
            path(prefix, (patterns, app_name, namespace)),
            re_path(r"^api(/.*)?$", in_shell(_unknown), name="api-unknown"),
        ]

    def document(self) -> dict[str, Any]:
        """The interface as OpenAPI 3.1."""
        return described(self.get_openapi_schema(path_prefix="/api/v1/"), self)
