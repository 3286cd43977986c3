"""Doors of incubation."""
