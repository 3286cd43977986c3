"""Reads JSON bodies: refuses lone surrogates, NUL, NaN, endless nesting; takes out what nobody sees in a text."""

import json
from math import isfinite
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja.errors import HttpError
from ninja.parser import Parser

from linli.kernel.api.problems import Problem
from linli.kernel.texts import cleaned


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _number(text: str) -> int | float:
    """The number; 3.0 is a whole one, as JSON Schema has it. Raises ValueError for what no float can hold."""
    value = float(text)
    if not isfinite(value):
        raise ValueError(text)
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


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
            found = json.loads(request.body.decode("utf-8"), parse_constant=_no_constant, parse_float=_number)
            _keepable(found)
            found = cleaned(found)
        except (ValueError, RecursionError) as error:
            raise HttpError(400, "not JSON") from error
        return found


def clean_query(request: HttpRequest) -> None:
    """Raise Problem 400 for a query with characters no database can keep."""
    for values in request.GET.lists():
        if any("\x00" in text for text in (values[0], *values[1])):
            raise Problem(400, _("The address contains characters that cannot be read."))
