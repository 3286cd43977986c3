"""Subjects: one folder each, one owner for each noun."""
