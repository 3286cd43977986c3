"""Comparisons with large outside oracles: ``make peers``."""
