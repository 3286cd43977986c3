"""Reads of places, of what stands in them, and of what is known of them."""

from linli.apps.places.queries.estates import (
    buildings_visible_to,
    estates_visible_to,
    grid_of,
    households_visible_to,
    in_force_on,
)
from linli.apps.places.queries.tree import (
    COMMUNITIES,
    ancestors,
    below,
    descendants,
    in_force,
    only_top,
    open_communities,
    paths_to,
    street_of,
    tops,
    visible_to,
)

__all__ = [
    "COMMUNITIES",
    "ancestors",
    "below",
    "buildings_visible_to",
    "descendants",
    "estates_visible_to",
    "grid_of",
    "households_visible_to",
    "in_force",
    "in_force_on",
    "only_top",
    "open_communities",
    "paths_to",
    "street_of",
    "tops",
    "visible_to",
]
