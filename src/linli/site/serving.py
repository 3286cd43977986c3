"""The web server of a site: gunicorn with threads, told by us alone, its workers forked from one loaded application."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

ALWAYS: Mapping[str, object] = MappingProxyType(
    {
        "worker_class": "gthread",
        "timeout": 60,
        "graceful_timeout": 10,
        "keepalive": 5,
        "loglevel": "warning",
        "control_socket_disable": True,
        "forwarded_allow_ips": "127.0.0.1,::1",
        "preload_app": True,
    }
)


class PlainWords(Logger):  # type: ignore[misc]  # gunicorn tells no types
    """What gunicorn says goes the way of all other words, and into the form they have; it keeps no list of visits."""

    def setup(self, cfg: Any) -> None:
        """Hand its words on to the root logger."""
        self.error_log.setLevel(self.LOG_LEVELS[cfg.loglevel])
        self.error_log.handlers, self.error_log.propagate = [], True
        self.access_log.handlers, self.access_log.propagate = [], False


class _Web(BaseApplication):  # type: ignore[misc]  # gunicorn tells no types
    """Gunicorn without files, variables and words of its own."""

    def __init__(self, told: Mapping[str, object]) -> None:
        self.told = told
        super().__init__()

    def load_config(self) -> None:
        """Take over what we were told."""
        from django.conf import settings

        words = {"logger_class": PlainWords} if settings.LINLI_LOGS == "json" else {}
        for name, value in {**ALWAYS, **words, **self.told}.items():
            self.cfg.set(name, value)

    def load(self) -> Callable[..., Any]:
        """The application, loaded once, before the workers are forked."""
        from linli.site.wsgi import application

        return application


def serve(told: Mapping[str, object]) -> None:
    """Serve until asked to stop. ``told``: settings of gunicorn by name (``bind``, ``workers``, ``threads``, …)."""
    _Web(told).run()
