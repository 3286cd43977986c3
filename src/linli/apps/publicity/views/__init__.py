"""Doors of public notices."""
