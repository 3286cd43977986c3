"""Tells Django that this mechanism exists."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "linli.kernel.notices"
    label = "notices"
