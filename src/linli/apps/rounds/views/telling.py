"""The history of a round or proposal as sentences."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from linli.kernel.audit import Entry

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d$")


@dataclass(frozen=True)
class Line:
    """One sentence of the history."""

    words: str
    who: str
    at: datetime


def story(entries: Iterable[Entry]) -> list[Line]:
    """The history, the latest first."""
    return [Line(_sentence(entry), entry.actor, entry.at) for entry in reversed(list(entries))]


def _plain(value: object) -> str:
    """A moment as people write it; anything else as it is."""
    text = str(value)
    if not MOMENT.match(text):
        return text
    return timezone.localtime(datetime.fromisoformat(text)).strftime("%Y-%m-%d %H:%M")


def _sentence(entry: Entry) -> str:
    told = ((word, _plain(value)) for word, value in entry.facts if value)
    facts = "；".join(_("%(word)s: %(value)s") % {"word": word, "value": value} for word, value in told)
    return f"{entry.title}（{facts}）" if facts else entry.title


def grouped(value: object) -> object:
    """A number with its thousands apart, 「80,000」; anything else as it is."""
    return f"{value:,}" if isinstance(value, int | Decimal) and not isinstance(value, bool) else value
