"""Keeping a house: sealed copies of it and the way back, and its move from one database to another."""
