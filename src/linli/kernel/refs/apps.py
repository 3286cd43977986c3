"""Tells Django that this mechanism exists."""

from django.apps import AppConfig


class RefsConfig(AppConfig):
    name = "linli.kernel.refs"
    label = "refs"
