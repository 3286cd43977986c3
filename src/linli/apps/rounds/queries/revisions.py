"""Two states of a proposal beside each other."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from linli.apps.rounds.models import Revision


@dataclass(frozen=True)
class Change:
    """One field that differs: its title, how it stood, how it stands."""

    title: str | Promise
    before: str
    after: str


def changes_between(before: Revision, after: Revision) -> list[Change]:
    """What differs between two revisions of one proposal, in the order of the form."""
    return differences(before.content, after.content)


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
    """What differs between two contents as :func:`services.revisions.content_as_data` writes them."""
    titles = list(dict.fromkeys([*after, *before]))
    return [
        Change(title, _text(before.get(title)), _text(after.get(title)))
        for title in titles
        if before.get(title) != after.get(title)
    ]


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(str(line) for line in value)
    return "" if value is None else str(value)
