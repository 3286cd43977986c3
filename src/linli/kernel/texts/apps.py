"""Tells Django that this mechanism exists."""

from django.apps import AppConfig


class TextsConfig(AppConfig):
    name = "linli.kernel.texts"
    label = "texts"
