"""Doors of ordering."""
