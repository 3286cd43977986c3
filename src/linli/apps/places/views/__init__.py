"""Doors of places."""
