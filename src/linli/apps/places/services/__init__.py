"""The verbs of places: the tree and its changes, what stands in a community, what is known of it."""

from linli.apps.places.services.changing import end, recode, rename
from linli.apps.places.services.estates import (
    add_building,
    add_estate,
    add_household,
    add_stairwell,
    change_estate,
    cover,
    uncover,
)
from linli.apps.places.services.figures import enter_figure, remove_figure
from linli.apps.places.services.founding import PARENTS, found
from linli.apps.places.services.merging import NewPlace, merge, split
from linli.apps.places.services.outlines import draw_outline, remove_outline
from linli.apps.places.services.safety import change_equipment, register_equipment, remove_equipment

__all__ = [
    "PARENTS",
    "NewPlace",
    "add_building",
    "add_estate",
    "add_household",
    "add_stairwell",
    "change_equipment",
    "change_estate",
    "cover",
    "draw_outline",
    "end",
    "enter_figure",
    "found",
    "merge",
    "recode",
    "register_equipment",
    "remove_equipment",
    "remove_figure",
    "remove_outline",
    "rename",
    "split",
    "uncover",
]
