"""Tells Django that this mechanism exists."""

from django.apps import AppConfig


class RubricConfig(AppConfig):
    name = "linli.kernel.rubric"
    label = "rubric"
