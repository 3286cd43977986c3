"""Incubation: the ten-point month of organizations, the way out of the center, the stars of a year."""
