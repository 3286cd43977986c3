"""Tells Django that this mechanism exists."""

from django.apps import AppConfig


class SettingsConfig(AppConfig):
    name = "linli.kernel.settings"
    label = "settings"
