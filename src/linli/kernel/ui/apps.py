"""Tells Django that this mechanism exists."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "linli.kernel.ui"
    label = "ui"
