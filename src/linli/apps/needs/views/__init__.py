"""Doors of needs."""
