"""Tells Django that this mechanism exists."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "linli.kernel.api"
    label = "api"
