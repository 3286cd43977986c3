"""The permission a route names. A route without one fails the architecture test and answers nobody."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from linli.kernel.scope.actors import Actor

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def actor_of(request: HttpRequest) -> Actor | None:
    """The signed-in person as an actor, or None. Views pass it on; nothing below a view asks the request.

    From where he speaks is told by what stands around the view (``sources``).
    """
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    actor: Actor = user
    return actor


def permission(predicate: Any) -> Callable[[View], View]:
    """Let a view answer only actors for whom ``predicate(actor, None)`` holds; strangers are sent to sign in.

    What the actor may see inside is the business of ``queries.visible_to``; what he may do with one record,
    of the verb's own predicate.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            actor = actor_of(request)
            if predicate(actor, None):
                return view(request, *args, **kwargs)
            if actor is None:
                from django.contrib.auth.views import redirect_to_login  # loads models

                return redirect_to_login(request.get_full_path())
            raise PermissionDenied

        door.permission = predicate  # type: ignore[attr-defined]  # read back by the architecture test
        return door  # type: ignore[return-value]  # wraps keeps the signature, the checker cannot see it

    return wrap


def permission_of(view: Callable[..., Any]) -> Any | None:
    """The predicate a view was given, or None where it was given none."""
    return getattr(view, "permission", None)
