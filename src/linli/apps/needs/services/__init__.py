"""The verbs of needs."""

from linli.apps.needs.services.receiving import FOLLOW, attach, receive, tail_of, write_contact
from linli.apps.needs.services.shape import BehalfText, ContactText, Received, Spot
from linli.apps.needs.services.walling import Wall, wall_around

__all__ = [
    "FOLLOW",
    "BehalfText",
    "ContactText",
    "Received",
    "Spot",
    "Wall",
    "attach",
    "receive",
    "tail_of",
    "wall_around",
    "write_contact",
]
