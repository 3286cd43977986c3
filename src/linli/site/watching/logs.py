"""Lines of the log as JSON, without personal data: what a person typed, and what an exception quotes, stays out.

A line says when, how serious, which logger, the constant part of what was said, and of a request its method and the
*pattern* of its address. Words filled into a message are kept where they cannot be a person's: numbers, keys, names of
Python things. Of an exception the type and the places in the code are told, never its text or a value.
"""

import json
import logging
import re
import traceback
from datetime import UTC, datetime
from types import MappingProxyType, TracebackType
from typing import Any
from uuid import UUID

HIDDEN = "…"
CODE_NAME = re.compile(r"[a-z_]\w*(\.[A-Za-z_]\w*)+|GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS", re.ASCII)
TYPED = re.compile(r"'[^']*'|\"[^\"]*\"|\S+@\S+|[^\x00-\x7f]+|\+?\d[\d -]{4,}\d|[?&]\S+")
"""In a message somebody else put together: what may have been typed by a person."""


def _kept(value: object) -> object:
    """A word filled into a message, where it cannot be a person's."""
    if isinstance(value, bool | int | float | UUID) or value is None:
        return value
    if isinstance(value, BaseException):
        return type(value).__name__
    if isinstance(value, str) and CODE_NAME.fullmatch(value):
        return value
    return HIDDEN


def said(record: logging.LogRecord) -> str:
    """The message without anything a person may have typed."""
    if not isinstance(record.msg, str):
        return type(record.msg).__name__
    template = TYPED.sub(HIDDEN, record.msg)
    if not record.args:
        return template
    try:
        if isinstance(record.args, tuple):
            return template % tuple(_kept(value) for value in record.args)
        return template % {name: _kept(value) for name, value in record.args.items()}
    except (TypeError, ValueError, KeyError):
        return template


def _places(trace: TracebackType | None) -> list[str]:
    return [f"{frame.name} {frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(trace)][-20:]


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "said": said(record),
            "process": record.process,
        }
        request = getattr(record, "request", None)
        if request is not None:
            match = getattr(request, "resolver_match", None)
            line |= {"method": request.method, "route": match.route if match else None}
        if hasattr(record, "status_code"):
            line["status"] = record.status_code
        line |= getattr(record, "facts", {})
        if record.exc_info and record.exc_info[0] is not None:
            line |= {"error": record.exc_info[0].__name__, "at": _places(record.exc_info[2])}
        return json.dumps(line, ensure_ascii=False)


def _written(formatter: dict[str, str], **loggers: dict[str, Any]) -> dict[str, Any]:
    """Django's ``LOGGING`` with one console, lines of this form and the house's own loggers besides these."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": formatter},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {"linli": {"level": "INFO"}, **loggers},
    }


LINES = MappingProxyType(_written({"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}))
"""Django's ``LOGGING`` for a terminal."""
# Django hangs a console of its own here, and mails errors to administrators: neither knows of our rule
JSON_OBJECTS = MappingProxyType(
    _written({"()": "linli.site.watching.logs.JsonLines"}, django={"handlers": [], "level": "INFO", "propagate": True})
)
"""Django's ``LOGGING`` where ``LINLI_LOGS=json``."""
