"""The end of an address, looked up: building, stairwell, door, and the grid in charge."""

from dataclasses import replace

from django.utils.translation import gettext as _

from linli.algorithms.addresses.houses import Parts
from linli.apps.places.models import Building, Estate, GridCover, Household, Level, Place, Stairwell
from linli.apps.places.queries import words
from linli.apps.places.queries.directory import Directory
from linli.apps.places.queries.estates import grid_of, in_force_on
from linli.apps.places.queries.resolution import Candidate, Resolution, several


class Door:
    """What the end of the address says, looked up in the community that was found."""

    def __init__(self, answer: Resolution, said: Parts, told: tuple[str, ...], names: Directory) -> None:
        self.answer, self.said, self.names = answer, said, names
        self.sentences = list(told)

    def resolution(self) -> Resolution:
        place = self.answer.chain[-1]
        if place.level not in {Level.COMMUNITY, Level.VILLAGE}:
            self._say(_("The text reaches %(place)s only. Write the community or the estate.") % {"place": place.name})
            return self._told(rest=self.answer.rest.strip())
        if not self.said.building:
            return self._told(rest=self._rest(), grid=self._only_grid())
        buildings = self._buildings()
        if len(buildings) > 1:
            candidates = [Candidate(self.answer.chain, building.estate, building) for building in buildings]
            return several(self._told(rest=self._rest()), candidates, self.sentences)
        if not buildings:
            self._say(_("No building %(building)s is registered there.") % {"building": self.said.building})
            return self._told(rest=self._rest(), grid=self._only_grid())
        return self._inside(buildings[0])

    def _inside(self, building: Building) -> Resolution:
        said, on = self.said, self.answer.on
        stairwell = household = None
        if said.stairwell:
            stairwell = Stairwell.objects.filter(building=building, number=said.stairwell).first()
        if said.room:
            rooms = Household.objects.filter(building=building, room=words.room_number(said.room))
            if stairwell is not None:
                rooms = rooms.filter(stairwell=stairwell)
            doors = list(rooms.select_related("stairwell")[:2])
            household = doors[0] if len(doors) == 1 and (stairwell or not said.stairwell) else None
            stairwell = stairwell or (household.stairwell if household else None)
        cover = grid_of(building, on=on, stairwell=stairwell)
        unknown = [
            pattern % {"number": number}
            for pattern, number, row in (
                (_("stairwell %(number)s"), said.stairwell, stairwell),
                (_("door %(number)s"), said.room, household),
            )
            if number and row is None
        ]
        if unknown:
            self._say(_("Not registered there: %(what)s.") % {"what": _("、").join(unknown)})
        grid = self._told_grid(cover) if cover else self._only_grid()
        return self._told(
            estate=self.answer.estate or building.estate, building=building, stairwell=stairwell, household=household,
            grid=grid, rest=self._rest(building=True, stairwell=stairwell is not None, room=household is not None),
        )  # fmt: skip

    def _told_grid(self, cover: GridCover) -> Place:
        pattern = (
            _("%(grid)s looks after the stairwell.") if cover.stairwell_id else _("%(grid)s looks after the building.")
        )
        self._say(pattern % {"grid": cover.grid.name})
        return cover.grid

    def _only_grid(self) -> Place | None:
        """The grid of a community that has only one."""
        rows = Place.objects.filter(*in_force_on(self.answer.on), parent=self.answer.chain[-1], level=Level.GRID)
        grids = list(rows.order_by("code")[:2])
        if len(grids) == 1:
            self._say(_("%(grid)s is the only grid of the community.") % {"grid": grids[0].name})
            return grids[0]
        self._say(_("No grid is entered for it on that day."))
        return None

    def _buildings(self) -> list[Building]:
        """Buildings of that number: in the estate named, or in the yard whose address it is, else in the community."""
        key = words.building_key(self.said.building)
        community = self.answer.chain[-1]
        kept = [community.pk, *(one for one, _day in self.names.successors[community.pk])]
        rows = Building.objects.filter(*in_force_on(self.answer.on), community__in=kept, key=key)
        found = list(rows.select_related("estate").order_by("estate__name", "name", "id"))
        if self.answer.estate is not None:
            return [building for building in found if building.estate_id == self.answer.estate.pk]
        address = words.plain(self.said.before + (f"{self.said.yard}号" if self.said.yard else ""))
        if not address:
            return found
        return [building for building in found if building.estate and _stands_at(building.estate, address)]

    def _rest(self, *, building: bool = False, stairwell: bool = False, room: bool = False) -> str:
        """The words that led to no row, in the order they were written."""
        said = self.said
        kept = [said.before if not building else ""]
        kept += [f"{said.yard}号院" if said.yard and not building else ""]
        kept += [f"{said.building}号楼" if said.building and not building else ""]
        kept += [f"{said.stairwell}单元" if said.stairwell and not stairwell else ""]
        kept += [said.room if not room else "", said.rest]
        return "".join(kept)

    def _say(self, sentence: str) -> None:
        self.sentences.append(sentence)

    def _told(self, **facts: object) -> Resolution:
        return replace(self.answer, told=tuple(self.sentences), **facts)  # type: ignore[arg-type]  # names of its fields


def _stands_at(estate: Estate, address: str) -> bool:
    """Whether ``address`` (a road and a number, or 7号) is where an estate says it stands."""
    own = words.plain(words.numerals(estate.address))
    return bool(own) and (own.endswith(address) or words.plain(words.numerals(estate.name)).startswith(address))
