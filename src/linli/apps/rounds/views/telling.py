"""The history of a round or proposal as sentences."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from linli.kernel.audit import Entry


@dataclass(frozen=True)
class Line:
    """One sentence of the history."""

    words: str
    who: str
    at: datetime


def story(entries: Iterable[Entry]) -> list[Line]:
    """The history, the latest first."""
    return [Line(_sentence(entry), entry.actor, entry.at) for entry in reversed(list(entries))]


def _sentence(entry: Entry) -> str:
    facts = "；".join(_("%(word)s: %(value)s") % {"word": word, "value": value} for word, value in entry.facts if value)
    return f"{entry.title}（{facts}）" if facts else entry.title
