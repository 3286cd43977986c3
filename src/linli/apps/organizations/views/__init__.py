"""Doors of organizations."""
