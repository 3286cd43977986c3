"""A card's way as a line of stations, and its history as sentences."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.apps.people.models import CardState, ContactCard
from linli.kernel.audit import Entry

WAY: tuple[tuple[CardState, str | Promise, str], ...] = (
    (CardState.DRAFT, gettext_lazy("Written"), "submit"),
    (CardState.SUBMITTED, gettext_lazy("Checked by a second person"), "check"),
    (CardState.CHECKED, gettext_lazy("Signed off by a third"), "sign_off"),
    (CardState.PUBLIC, gettext_lazy("Public"), ""),
)


@dataclass(frozen=True)
class Station:
    """One stop: ``state`` is "done", "now" or "todo"; ``at`` when it was passed."""

    name: str | Promise
    state: str
    at: datetime | None = None


@dataclass(frozen=True)
class Line:
    """One sentence of the history."""

    words: str
    who: str
    at: datetime


def stations(card: ContactCard, entries: Iterable[Entry]) -> list[Station]:
    """The four stops of a card; of a card sent back or taken up again, only the present round counts."""
    passed: dict[str, datetime] = {}
    for entry in entries:
        verb = entry.row.action.rsplit(".", 1)[-1]
        if verb in ("send_back", "take_up_again"):
            passed.clear()
        passed[verb] = entry.at
    order = [state for state, _name, _verb in WAY]
    here = order.index(CardState(card.state)) if card.state in order else len(order)
    line = []
    for place, (state, name, verb) in enumerate(WAY):
        done = place < here or (state == CardState.PUBLIC and card.state == CardState.PUBLIC)
        at = passed.get(verb) if verb else card.public_at
        line.append(Station(name, "done" if done else "now" if place == here else "todo", at if done else None))
    if card.state == CardState.WITHDRAWN:
        line.append(Station(card.get_state_display(), "now", passed.get("withdraw")))
    return line


def story(entries: Iterable[Entry]) -> list[Line]:
    """The history, the latest first."""
    return [Line(_sentence(entry), entry.actor, entry.at) for entry in reversed(list(entries))]


def _sentence(entry: Entry) -> str:
    facts = "；".join(_("%(word)s: %(value)s") % {"word": word, "value": value} for word, value in entry.facts)
    return f"{entry.title}（{facts}）" if facts else entry.title
