"""Tells Django that this mechanism exists."""

from django.apps import AppConfig


class SlipsConfig(AppConfig):
    name = "linli.kernel.slips"
    label = "slips"
