"""The tables of places: a first list, a year's changes, estates, buildings, households; in and out."""

from linli.apps.places.tables.buildings import BUILDINGS
from linli.apps.places.tables.changes import CHANGES
from linli.apps.places.tables.estates import ESTATES
from linli.apps.places.tables.households import HOUSEHOLDS
from linli.apps.places.tables.listing import PLACES

__all__ = ["BUILDINGS", "CHANGES", "ESTATES", "HOUSEHOLDS", "PLACES"]
