"""From what somebody wrote to the place, the door, and the grid in charge of it on a day."""

from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from linli.algorithms import addresses
from linli.algorithms.addresses.houses import parts
from linli.apps.places.models import Estate, Place
from linli.apps.places.queries.directory import directory
from linli.apps.places.queries.doors import Door
from linli.apps.places.queries.labels import chains
from linli.apps.places.queries.meaning import Meant
from linli.apps.places.queries.resolution import Candidate, Resolution, several

LONGEST = 400
"""An address is shorter; a whole letter is not searched for one."""


def resolve(text: str, *, on: date, within: Place | None = None) -> Resolution:
    """The place, door and grid that ``text`` means on a day, or candidates; only inside ``within`` where it is given.

    At most ten queries, whatever the size of the district; four read its names. For many texts use ``Resolver``.
    """
    return Resolver(on=on, within=within)(text)


class Resolver:
    """Reads many addresses of one day against the names as they stood when it was made."""

    def __init__(self, *, on: date, within: Place | None = None) -> None:
        self.on, self.within, self.directory = on, within, directory()

    def __call__(self, text: str) -> Resolution:
        """The place, door and grid that ``text`` means, or candidates. Of a long text only the beginning is read."""
        text = text[:LONGEST]
        found = addresses.find(self.directory.gazetteer, text)
        rest = text[found.stop :].strip()
        if not len(found.nodes):
            return Resolution(text, self.on, rest=text.strip(), told=(_nothing(),))
        meant = Meant(self.directory, text, self.on, found, self.within)
        answer = Resolution(text, self.on, rest=rest)
        if not meant.targets:
            return replace(answer, rest=text.strip(), told=meant.told() or (_nothing(),))
        above = chains({target.place for target in meant.targets})
        lines = [tuple(reversed(above[target.place])) for target in meant.targets]
        estates = Estate.objects.in_bulk([target.estate for target in meant.targets if target.estate])
        if len(meant.targets) > 1:
            candidates = [
                Candidate(line, estates.get(target.estate) if target.estate else None)
                for line, target in zip(lines, meant.targets, strict=True)
            ]
            return several(answer, candidates, meant.told())
        target = meant.targets[0]
        answer = replace(answer, chain=lines[0], estate=estates.get(target.estate) if target.estate else None)
        return Door(answer, parts(rest), meant.told(), self.directory).resolution()


def _nothing() -> str:
    return _("No name of this district stands in the text. Write the street or the community before it.")
