"""Opening a house: its first page, behind a one-time code."""
