"""Reads JSON bodies and refuses what no database can keep: lone surrogates, NUL, NaN, endless nesting."""

import json
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja.errors import HttpError
from ninja.parser import Parser

from linli.kernel.api.problems import Problem


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _keepable(found: Any) -> None:
    """Raise ValueError for text with NUL or lone surrogates anywhere in ``found``."""
    waiting = [found]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting += [*value.keys(), *value.values()]
        elif isinstance(value, list):
            waiting += value
        elif isinstance(value, str) and "\x00" in value.encode("utf-8").decode("utf-8"):
            raise ValueError("NUL")


class CarefulParser(Parser):
    """The parser of request bodies."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body as Python values. Raises HttpError 400."""
        try:
            found = json.loads(request.body.decode("utf-8"), parse_constant=_no_constant)
            _keepable(found)
        except (ValueError, RecursionError) as error:
            raise HttpError(400, "not JSON") from error
        return found


def clean_query(request: HttpRequest) -> None:
    """Raise Problem 400 for a query with characters no database can keep."""
    for values in request.GET.lists():
        if any("\x00" in text for text in (values[0], *values[1])):
            raise Problem(400, _("The address contains characters that cannot be read."))
