"""Tells Django that this mechanism exists."""

from django.apps import AppConfig


class ScopeConfig(AppConfig):
    name = "linli.kernel.scope"
    label = "scope"
