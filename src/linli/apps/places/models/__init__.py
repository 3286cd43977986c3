"""The nouns of places, one a file."""

from linli.apps.places.models.building import Building, Household, Stairwell
from linli.apps.places.models.cover import GridCover
from linli.apps.places.models.estate import Estate, EstateKind
from linli.apps.places.models.figure import Figure, Outline, OutlineDatum
from linli.apps.places.models.history import ChangeKind, PlaceName, Predecessor
from linli.apps.places.models.place import Level, Place, PlacePath
from linli.apps.places.models.safety import SafetyEquipment, SafetyKind

__all__ = [
    "Building",
    "ChangeKind",
    "Estate",
    "EstateKind",
    "Figure",
    "GridCover",
    "Household",
    "Level",
    "Outline",
    "OutlineDatum",
    "Place",
    "PlaceName",
    "PlacePath",
    "Predecessor",
    "SafetyEquipment",
    "SafetyKind",
    "Stairwell",
]
