"""Surveys: sections, samples, one-time codes, answers without names, satisfaction rates."""
