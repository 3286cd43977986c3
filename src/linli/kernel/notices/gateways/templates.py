"""The approved texts of short messages: which kind goes by which, and what may fill them. Never a link.

[kinds."needs.need.answer"]
template = "SMS_12345"
text = "您有一条${kind}，请登录后查看，咨询电话${hotline}。"
[kinds."needs.need.answer".variables]
kind = "kind"         # the name of the kind of message
hotline = "hotline"   # LINLI_HOTLINE; also: day, time, or "=" and words of one's own
"""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from string import Template
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from linli.kernel.notices.gateways.telephone import title_of
from linli.kernel.notices.models import Delivery

LONGEST = 35
"""Signs a variable may have; gateways refuse more."""
LINK = re.compile(r"://|www\.|[a-z0-9-]\.[a-z]{2}|\b\d{1,3}(\.\d{1,3}){3}\b", re.IGNORECASE)
SOURCES = ("kind", "day", "time", "hotline")
FIXED = "="


@dataclass(frozen=True)
class Wording:
    """An approved template: its number, its text as it was approved, and the source of each variable."""

    kind: str
    template: str
    text: str
    variables: dict[str, str]


def has_link(text: str) -> bool:
    """Whether a text leads anywhere: an address, a host's name, also in wide letters."""
    return LINK.search(unicodedata.normalize("NFKC", text)) is not None


def _wrong(kind: str, why: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"LINLI_SMS_TEMPLATES, {kind}: {why}")


def _checked(kind: str, entry: Any) -> Wording:
    try:
        text, variables = str(entry["text"]), dict(entry.get("variables", {}))
        wording = Wording(kind, str(entry["template"]), text, {str(name): str(variables[name]) for name in variables})
    except (KeyError, TypeError, ValueError) as error:
        raise _wrong(kind, "it needs template, text and a table of variables") from error
    names = set(Template(text).get_identifiers()) if Template(text).is_valid() else {""}
    if names != set(wording.variables):
        raise _wrong(kind, "the text and the table name different variables")
    for name, source in wording.variables.items():
        words = source.removeprefix(FIXED) if source.startswith(FIXED) else ""
        if not words and source not in SOURCES:
            raise _wrong(kind, f"{name} comes from {source!r}, which is none of {', '.join(SOURCES)} or =words")
        if len(words) > LONGEST:
            raise _wrong(kind, f"{name} is longer than {LONGEST} signs")
    if any(has_link(part) for part in (text, *wording.variables.values())):
        raise _wrong(kind, "a short message carries no link")
    return wording


@lru_cache(maxsize=4)
def read_templates(path: str) -> dict[str, Wording]:
    """The wordings of a file by kind, checked. Raises ImproperlyConfigured with what is wrong."""
    try:
        found = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ImproperlyConfigured(f"LINLI_SMS_TEMPLATES: {path} cannot be read: {error}") from error
    kinds = found.get("kinds")
    if not isinstance(kinds, dict) or not kinds:
        raise ImproperlyConfigured(f"LINLI_SMS_TEMPLATES: {path} names no kind of message")
    if has_link(str(settings.LINLI_HOTLINE)):
        raise ImproperlyConfigured("LINLI_HOTLINE is a number, not a link, where short messages name it")
    return {kind: _checked(kind, entry) for kind, entry in kinds.items()}


def filled(wording: Wording, delivery: Delivery) -> dict[str, str]:
    """The variables of one message."""
    told = timezone.localtime(delivery.notice.made_at)
    values = {
        "kind": title_of(delivery),
        "day": f"{told.month}月{told.day}日",
        "time": told.strftime("%H:%M"),
        "hotline": str(settings.LINLI_HOTLINE),
    }
    return {
        name: (source.removeprefix(FIXED) if source.startswith(FIXED) else values[source])[:LONGEST]
        for name, source in wording.variables.items()
    }
