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
from linli.apps.places.services.founding import PARENTS, found
from linli.apps.places.services.merging import NewPlace, merge, split

__all__ = [
    "PARENTS",
    "NewPlace",
    "add_building",
    "add_estate",
    "add_household",
    "add_stairwell",
    "change_estate",
    "cover",
    "end",
    "found",
    "merge",
    "recode",
    "rename",
    "split",
    "uncover",
]
