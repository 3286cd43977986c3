"""Doors of agreements."""
