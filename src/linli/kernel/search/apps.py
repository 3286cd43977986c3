"""Tells Django that this mechanism exists."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "linli.kernel.search"
    label = "search"
