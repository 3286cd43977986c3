"""Pages with a button that leads to an identity service may send their form to exactly the origins of the settings."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpResponseBase

View = Callable[..., HttpResponseBase]


def origins() -> list[str]:
    """Of every configured service, each once; none without configuration."""
    apps = [app for one in settings.SOCIALACCOUNT_PROVIDERS.values() for app in one["APPS"]]
    return list(dict.fromkeys(origin for app in apps for origin in app["settings"].get("origins", ())))


def leads_away(view: View) -> View:
    """The view, its policy's ``form-action`` longer by :func:`origins`."""

    @wraps(view)
    def led(*args: Any, **words: Any) -> HttpResponseBase:
        response = view(*args, **words)
        if found := origins():
            response._csp_update = {"form-action": found}  # type: ignore[attr-defined]  # noqa: SLF001  # as django-csp's own decorators do
        return response

    return led
