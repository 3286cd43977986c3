"""Tells Django that this mechanism exists."""

from django.apps import AppConfig


class LifecycleConfig(AppConfig):
    name = "linli.kernel.lifecycle"
    label = "lifecycle"
