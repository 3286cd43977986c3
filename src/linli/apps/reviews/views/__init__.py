"""Doors of reviews on the desk."""
