"""Doors of the live room: who enters by code and PIN, and what stands on each device."""
