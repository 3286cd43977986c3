"""Addresses as people write them: which place they name, and which building, stairwell and door."""

from linli.algorithms.addresses.finding import Found, find
from linli.algorithms.addresses.gazetteer import Entry, Gazetteer
from linli.algorithms.addresses.naming import Level

__all__ = ["Entry", "Found", "Gazetteer", "Level", "find"]
