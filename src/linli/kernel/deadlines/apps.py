"""Tells Django that this mechanism exists."""

from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    name = "linli.kernel.deadlines"
    label = "deadlines"
