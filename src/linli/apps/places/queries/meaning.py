"""Which places the found names mean on a day: old names, mergers, and the bounds of a search."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from linli.algorithms import addresses
from linli.algorithms.addresses.naming import short
from linli.algorithms.addresses.writing import normal
from linli.apps.places.models import Level, Place
from linli.apps.places.queries.directory import LEVELS, Directory


@dataclass(frozen=True)
class Target:
    """A place that is meant, and the estate in it where one is named."""

    place: UUID
    estate: UUID | None = None


class Meant:
    """The places found, as they are on the day, with sentences about old names and contradictions."""

    def __init__(self, names: Directory, text: str, on: date, found: addresses.Found, within: Place | None) -> None:
        self.names, self.on = names, on
        self.written = normal(text).text
        self.sentences: list[str] = []
        targets = [target for key in self._nearest(found) for target in self._targets(key)]
        if targets and within is not None:
            targets = [target for target in targets if self._lies_in(target.place, within.pk)]
            if not targets:
                self.sentences = [_("What the text names lies outside %(place)s.") % {"place": within.name}]
        self.targets = list(dict.fromkeys(targets))
        if found.contradicts and targets:
            self.sentences.append(_("The text names a wider place that this one does not lie in. Check it."))

    def _nearest(self, found: addresses.Found) -> list[UUID]:
        """The keys of what was found: present names go before old ones, and these before places that ended."""
        keys = [key for key in (self.names.ids[node] for node in found.nodes.tolist()) if key is not None]
        ranks = {key: self._rank(key) for key in keys}
        return [key for key in keys if ranks[key] == min(ranks.values())]

    def _rank(self, key: UUID) -> int:
        row = self.names.places.get(key)
        if row is None:
            return 0
        if not row.stands_on(self.on):
            return 2
        return 0 if self._says(row.name, row.level) else 1

    def _says(self, name: str, level: str) -> bool:
        return short(name, LEVELS[Level(level)])[0] in self.written

    def told(self) -> tuple[str, ...]:
        """What the reader should know of it, each sentence once."""
        return tuple(dict.fromkeys(self.sentences))

    def _targets(self, key: UUID) -> list[Target]:
        estate = self.names.estates.get(key)
        if estate is not None:
            return [Target(place, estate.id) for place in self.names.on(estate.community, self.on)]
        found = self.names.on(key, self.on)
        self._tell_history(key, found)
        return [Target(place) for place in found]

    def _tell_history(self, key: UUID, found: Sequence[UUID]) -> None:
        row = self.names.places[key]
        if found == [key]:
            self._tell_old_name(key)
        elif not found:
            self.sentences.append(
                _("%(name)s does not exist on that day, and nothing followed it.") % {"name": row.name}
            )
        else:
            heirs = _("、").join(self.names.places[one].name for one in found)
            sentence = _("%(name)s does not exist on that day; what was there or followed it is %(heirs)s.")
            self.sentences.append(sentence % {"name": row.name, "heirs": heirs})

    def _tell_old_name(self, key: UUID) -> None:
        row = self.names.places[key]
        if self._says(row.name, row.level):
            return
        for former in self.names.former[key]:
            if self._says(former.name, row.level) and former.valid_to <= self.on:
                facts = {"old": former.name, "name": row.name, "day": date_format(former.valid_to)}
                self.sentences.append(_("%(old)s is called %(name)s since %(day)s.") % facts)
                return

    def _lies_in(self, place: UUID | None, outer: UUID) -> bool:
        while place is not None:
            if place == outer:
                return True
            place = self.names.places[place].parent
        return False
