"""Tells Django that the opening of a house has a table of its own."""

from django.apps import AppConfig


class OpeningConfig(AppConfig):
    name = "linli.site.opening"
    label = "opening"
