"""Reads of places, of what stands in them, and of what is known of them."""

from linli.apps.places.queries.drawing import Drawn, Frame, draw, ground_of
from linli.apps.places.queries.estates import (
    buildings_visible_to,
    estates_visible_to,
    grid_of,
    households_visible_to,
    in_force_on,
)
from linli.apps.places.queries.figures import estates_by_type, figure_kinds, profile, profile_with_parts
from linli.apps.places.queries.fronts import (
    MINE,
    chosen_community,
    doors_of,
    further_doors,
    own_community,
    public_numbers,
)
from linli.apps.places.queries.history import (
    became,
    came_from,
    former_names,
    heirs,
    lies_below,
    named_on,
    since,
    sole_heir,
)
from linli.apps.places.queries.labels import full_name, full_names, office_name
from linli.apps.places.queries.resolution import Candidate, Resolution
from linli.apps.places.queries.resolving import Resolver, resolve
from linli.apps.places.queries.safety import FILING_DAYS, equipment_visible_to, filings
from linli.apps.places.queries.tree import (
    COMMUNITIES,
    ancestors,
    below,
    descendants,
    in_force,
    only_top,
    open_communities,
    paths_to,
    places_and_streets,
    street_of,
    tops,
    visible_to,
)

__all__ = [
    "COMMUNITIES",
    "FILING_DAYS",
    "MINE",
    "Candidate",
    "Drawn",
    "Frame",
    "Resolution",
    "Resolver",
    "ancestors",
    "became",
    "below",
    "buildings_visible_to",
    "came_from",
    "chosen_community",
    "descendants",
    "doors_of",
    "draw",
    "equipment_visible_to",
    "estates_by_type",
    "estates_visible_to",
    "figure_kinds",
    "filings",
    "former_names",
    "full_name",
    "full_names",
    "further_doors",
    "grid_of",
    "ground_of",
    "heirs",
    "households_visible_to",
    "in_force",
    "in_force_on",
    "lies_below",
    "named_on",
    "office_name",
    "only_top",
    "open_communities",
    "own_community",
    "paths_to",
    "places_and_streets",
    "profile",
    "profile_with_parts",
    "public_numbers",
    "resolve",
    "since",
    "sole_heir",
    "street_of",
    "tops",
    "visible_to",
]
