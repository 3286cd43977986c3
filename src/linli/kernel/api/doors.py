"""Routes of one app: each names its scope and its permission, and answers nobody else.

The order is fixed: token (401), rate (429), scope and permission (403), key of an unsafe method, the route.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, ParamSpec, TypeVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja import Router
from ninja.decorators import decorate_view

from linli.kernel.api import idempotency
from linli.kernel.api.limits import count
from linli.kernel.api.models import ApiToken
from linli.kernel.api.problems import Problem
from linli.kernel.api.scopes import ANY_TOKEN, NO_TOKEN, known
from linli.kernel.api.tokens import actor_of, bearer
from linli.kernel.scope import ApiActor

P = ParamSpec("P")
R = TypeVar("R")
Run = Callable[..., HttpResponseBase]
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Call(HttpRequest):
    """A request that passed its door: ``actor`` acts, ``token`` let it in."""

    actor: ApiActor
    token: ApiToken


def _admitted(request: Any, scope: str, predicate: Any) -> None:
    """Let the request in, with its actor, or raise Problem 401, 403, 429."""
    if scope == NO_TOKEN:
        return
    at = timezone.now()
    token = bearer(request.headers.get("Authorization", ""), at=at)
    count(token, at=at)
    if scope not in (ANY_TOKEN, *token.scopes):
        challenge = f'Bearer realm="linli", error="insufficient_scope", scope="{scope}"'
        raise Problem(
            403, _("This token lacks the scope of this address."), code="scope-lacking",
            headers={"WWW-Authenticate": challenge},
        )  # fmt: skip
    actor = actor_of(token)
    if not predicate(actor, None):
        raise Problem(403, _("The owner of this token may not do this."))
    request.actor, request.token = actor, token


def _refuse_unknown(request: HttpRequest, known_names: frozenset[str]) -> None:
    """Raise Problem 422 for a parameter the route does not have: a misspelt filter would give everything."""
    unknown = sorted(set(request.GET) - known_names)
    if unknown:
        detail = str(_("This name is not known here."))
        errors = [{"detail": detail, "in": "query", "parameter": name} for name in unknown]
        raise Problem(422, _("Some values are not accepted."), errors=errors)


def _query_names(run: Any) -> frozenset[str]:
    """The query parameters of the operation that ``run`` belongs to."""
    models = run.__self__.models
    found = (model for model in models if model.__ninja_param_source__ == "query")
    return frozenset(name for model in found for name in model.__ninja_flatten_map__)


def _guard(scope: str, predicate: Any) -> Callable[[Run], Run]:
    def wrap(run: Run) -> Run:
        names = _query_names(run)

        def door(request: HttpRequest, **values: Any) -> HttpResponseBase:
            _admitted(request, scope, predicate)
            _refuse_unknown(request, names)
            if request.method in SAFE:
                return run(request, **values)
            return idempotency.once(request, request.token, partial(run, request, **values))  # type: ignore[attr-defined]  # set by _admitted

        return door

    return wrap


class Doors:
    """The routes of one app under ``/api/v1/``; ``site/api.py`` mounts ``router``."""

    def __init__(self, tag: str) -> None:
        self.tag = tag
        self.router = Router(tags=[tag])
        self.routes: list[tuple[str, str, str, Any]] = []

    def get(self, path: str, **words: Any) -> Callable[[Callable[P, R]], Callable[P, R]]:
        """A route that reads. Words: scope, permission, answers, summary."""
        return self._route("GET", path, **words)

    def post(self, path: str, **words: Any) -> Callable[[Callable[P, R]], Callable[P, R]]:
        """A route that makes something or runs a verb; answers 201 unless ``status`` says otherwise."""
        return self._route("POST", path, **{"status": 201, **words})

    def put(self, path: str, **words: Any) -> Callable[[Callable[P, R]], Callable[P, R]]:
        """A route that replaces something."""
        return self._route("PUT", path, **words)

    def delete(self, path: str, **words: Any) -> Callable[[Callable[P, R]], Callable[P, R]]:
        """A route that takes something away."""
        return self._route("DELETE", path, **words)

    def _route(
        self,
        method: str,
        path: str,
        *,
        scope: str,
        permission: Any,
        answers: Any,
        summary: str,
        status: int = 200,
    ) -> Callable[[Callable[P, R]], Callable[P, R]]:
        """Register the route. Raises ImproperlyConfigured (undeclared scope), TypeError (open write)."""
        if scope == NO_TOKEN and method not in SAFE:
            message = f"{method} {path} must ask for a token"
            raise TypeError(message)
        self.routes.append((method, path, known(scope), permission))

        def add(view: Callable[P, R]) -> Callable[P, R]:
            guarded = decorate_view(_guard(scope, permission))(view)
            return self.router.api_operation(
                [method],
                path,
                response={status: answers},
                summary=summary,
                operation_id=f"{self.tag}_{view.__name__}",
                url_name=f"{self.tag}-{view.__name__}",
                openapi_extra={"x-scope": scope},
            )(guarded)

        return add
