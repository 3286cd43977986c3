"""Tells Django that this mechanism exists."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "linli.kernel.events"
    label = "events"
