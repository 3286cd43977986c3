"""Doors of activities."""
