"""The layout kit: one description of an official paper, drawn as PDF and as Word."""
