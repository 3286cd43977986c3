"""Shapes that other systems see of needs."""
