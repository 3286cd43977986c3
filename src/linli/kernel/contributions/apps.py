"""Tells Django that this mechanism exists."""

from django.apps import AppConfig


class ContributionsConfig(AppConfig):
    name = "linli.kernel.contributions"
    label = "contributions"
